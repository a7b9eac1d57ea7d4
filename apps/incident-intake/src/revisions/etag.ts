import { preconditionRequired, revisedSince } from './refusals.js';

/** A report's ETag counts its revisions: the same content may come twice, and is another revision. */
export const etagOf = (revision: number): string => `"${revision}"`;

/** Whether an `If-Match` names it. A weak tag never does (RFC 9110, 13.1.1). */
export const matches = (ifMatch: string, revision: number): boolean =>
  ifMatch.split(',').some((tag) => tag.trim() === etagOf(revision));

/**
 * Holds a revision to the latest one that its sender has read. `*` names none, and nobody adds to what he has not read.
 */
export function refuseUnread(revision: number, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ['', '*'].includes(ifMatch.trim())) throw preconditionRequired();
  if (!matches(ifMatch, revision)) throw revisedSince(revision);
}
