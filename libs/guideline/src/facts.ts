/**
 * The facts of a case, spelt with the guideline's nouns. Every fact has a value: what nobody knows, or what sources
 * disagree about, is `UNKNOWN`.
 */

/** The version of the shape of `Facts`; part of what a determination's digest is taken over. */
export const FACTS_SCHEMA_VERSION = '1';

export const THREE_VALUES = ['TRUE', 'FALSE', 'UNKNOWN'] as const;
export type ThreeValued = (typeof THREE_VALUES)[number];

export const SERVER_LOCATIONS = ['DOMESTIC', 'OVERSEAS', 'UNKNOWN'] as const;
export type ServerLocation = (typeof SERVER_LOCATIONS)[number];

export const TARGET_KINDS = [
  'SDF',
  'USFJ',
  'GOVERNMENT',
  'CRITICAL_INFRASTRUCTURE',
  'DEFENCE_INDUSTRY',
  'MUNICIPALITY',
  'PRIVATE',
  'UNKNOWN',
] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** The facts that hold for the case as a whole, in the order in which missing ones are named. */
export const CASE_FACTS = [
  'measureContemplated',
  'graveHarmUrgent',
  'nationalSecurityImpact',
  'communicationProtection',
  'noTimeForPriorApproval',
] as const;
export type CaseFact = (typeof CASE_FACTS)[number];

/** A server that the measure would touch. `ref` is unique among the servers of the case. */
export interface Server {
  ref: string;
  location: ServerLocation;
}

/** A system that is attacked. `ref` is unique among the targets of the case. */
export interface Target {
  ref: string;
  kind: TargetKind;
}

/** What is known of a case. `plannedActionAt` is an RFC 3339 instant with offset; both lists hold at least one entry. */
export interface Facts extends Record<CaseFact, ThreeValued> {
  plannedActionAt: string;
  servers: Server[];
  targets: Target[];
}

/** The kinds of target that make an attack the SDF's responsibility. */
export function isSdfOrUsfj(kind: TargetKind): boolean {
  return kind === 'SDF' || kind === 'USFJ';
}

/**
 * What keeps facts from being determined: no server, no target, or a ref that names two of them; null where nothing does.
 * Callers see to it before; `determine` throws and `authorise` refuses where it holds.
 */
export function factsFault(facts: Facts): 'NO_SERVER' | 'NO_TARGET' | 'REF_REPEATED' | null {
  if (facts.servers.length === 0) return 'NO_SERVER';
  if (facts.targets.length === 0) return 'NO_TARGET';
  const servers = new Set(facts.servers.map(({ ref }) => ref));
  const targets = new Set(facts.targets.map(({ ref }) => ref));
  return servers.size < facts.servers.length || targets.size < facts.targets.length ? 'REF_REPEATED' : null;
}
