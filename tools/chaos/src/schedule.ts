import { SERVICES } from '@sekisho/contracts';
import { Random } from './random.js';

/** What can go wrong besides a kill: one at a time, while kills go on. */
export const FAULTS = [
  'pause',
  'slow-network',
  'cut-network',
  'silent-network',
  'lost-answers',
  'postgres-down',
  'kafka-down',
  'disk-full',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Processes that are killed, by how often. */
const KILLED = {
  ...Object.fromEntries(SERVICES.map((service) => [service, 16])),
  postgres: 8,
  kafka: 7,
  issuer: 5,
} as Readonly<Record<string, number>>;

/** Shortest and longest life of each fault in seconds. */
const LENGTH: Readonly<Record<Fault, readonly [number, number]>> = {
  pause: [5, 60],
  'slow-network': [5, 20],
  'cut-network': [3, 12],
  'silent-network': [4, 20],
  'lost-answers': [2, 8],
  'postgres-down': [3, 10],
  'kafka-down': [6, 18],
  'disk-full': [6, 12],
};

export interface Kill {
  readonly kind: 'kill';
  /** Milliseconds from the start. */
  readonly at: number;
  readonly process: string;
  /** Milliseconds until it is started again. */
  readonly away: number;
}

export interface Spell {
  readonly kind: Fault;
  readonly at: number;
  /** How long it lasts, in milliseconds. */
  readonly lasts: number;
  /** Whom it is about, where it is about one service. */
  readonly process: string;
}

export interface Schedule {
  /** When all of it is over. */
  readonly milliseconds: number;
  readonly kills: readonly Kill[];
  readonly spells: readonly Spell[];
}

export interface ScheduleOptions {
  readonly seed: number;
  readonly milliseconds: number;
  readonly kills: number;
  readonly faults: readonly Fault[];
}

/**
 * A long run ends with answers that are lost until clients have tried twice in vain (15 s each), after a calm in which all of them have
 * found the broker: whatever a client believes wrongly from then on, nothing restarts it before the verdict.
 */
const LAST = { calm: 14_000, lasts: 34_000, whole: 90_000 };

/** Everything that will go wrong, and when: from the seed alone, so that a run can be told again. */
export function scheduleOf({ seed, milliseconds, kills, faults }: ScheduleOptions): Schedule {
  const chance = new Random(seed);
  const last = faults.includes('lost-answers') && milliseconds >= LAST.whole;
  const until = last ? milliseconds - LAST.lasts - LAST.calm : milliseconds;
  const times = Array.from({ length: kills }, () => chance.between(0, until)).sort((a, b) => a - b);
  return {
    milliseconds,
    kills: times.map((at) => ({
      kind: 'kill',
      at,
      process: chance.weighted(KILLED),
      away: chance.between(100, 3_000),
    })),
    spells: [
      ...spellsOf(new Random(seed ^ 0x5eed), until, faults),
      ...(last ? [{ kind: 'lost-answers', at: until + LAST.calm, lasts: LAST.lasts, process: '' } as const] : []),
    ],
  };
}

/** A run that has the time for it has a service away for a whole minute: longer than any session, lease or patience of its neighbours. */
const WHOLE_PAUSE = { lasts: 60_000, from: 240_000 };

/** One after the other, each kind before any comes again; short runs have short ones. */
function spellsOf(chance: Random, milliseconds: number, faults: readonly Fault[]): Spell[] {
  const spells: Spell[] = [];
  let left: Fault[] = [];
  for (let at = chance.between(1_000, 4_000); faults.length > 0;) {
    if (left.length === 0) left = [...faults];
    const kind = chance.one(left);
    left.splice(left.indexOf(kind), 1);
    const [least, most] = LENGTH[kind];
    const longest = Math.max(least * 1_000, Math.min(most * 1_000, milliseconds / 5));
    const whole = kind === 'pause' && milliseconds >= WHOLE_PAUSE.from && spells.every((spell) => spell.kind !== kind);
    const lasts = whole ? WHOLE_PAUSE.lasts : chance.between(least * 1_000, longest);
    if (at + lasts > milliseconds) break;
    spells.push({ kind, at, lasts, process: chance.one(SERVICES) });
    at += lasts + chance.between(2_000, 8_000);
  }
  return spells;
}
