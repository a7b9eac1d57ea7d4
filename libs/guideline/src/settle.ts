import type { CaseFact, Facts } from './facts.js';
import { isSdfOrUsfj } from './facts.js';
import type { TargetClass } from './provision.js';

/** How many servers and targets there are of each class: all that conditions can ask about them. */
export interface Tally {
  servers: { overseas: number; domestic: number; unknown: number };
  targets: { sdfOrUsfj: number; other: number; unknown: number };
}

/** One way of settling everything unknown. */
export interface Way {
  facts: Record<CaseFact, 'TRUE' | 'FALSE'>;
  overseas: boolean;
  domestic: boolean;
  sdfOrUsfj: boolean;
  other: boolean;
  /** What the first unknown target turns out to be; null where none is unknown. */
  unknownTarget: TargetClass | null;
}

/** Something unknown whose settling may matter. At most two unknown servers and two unknown targets stand for all. */
export type Unknown = CaseFact | 'server' | 'target';

/** `noTimeForPriorApproval` is not among them: unknown counts as no. */
const SETTLED_BOTH_WAYS = [
  'measureContemplated',
  'graveHarmUrgent',
  'nationalSecurityImpact',
  'communicationProtection',
] as const;

/** Counts servers and targets by class, reading each once. */
export function tally(facts: Facts): Tally {
  const servers = { overseas: 0, domestic: 0, unknown: 0 };
  for (const { location } of facts.servers) {
    servers[location === 'OVERSEAS' ? 'overseas' : location === 'DOMESTIC' ? 'domestic' : 'unknown'] += 1;
  }
  const targets = { sdfOrUsfj: 0, other: 0, unknown: 0 };
  for (const { kind } of facts.targets) {
    targets[kind === 'UNKNOWN' ? 'unknown' : isSdfOrUsfj(kind) ? 'sdfOrUsfj' : 'other'] += 1;
  }
  return { servers, targets };
}

/** `OVERSEAS 2, UNKNOWN 1`: how many servers there are at each kind of place. */
export function spellServers({ servers }: Tally): string {
  return spell(['OVERSEAS', servers.overseas], ['DOMESTIC', servers.domestic], ['UNKNOWN', servers.unknown]);
}

/** `OTHER 1, UNKNOWN 1`: how many targets there are of each class. */
export function spellTargets({ targets }: Tally): string {
  return spell(['SDF_OR_USFJ', targets.sdfOrUsfj], ['OTHER', targets.other], ['UNKNOWN', targets.unknown]);
}

function spell(...counts: [string, number][]): string {
  let line = '';
  for (const [name, number] of counts) {
    if (number > 0) line += `${line ? ', ' : ''}${name} ${number}`;
  }
  return line;
}

/**
 * What is unknown, with two servers and two targets at most. That is enough: conditions ask only whether some or all are
 * of a class, so any number of unknown servers brings about what two can (all of one class, all of the other, or both
 * present), and one server beside the rest changes nothing once the rest holds both classes.
 */
export function unknowns(facts: Facts, { servers, targets }: Tally): Unknown[] {
  return [
    ...SETTLED_BOTH_WAYS.filter((name) => facts[name] === 'UNKNOWN'),
    ...Array<Unknown>(Math.min(2, servers.unknown)).fill('server'),
    ...Array<Unknown>(Math.min(2, targets.unknown)).fill('target'),
  ];
}

/** The way in which exactly those unknowns are TRUE, overseas, or the SDF's or USFJ's whose bit is set in `mask`. */
export function settle(facts: Facts, { servers, targets }: Tally, open: readonly Unknown[], mask: number): Way {
  const way: Way = {
    facts: {
      measureContemplated: facts.measureContemplated === 'TRUE' ? 'TRUE' : 'FALSE',
      graveHarmUrgent: facts.graveHarmUrgent === 'TRUE' ? 'TRUE' : 'FALSE',
      nationalSecurityImpact: facts.nationalSecurityImpact === 'TRUE' ? 'TRUE' : 'FALSE',
      communicationProtection: facts.communicationProtection === 'TRUE' ? 'TRUE' : 'FALSE',
      noTimeForPriorApproval: facts.noTimeForPriorApproval === 'TRUE' ? 'TRUE' : 'FALSE',
    },
    overseas: servers.overseas > 0,
    domestic: servers.domestic > 0,
    sdfOrUsfj: targets.sdfOrUsfj > 0,
    other: targets.other > 0,
    unknownTarget: null,
  };
  open.forEach((name, bit) => {
    const set = (mask & (1 << bit)) !== 0;
    if (name === 'server') {
      way[set ? 'overseas' : 'domestic'] = true;
    } else if (name === 'target') {
      way[set ? 'sdfOrUsfj' : 'other'] = true;
      way.unknownTarget ??= set ? 'SDF_OR_USFJ' : 'OTHER';
    } else {
      way.facts[name] = set ? 'TRUE' : 'FALSE';
    }
  });
  return way;
}
