import { instant } from './instant.js';

/** By this a version of the guideline takes effect, and by nothing else. */
export interface Adoption {
  /** The version; null where what was adopted is a text that this release does not have: then nothing is in force. */
  guideline: string | null;
  /** RFC 3339 instant with offset: in force from then on, until that of another adoption. */
  from: string;
  /** RFC 3339: when it was recorded. Nobody knew of it before. */
  adoptedAt: string;
}

/**
 * What the legislator adopted before there was a platform on which people could record it; every later adoption is a record.
 * Source: [S] Act 43 of 2025, promulgated on 23 May 2025, and its commencement order.
 */
export const ENACTED: readonly Adoption[] = [
  { guideline: 'acd-2026-10', from: '2026-10-01T00:00:00+09:00', adoptedAt: '2025-05-23T00:00:00+09:00' },
];

/** The adoptions on record at an instant, RFC 3339 or milliseconds since 1970. */
export function knownAt(adoptions: readonly Adoption[], at: string | number): Adoption[] {
  const time = typeof at === 'number' ? at : instant(at);
  return adoptions.filter(({ adoptedAt }) => instant(adoptedAt) <= time);
}

/**
 * The adoption that governs an instant: the one whose `from` is the latest not after it, and of several from the same instant the one
 * made last, so that an adoption is undone by another before it takes effect. Undefined before any, and for a time that cannot be read.
 */
export function governing(adoptions: readonly Adoption[], at: string | number): Adoption | undefined {
  const time = typeof at === 'number' ? at : instant(at);
  return inOrder(adoptions).find(({ from }) => from <= time)?.adoption;
}

interface Dated {
  readonly adoption: Adoption;
  readonly from: number;
  readonly made: number;
}

/** Lists are asked again and again, and reading a time takes longer than looking a case up. */
const ordered = new WeakMap<readonly Adoption[], readonly Dated[]>();

/** Those whose times can be read, the one that governs longest into the future first. */
function inOrder(adoptions: readonly Adoption[]): readonly Dated[] {
  const known = ordered.get(adoptions);
  if (known !== undefined) return known;
  const dated = adoptions
    .map((adoption): Dated => ({ adoption, from: instant(adoption.from), made: instant(adoption.adoptedAt) }))
    .filter(({ from, made }) => !Number.isNaN(from + made))
    .sort((one, two) => two.from - one.from || two.made - one.made);
  ordered.set(adoptions, dated);
  return dated;
}
