import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** What ties the log lines, events and answers of one piece of work together. `traceparent` is W3C Trace Context. */
export interface Trace {
  readonly correlationId: string;
  readonly traceparent: string;
  readonly incidentId?: string;
  readonly messageId?: string;
}

const current = new AsyncLocalStorage<Trace>();

export const currentTrace = (): Trace | undefined => current.getStore();

export const withTrace = <Result>(trace: Trace, work: () => Result): Result => current.run(trace, work);

const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The next span of a trace that came from elsewhere; a new trace where none, or no valid one, came. */
export function continueTrace(traceparent: string | undefined): string {
  const [, traceId, , flags] = shape.exec(traceparent ?? '') ?? [];
  const valid = traceId !== undefined && !/^0+$/.test(traceId);
  return `00-${valid ? traceId : randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${valid ? flags : '01'}`;
}
