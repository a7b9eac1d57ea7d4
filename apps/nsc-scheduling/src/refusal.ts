import type { ProblemCode } from '@sekisho/contracts';
import { ProblemError } from '@sekisho/service';

/** Why something cannot be done, as a decision says it. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly extensions?: Record<string, unknown>;
}

export const illegal = (detail: string, extensions: Record<string, unknown> = {}): Refusal => ({
  code: 'illegal-transition',
  detail,
  extensions,
});

export const problemOf = ({ code, detail, extensions }: Refusal): ProblemError =>
  new ProblemError(code, detail, extensions);

/** Undoes the work with the refusal, if there is one. */
export function refuse(refusal: Refusal | null): void {
  if (refusal !== null) throw problemOf(refusal);
}

/** Locks everything that has to do with meetings and the members' time: a handful of people use it, and it must be right. */
export const MEETINGS_LOCK = 'nsc/meetings';

export const etagOf = (version: number): string => `"${version}"`;

/** Holds a change to the version that its caller has read, where he says which. */
export function refuseChanged(version: number, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  if (ifMatch.split(',').some((tag) => tag.trim() === etagOf(version))) return;
  throw new ProblemError('precondition-failed', `It is at version ${version}: read it again.`);
}
