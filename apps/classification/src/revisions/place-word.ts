import { kindOf, locationOf } from '@sekisho/contracts';
import type { CaseServer, CaseTarget, Incident } from '../incidents/incident.js';
import type { ReportWord } from './report-word.js';

/** How an item of a report stands to the case: one that the case has, one that it had and did not know, or a new one. */
type Standing = 'KNOWN' | 'IDENTIFIED' | 'NEW';

/** What a report says of one fact of the case. */
export interface SaidFact {
  readonly fact: string;
  readonly value: string;
  readonly note: string;
}

/** An item of a report, as one of the case. */
export interface Placed<Item> {
  readonly item: Item;
  readonly standing: Standing;
}

interface PlacedWord {
  readonly servers: readonly Placed<CaseServer>[];
  readonly targets: readonly Placed<CaseTarget>[];
  readonly said: readonly SaidFact[];
}

interface Known {
  readonly ref: string;
  readonly reportRef: string | null;
  /** Address or name: what makes it the one that it is. Null where that is not known. */
  readonly identity: string | null;
}

interface Told {
  readonly reportRef: string;
  readonly identity: string | null;
}

/**
 * Finds for each item of a report the one of the case that it is. A ref of the case is never re-pointed: what has another address, or
 * another name, is another item, whatever ref the report gives it. One of which the case knows nothing but that it is there becomes known.
 */
function place(known: readonly Known[], told: readonly Told[], letter: string): { ref: string; standing: Standing }[] {
  const free = new Map(known.map((item) => [item.ref, item]));
  let count = known.length;
  const take = (fits: (item: Known) => boolean): Known | undefined => {
    const found = [...free.values()].find(fits);
    if (found !== undefined) free.delete(found.ref);
    return found;
  };
  const placed = new Map<Told, { ref: string; standing: Standing }>();
  // The surest first, for all items, before the next best: else one could take another's place.
  const ways: ((item: Told) => { ref: string; standing: Standing } | undefined)[] = [
    ({ reportRef, identity }) => knownAs(take((item) => item.identity === identity && item.reportRef === reportRef)),
    ({ identity }) => (identity === null ? undefined : knownAs(take((item) => item.identity === identity))),
    // The report no longer says which: then it is the one that it said before.
    ({ reportRef, identity }) =>
      identity === null ? knownAs(take((item) => item.reportRef === reportRef)) : undefined,
    ({ reportRef, identity }) =>
      identity === null
        ? undefined
        : identified(take((item) => item.identity === null && item.reportRef === reportRef)),
    () => identified(take((item) => item.identity === null && item.reportRef === null)),
  ];
  for (const way of ways) {
    for (const item of told) {
      if (placed.has(item)) continue;
      const found = way(item);
      if (found !== undefined) placed.set(item, found);
    }
  }
  return told.map((item) => placed.get(item) ?? { ref: `${letter}${(count += 1)}`, standing: 'NEW' });
}

const knownAs = (item: Known | undefined) => item && { ref: item.ref, standing: 'KNOWN' as const };
const identified = (item: Known | undefined) => item && { ref: item.ref, standing: 'IDENTIFIED' as const };

/** A report's word as it is about this case: under the case's own refs. */
export function placeWord({ servers, targets }: Pick<Incident, 'servers' | 'targets'>, word: ReportWord): PlacedWord {
  const serverPlaces = place(
    servers.map(({ ref, reportRef, address }) => ({ ref, reportRef, identity: address })),
    word.servers.map(({ reportRef, address }) => ({ reportRef, identity: address })),
    's',
  );
  const targetPlaces = place(
    // A target without a report's ref is one that stands in for none named.
    targets.map(({ ref, reportRef, name }) => ({ ref, reportRef, identity: reportRef === null ? null : name })),
    word.targets.map(({ reportRef, name }) => ({ reportRef, identity: name })),
    't',
  );
  return {
    servers: word.servers.map(({ address, reportRef }, index) => {
      const { ref, standing } = serverPlaces[index]!;
      return { item: { ref, address, reportRef }, standing };
    }),
    targets: word.targets.map(({ name, reportRef }, index) => {
      const { ref, standing } = targetPlaces[index]!;
      return { item: { ref, name, reportRef }, standing };
    }),
    said: [
      ...word.servers.map(({ location, note }, index) => ({
        fact: locationOf(serverPlaces[index]!.ref),
        value: location,
        note,
      })),
      ...word.targets.map(({ kind, note }, index) => ({ fact: kindOf(targetPlaces[index]!.ref), value: kind, note })),
    ],
  };
}
