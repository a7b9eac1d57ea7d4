import { constraintName, isTransient, sqlState } from '@sekisho/persistence';
import { Rejected } from './event.js';
import { storable } from './storable.js';

/** Why a message is parked. */
export interface Fault {
  /** For events and logs: never a value out of the message. */
  readonly summary: string;
  /** For the row in the service's own table. */
  readonly detail: string;
}

export const faultOf = (summary: string, detail = summary): Fault => ({
  summary: storable(summary, 500),
  detail: storable(detail, 4_000),
});

/**
 * - `transient`: the database is away, busy or was contended: again, for as long as it takes, and never parked
 * - `final`: the data is at fault, or the handler says no: trying again cannot help
 * - `unknown`: perhaps a bug: a few more tries
 */
export type Failure = { readonly kind: 'transient' } | { readonly kind: 'final' | 'unknown'; readonly fault: Fault };

export function failureOf(error: unknown): Failure {
  if (isTransient(error)) return { kind: 'transient' };
  if (error instanceof Rejected) return { kind: 'final', fault: faultOf(`rejected: ${error.message}`) };
  const { name, message } = error instanceof Error ? error : { name: 'error', message: String(error) };
  const state = sqlState(error);
  if (state === undefined) return { kind: 'unknown', fault: faultOf(name, `${name}: ${message}`) };
  // The database's message may quote the value.
  const constraint = constraintName(error);
  const summary = `SQLSTATE ${state}${constraint === undefined ? '' : `, constraint ${constraint}`}`;
  return { kind: /^2[23]/.test(state) ? 'final' : 'unknown', fault: faultOf(summary, `${summary}: ${message}`) };
}
