import type { Organisation } from './organisation-register.js';

/** A day as the database has it, which reads days in UTC. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
export const dayOf = (date: Date | null): string | null => date && date.toISOString().slice(0, 10);

/** The organisation as it counts at a time: designated from the first moment, in Japan, of the day that the register names. */
export function asOf(organisation: Organisation, at: string): Organisation {
  const { designated, designatedSince } = organisation;
  const begun = designatedSince === null || Date.parse(at) >= Date.parse(`${designatedSince}T00:00:00+09:00`);
  return { ...organisation, designated: designated && begun };
}
