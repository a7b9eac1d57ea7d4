import type { Actor, FactsBody, ReplayBody, ReplayChange, ReplayEnds, ReplayView } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import { columns, json, type Provenance } from '../incidents/incident.store.js';

/** A replay with how far it has come. */
export interface Replay extends Omit<ReplayView, 'state'> {
  /** The last case that was looked at. */
  readonly reached: string | null;
  readonly provenance: Provenance;
}

/** A stored case as it was on record when the replay was asked for. */
export interface StoredCase {
  readonly incidentId: string;
  readonly determinationVersion: number;
  readonly facts: FactsBody;
}

/** Rows of replays. */
export class ReplayStore {
  async add(tx: Tx, replay: Replay): Promise<void> {
    const { replayId, from, to, filter, knownAt, requestedBy, provenance } = replay;
    await tx.guidelineReplay.create({
      data: {
        id: replayId,
        fromVersion: from,
        toVersion: to,
        filter,
        knownAt,
        requestedBy: json(requestedBy),
        ...columns(provenance),
      },
    });
  }

  async find(tx: Tx, replayId: string): Promise<Replay | undefined> {
    const row = await tx.guidelineReplay.findUnique({ where: { id: replayId } });
    return row === null ? undefined : toReplay(row);
  }

  /**
   * The oldest that is not finished and that no other instance is at, for this transaction alone. One of a version that is not among
   * `known` waits for an instance that has it, and keeps nobody waiting.
   */
  async takeOpen(tx: Tx, known: readonly string[]): Promise<Replay | undefined> {
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM guideline_replay WHERE finished_at IS NULL AND from_version = ANY (${known}) AND to_version = ANY (${known})
       ORDER BY recorded_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`;
    return row === undefined ? undefined : this.find(tx, row.id);
  }

  async count(tx: Tx, replay: Replay): Promise<number> {
    const [row] = await tx.$queryRaw<{ cases: number }[]>`SELECT count(*)::int AS cases FROM (${casesOf(replay)}) AS c`;
    return row!.cases;
  }

  /** The next cases after what was reached, in the order of their ids. */
  async next(tx: Tx, replay: Replay, limit: number): Promise<StoredCase[]> {
    const { reached } = replay;
    const rows = await tx.$queryRaw<(Omit<StoredCase, 'facts'> & { facts: string })[]>`
      ${casesOf(replay)} AND (${reached}::uuid IS NULL OR i.id > ${reached}::uuid) ORDER BY i.id LIMIT ${limit}`;
    return rows.map(({ facts, ...row }) => ({ ...row, facts: JSON.parse(facts) as FactsBody }));
  }

  async addChanges(tx: Tx, { replayId, provenance }: Replay, changes: readonly ReplayChange[]): Promise<void> {
    if (changes.length === 0) return;
    // As one text: a thousand rows as parameters of their own cost more than all the rest of a replay.
    const rows = changes.map(({ incidentId, determinationVersion, ...change }) => ({
      incidentId,
      determinationVersion,
      change,
    }));
    const { recordedBy, correlationId, causationId } = columns(provenance);
    await tx.$executeRaw`
      INSERT INTO guideline_replay_change (replay_id, incident_id, determination_version, change, recorded_by, correlation_id, causation_id)
      SELECT ${replayId}::uuid, "incidentId", "determinationVersion", change, ${recordedBy}, ${correlationId}, ${causationId}
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t ("incidentId" uuid, "determinationVersion" int, change jsonb)`;
  }

  async advance(tx: Tx, { replayId, total, done, changed, reached, ends, finishedAt }: Replay): Promise<void> {
    const data = { total, done, changed, reached, ends: json(ends), finishedAt };
    await tx.guidelineReplay.update({ where: { id: replayId }, data });
  }

  async changes(tx: Tx, replayId: string, after: string | undefined, limit: number): Promise<ReplayChange[]> {
    const rows = await tx.guidelineReplayChange.findMany({
      where: { replayId, ...(after !== undefined && { incidentId: { gt: after } }) },
      orderBy: { incidentId: 'asc' },
      take: limit,
    });
    return rows.map(({ incidentId, determinationVersion, change }) => ({
      incidentId,
      determinationVersion,
      ...(change as unknown as Omit<ReplayChange, 'incidentId' | 'determinationVersion'>),
    }));
  }
}

/** The cases that a replay goes through, each with the determination that was its last one then. */
function casesOf({ filter, knownAt }: Replay): Prisma.Sql {
  const { openedFrom = null, openedBefore = null, outcome = null } = filter;
  return Prisma.sql`
    SELECT i.id AS "incidentId", d.version AS "determinationVersion", d.facts::text AS facts
      FROM incident i
      CROSS JOIN LATERAL (
        SELECT version, facts, determination FROM determination
         WHERE incident_id = i.id AND made_at <= ${knownAt}::timestamptz ORDER BY version DESC LIMIT 1) d
     WHERE (${openedFrom}::timestamptz IS NULL OR i.opened_at >= ${openedFrom}::timestamptz)
       AND (${openedBefore}::timestamptz IS NULL OR i.opened_at < ${openedBefore}::timestamptz)
       AND (${outcome}::text IS NULL OR d.determination ->> 'outcome' = ${outcome}::text)`;
}

const toReplay = (row: Prisma.GuidelineReplayGetPayload<object>): Replay => ({
  replayId: row.id,
  from: row.fromVersion,
  to: row.toVersion,
  filter: row.filter as ReplayBody['filter'],
  knownAt: row.knownAt.toISOString(),
  requestedBy: row.requestedBy as Actor,
  total: row.total,
  done: row.done,
  changed: row.changed,
  ends: row.ends as ReplayEnds[],
  finishedAt: row.finishedAt?.toISOString() ?? null,
  reached: row.reached,
  provenance: { recordedBy: row.recordedBy, correlationId: row.correlationId },
});
