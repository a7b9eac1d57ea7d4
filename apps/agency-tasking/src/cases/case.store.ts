import { Injectable } from '@nestjs/common';
import type { DeterminationBody, EventData, EventType, FactsBody, ScopeBody } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { provenance } from '../provenance.js';
import type { JudgedCase } from './judged-case.js';

type Topic = 'classification.determinations.v1';
type Classified<Type extends EventType<Topic>> = EventData<Topic, Type>;
const CLASSIFICATION = '/classification';

/** What tasking knows of the cases that classification judges. */
@Injectable()
export class CaseStore {
  /** The latest confirmed scope of an incident, or null. */
  async current(tx: Tx, incidentId: string): Promise<JudgedCase | null> {
    const row = await tx.confirmedScope.findFirst({ where: { incidentId }, orderBy: { position: 'desc' } });
    if (!row) return null;
    const [lapse, later] = [
      await tx.scopeLapse.findFirst({ where: { scopeDigest: row.scopeDigest } }),
      await tx.laterFacts.findFirst({ where: { incidentId, digest: row.digest }, orderBy: { version: 'desc' } }),
    ];
    const { facts, determination } = later ?? row;
    const contested = await this.contested(tx, incidentId);
    return {
      incidentId,
      scopeDigest: row.scopeDigest,
      confirmedByEvent: row.eventId,
      facts: facts as FactsBody,
      determination: determination as unknown as DeterminationBody,
      scope: row.scope as ScopeBody,
      lapsed: lapse?.reason ?? null,
      contested,
    };
  }

  /** The version of the guideline by which a scope was determined; null where no such scope has been confirmed. */
  async guidelineOf(tx: Tx, scopeDigest: string): Promise<string | null> {
    const row = await tx.confirmedScope.findFirst({ where: { scopeDigest } });
    return row && (row.determination as unknown as DeterminationBody).guideline;
  }

  /** Facts of an incident that are contested now. */
  async contested(tx: Tx, incidentId: string): Promise<string[]> {
    const rows = await tx.factContest.findMany({
      where: { incidentId, settlement: null },
      orderBy: { contestId: 'asc' },
    });
    return [...new Set(rows.map(({ fact }) => fact))];
  }

  async addContest(tx: Tx, data: Classified<'fact-contested.v1'>, context: EventContext): Promise<void> {
    const { contestId, incidentId, fact, contestedAt } = data;
    const by = provenance(CLASSIFICATION, context);
    await tx.factContest.create({ data: { contestId, incidentId, fact, contestedAt, ...by } });
  }

  async settle(tx: Tx, data: Classified<'contest-settled.v1'>, context: EventContext): Promise<void> {
    const { contestId, upheld, settledAt } = data;
    const by = provenance(CLASSIFICATION, context);
    await tx.factContestSettlement.create({ data: { contestId, upheld, settledAt, ...by } });
  }

  async addConfirmed(tx: Tx, data: Classified<'determination-confirmed.v1'>, context: EventContext): Promise<void> {
    const { incidentId, facts, determination, scope, scopeDigest, confirmedBy, confirmedAt } = data;
    if (scope === null || scopeDigest === null) return;
    await tx.confirmedScope.create({
      data: {
        scopeDigest,
        incidentId,
        digest: determination.digest,
        facts,
        determination,
        scope,
        confirmedBy,
        confirmedAt,
        eventId: context.causationId!,
        ...provenance(CLASSIFICATION, context),
      },
    });
  }

  async addLaterFacts(tx: Tx, data: Classified<'determination-made.v1'>, context: EventContext): Promise<void> {
    const { incidentId, version, facts, determination } = data;
    const { recordedBy, correlationId, causationId } = provenance(CLASSIFICATION, context);
    // As text, since every case comes with one and the client walks a document node by node.
    await tx.$executeRaw`
      INSERT INTO later_facts (incident_id, version, digest, facts, determination, recorded_by, correlation_id, causation_id)
      VALUES (${incidentId}::uuid, ${version}, ${determination.digest}, ${JSON.stringify(facts)}::jsonb,
              ${JSON.stringify(determination)}::jsonb, ${recordedBy}, ${correlationId}, ${causationId})`;
  }

  /** Scopes of an incident that were confirmed before this one: the later confirmation replaces them. */
  async earlierScopes(tx: Tx, incidentId: string, scopeDigest: string): Promise<string[]> {
    const rows = await tx.confirmedScope.findMany({ where: { incidentId, NOT: { scopeDigest } } });
    return rows.map((row) => row.scopeDigest);
  }

  async addLapse(
    tx: Tx,
    lapse: {
      scopeDigest: string;
      source: 'CLASSIFICATION' | 'SCHEDULING';
      incidentId: string;
      reason: string;
      lapsedAt: string;
    },
    context: EventContext,
  ): Promise<void> {
    await tx.scopeLapse.createMany({
      data: [{ ...lapse, ...provenance(`/${lapse.source.toLowerCase()}`, context) }],
      skipDuplicates: true,
    });
  }
}
