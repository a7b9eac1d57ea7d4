import { preconditionRequired, revisedSince } from './refusals.js';

/** A report's ETag counts its revisions: the same content may come twice, and is another revision. */
export const etagOf = (revision: number): string => `"${revision}"`;

/**
 * Holds a revision to the latest one that its sender has read. `*` names none, and nobody adds to what he has not read. A weak tag
 * never matches (RFC 9110, 13.1.1).
 */
export function refuseUnread(revision: number, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ['', '*'].includes(ifMatch.trim())) throw preconditionRequired();
  if (!ifMatch.split(',').some((tag) => tag.trim() === etagOf(revision))) throw revisedSince(revision);
}
