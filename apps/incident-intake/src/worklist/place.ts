import type { WorklistItem } from '@sekisho/contracts';
import { type PageQuery, positionOf } from '@sekisho/service';
import { Prisma } from '../generated/prisma/client.js';

/** What may be on a worklist, in the order in which things with the same end stand. */
const KINDS = ['DEADLINE', 'QUESTION', 'DRAFT'] as const;
export type Kind = (typeof KINDS)[number];

/** Where something stands on a worklist: by its end (`infinity` where there is none), then its kind, then a key of its own. */
export interface Place {
  readonly due: string;
  readonly kind: Kind;
  readonly key: string;
}

/** One thing to do, at its place. */
export interface Line {
  readonly place: Place;
  readonly item: WorklistItem;
}

/** One kind of thing to do: the first `take` lines behind a place, in order. */
export type Source = (after: Place | undefined, take: number) => Promise<Line[]>;

const POSITION = new RegExp(
  `^(?:infinity|\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z) (?:${KINDS.join('|')}) [A-Za-z0-9_ -]{1,200}$`,
);

export const positionOfPlace = ({ due, kind, key }: Place): string => `${due} ${kind} ${key}`;

/** The place that a cursor stands for. Throws a problem where it is not one of ours. */
export function placeOf(cursor: PageQuery['cursor']): Place | undefined {
  const [due, kind, ...key] = positionOf(cursor, POSITION)?.split(' ') ?? [];
  return due === undefined ? undefined : { due, kind: kind as Kind, key: key.join(' ') };
}

export const dueOf = (end: Date | null): string => end?.toISOString() ?? 'infinity';

const rank = (kind: Kind): number => KINDS.indexOf(kind);

/** The condition that rows of a kind, which are listed by `due` and then `key`, stand behind a place. */
export function behind(place: Place | undefined, kind: Kind, due: Prisma.Sql, key: Prisma.Sql): Prisma.Sql {
  if (place === undefined) return Prisma.sql`true`;
  if (kind === place.kind) return Prisma.sql`(${due}, ${key}) > (${place.due}::timestamptz, ${place.key}::text)`;
  return rank(kind) > rank(place.kind)
    ? Prisma.sql`${due} >= ${place.due}::timestamptz`
    : Prisma.sql`${due} > ${place.due}::timestamptz`;
}

/** The first `take` lines behind a place, of whatever kind: what ends first before the rest, what has no end last. */
export async function merged(sources: readonly Source[], after: Place | undefined, take: number): Promise<Line[]> {
  const lines: Line[] = [];
  // One after the other: a transaction has one connection.
  for (const source of sources) lines.push(...(await source(after, take)));
  return lines
    .sort(({ place: one }, { place: other }) => inTime(one, other) || rank(one.kind) - rank(other.kind))
    .slice(0, take);
}

// RFC 3339 in one form, and `infinity` after all digits: the order of the characters is that of the times.
const inTime = (one: Place, other: Place): number => (one.due < other.due ? -1 : Number(one.due > other.due));
