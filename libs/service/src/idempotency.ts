import { named } from '@sekisho/identity';
import { digestOf } from '@sekisho/signing';
import { Answer } from './answer.js';
import { invalid, ProblemError } from './problem-error.js';
import type { WorkRequest } from './work-request.js';

/** An answer as it is kept under an Idempotency-Key, for ever. */
export interface KeptAnswer {
  readonly request_digest: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  /** JSON. */
  readonly body: string;
}

/** What a kept answer is found by: organisation, principal, route and key. Undefined where the request names no key. */
export function idempotencyOf({ principal, route, idempotencyKey }: WorkRequest): readonly string[] | undefined {
  if (idempotencyKey === undefined) return undefined;
  return [principal.organisation, named(principal), route, idempotencyKey];
}

/** By what the content of a request is known again. Throws a problem where it has no digest: a lone surrogate, in a body that no schema looked at. */
export function requestDigest(content: unknown): string {
  try {
    return digestOf(content);
  } catch {
    throw invalid([{ pointer: '', code: 'unstorable-text' }]);
  }
}

/** What was answered before, for a request with the same content. Throws a problem for another content. */
export function replay<Body>(kept: KeptAnswer, digest: string): Answer<Body> {
  if (kept.request_digest !== digest) {
    throw new ProblemError('idempotency-mismatch', { code: 'key-used' });
  }
  const headers = { ...kept.headers, 'idempotency-replayed': 'true' };
  return new Answer(kept.status, JSON.parse(kept.body) as Body, headers);
}
