import type { Facts, Words } from '@sekisho/guideline';

export const FINDING_CODES = [
  'GAP',
  'OVERLAP',
  'REDUNDANCY',
  'CONTRADICTION',
  'UNREACHABLE_PROVISION',
  'UNREACHABLE_ALTERNATIVE',
  'UNUSED_FACT',
  'CLAUSE_WITHOUT_EFFECT',
  'IN_NO_CLAUSE',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/**
 * Something in a version that can hardly be meant. An `error` is a fault of the version; a `note` is said so that nobody takes it for
 * forgotten. The witness is the smallest case that shows it; of what never holds, the smallest that comes nearest.
 */
export interface Finding {
  readonly code: FindingCode;
  readonly level: 'error' | 'note';
  readonly provisions: readonly string[];
  readonly words: Words;
  readonly witness: Facts | null;
}
