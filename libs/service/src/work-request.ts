import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Language } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { currentTrace } from '@sekisho/observability';
import type { FastifyRequest } from 'fastify';
import { preferredLanguage } from './faults.js';
import { ProblemError } from './problem-error.js';

/** What a write is asked with: by whom, on which route, with what, and under which Idempotency-Key. */
export interface WorkRequest {
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string | undefined;
  /** Path parameters and body: the same key with another content is refused. */
  readonly content: unknown;
  /** The one to answer in. */
  readonly language: Language;
  readonly correlationId: string;
  readonly traceparent: string;
}

export function workOf(_: unknown, context: ExecutionContext): WorkRequest {
  const request = context.switchToHttp().getRequest<FastifyRequest & { principal?: Principal }>();
  const trace = currentTrace();
  if (!request.principal || !trace) throw new Error('a write needs a principal and a trace');
  return {
    principal: request.principal,
    route: `${request.method} ${request.routeOptions.url}`,
    idempotencyKey: reads(request.method) ? undefined : idempotencyKey(request.headers['idempotency-key']),
    content: { parameters: request.params, query: request.query, body: request.body ?? null },
    language: preferredLanguage(request.headers['accept-language']),
    correlationId: trace.correlationId,
    traceparent: trace.traceparent,
  };
}

/** The {@link WorkRequest} of the call under way. */
export const CurrentWork = createParamDecorator(workOf);

/** The language that the call under way is to be answered in. */
export const CurrentLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return preferredLanguage(headers['accept-language']);
});

/** Reading may leave a record too; what is read is never an answer of before. */
const reads = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** What an Idempotency-Key looks like. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && IDEMPOTENCY_KEY.test(header)) return header;
  throw new ProblemError('invalid-request', { code: 'bad-key' });
}
