import { Injectable } from '@nestjs/common';
import type { DeterminationBody, EventData, FactsBody, ScopeBody } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { provenance } from '../provenance.js';
import type { JudgedCase } from './judged-case.js';

type Classified<Type extends 'determination-confirmed.v1' | 'determination-made.v1'> = EventData<
  'classification.determinations.v1',
  Type
>;
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
    return {
      incidentId,
      scopeDigest: row.scopeDigest,
      confirmedByEvent: row.eventId,
      facts: facts as FactsBody,
      determination: determination as unknown as DeterminationBody,
      scope: row.scope as ScopeBody,
      lapsed: lapse?.reason ?? null,
    };
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
    const by = provenance(CLASSIFICATION, context);
    await tx.laterFacts.create({
      data: { incidentId, version, digest: determination.digest, facts, determination, ...by },
    });
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
