import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type ProblemCode, PROBLEMS, problemType } from '@sekisho/contracts';
import { IssuerUnavailable, NotAuthenticated, NotPermitted } from '@sekisho/identity';
import { EventRefused } from '@sekisho/messaging';
import { currentTrace, type Logger } from '@sekisho/observability';
import { constraintName, isTransient, sqlState } from '@sekisho/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultsOf, preferredLanguage } from './faults.js';
import { ProblemError } from './problem-error.js';
import { InvalidRequest } from './validation.pipe.js';

interface Told {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly extensions?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

const BY_STATUS: Record<number, ProblemCode> = {
  400: 'invalid-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};
const CHECK_VIOLATION = '23514';

/** The one place where what went wrong becomes problem details. What nobody expected says nothing about our inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const language = preferredLanguage(request.headers['accept-language']);
    const { code, detail, extensions, headers } = this.tell(error, language);
    const { status, title } = PROBLEMS[code];
    void reply
      .status(status)
      .headers({ 'content-type': 'application/problem+json', 'content-language': language, ...headers })
      .send(
        JSON.stringify({
          type: problemType(code),
          title: title[language],
          status,
          detail,
          instance: request.url.split('?')[0],
          correlationId: currentTrace()?.correlationId,
          ...extensions,
        }),
      );
  }

  private tell(error: unknown, language: 'en' | 'ja'): Told {
    if (error instanceof ProblemError) {
      return { code: error.code, detail: error.message, extensions: error.extensions, headers: error.headers };
    }
    if (error instanceof InvalidRequest) {
      const errors = faultsOf(error.issues, language, error.part);
      return {
        code: 'invalid-request',
        detail: errors.map((fault) => `${fault.pointer}: ${fault.detail}`).join('; '),
        extensions: { errors },
      };
    }
    if (error instanceof NotAuthenticated) {
      const challenge = { 'www-authenticate': `Bearer error="invalid_token", error_description="${error.message}"` };
      return { code: 'not-authenticated', detail: error.message, headers: challenge };
    }
    if (error instanceof NotPermitted) return { code: 'not-permitted', detail: error.message };
    if (sqlState(error) === CHECK_VIOLATION && constraintName(error)?.endsWith('_two_persons')) {
      const detail =
        language === 'ja'
          ? 'この手続には、先に行った人とは別の人が必要です。'
          : 'This step needs another person than the one who took the step before it.';
      return { code: 'same-person', detail };
    }
    if (error instanceof EventRefused && error.code === 'too-large') {
      return { code: 'body-too-large', detail: error.message };
    }
    if (error instanceof IssuerUnavailable || isTransient(error)) {
      this.logger.warn({ err: error }, 'a dependency is not available');
      return { code: 'unavailable', detail: 'Try again shortly.', headers: { 'retry-after': '2' } };
    }
    return this.tellByStatus(error);
  }

  private tellByStatus(error: unknown): Told {
    const status =
      error instanceof HttpException
        ? error.getStatus()
        : ((error as { statusCode?: unknown } | null)?.statusCode ?? 500);
    const code = BY_STATUS[Number(status)];
    if (code !== undefined) return { code, detail: (error as Error).message };
    this.logger.error({ err: error }, 'request failed');
    return { code: 'internal-error', detail: 'The operators have been told. The correlation id finds the case.' };
  }
}
