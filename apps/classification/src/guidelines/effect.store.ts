import type { Tx } from '../database.js';
import { columns, type Provenance } from '../incidents/incident.store.js';

/** An adoption on its way to the cases that there are. */
export interface Effect {
  readonly adoptionId: string;
  /** The last case that was looked at; null before the first. */
  readonly reached: string | null;
  readonly changed: number;
  readonly recordedBy: string;
  readonly correlationId: string;
}

/** A case by its latest determination. */
export interface Answered {
  readonly incidentId: string;
  readonly plannedActionAt: string;
  readonly guideline: string;
  readonly inForce: boolean;
}

/** With the confirmation: from now on somebody brings it to the cases that there are. */
export async function beginEffect(tx: Tx, adoptionId: string, by: Provenance): Promise<void> {
  await tx.guidelineAdoptionEffect.create({ data: { adoptionId, ...columns(by) } });
}

/** The oldest that is not finished and that nobody else works on, kept from others until the transaction ends. */
export async function takeOpenEffect(tx: Tx): Promise<Effect | undefined> {
  const [effect] = await tx.$queryRaw<Effect[]>`
    SELECT adoption_id AS "adoptionId", reached, changed, recorded_by AS "recordedBy", correlation_id AS "correlationId"
      FROM guideline_adoption_effect WHERE finished_at IS NULL ORDER BY recorded_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
  return effect;
}

/** The next cases by their ids. */
export function nextAnswered(tx: Tx, { reached }: Effect, take: number): Promise<Answered[]> {
  return tx.$queryRaw<Answered[]>`
    SELECT i.id AS "incidentId", d.facts ->> 'plannedActionAt' AS "plannedActionAt", d.determination ->> 'guideline' AS guideline,
           (d.determination ->> 'inForce')::boolean AS "inForce"
      FROM (SELECT id FROM incident WHERE ${reached}::uuid IS NULL OR id > ${reached}::uuid ORDER BY id LIMIT ${take}) i
      CROSS JOIN LATERAL (
        SELECT facts, determination FROM determination WHERE incident_id = i.id ORDER BY version DESC LIMIT 1) d
     ORDER BY i.id`;
}

export async function advanceEffect(
  tx: Tx,
  { adoptionId, reached, changed }: Effect,
  finishedAt: string | null,
): Promise<void> {
  await tx.guidelineAdoptionEffect.update({ where: { adoptionId }, data: { reached, changed, finishedAt } });
}
