import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type Language, type Problem, type ProblemCode, PROBLEMS, problemType, say } from '@sekisho/contracts';
import { IssuerUnavailable, NotAuthenticated, NotPermitted } from '@sekisho/identity';
import { EventRefused } from '@sekisho/messaging';
import { currentTrace, type Logger } from '@sekisho/observability';
import { constraintName, isTransient, sqlState } from '@sekisho/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultsOf, preferredLanguage } from './faults.js';
import { ProblemError, summed } from './problem-error.js';
import { InvalidRequest } from './validation.pipe.js';

interface Told {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly extensions?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

export interface Described {
  readonly status: number;
  readonly headers: Record<string, string> | undefined;
  readonly problem: Problem;
}

const BY_STATUS: Record<number, ProblemCode> = {
  400: 'invalid-request',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  431: 'headers-too-large',
};
const TRY_AGAIN = { 'retry-after': '2' };
const CHECK_VIOLATION = '23514';

/** What others than we say of a failure is English; for who reads Japanese the kind of problem has to do. */
const framed = (code: ProblemCode, { message }: Error, language: Language): string =>
  language === 'en' ? message : PROBLEMS[code].title.ja;

/** The one place where what went wrong becomes problem details. What nobody expected says nothing about our inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const language = preferredLanguage(request.headers['accept-language']);
    const { status, headers, problem } = this.describe(error, language, request.url.split('?')[0]!);
    void reply
      .status(status)
      .headers({ 'content-type': 'application/problem+json', 'content-language': language, ...headers })
      .send(JSON.stringify(problem));
  }

  /** An error as problem details: also for where it is one line of an answer and not all of it. */
  describe(error: unknown, language: Language, instance: string): Described {
    const { code, detail, extensions, headers } = this.tell(error, language);
    const { status, title } = PROBLEMS[code];
    return {
      status,
      headers,
      problem: {
        type: problemType(code),
        title: title[language],
        status,
        detail,
        instance,
        correlationId: currentTrace()?.correlationId,
        ...extensions,
      },
    };
  }

  private tell(error: unknown, language: Language): Told {
    if (error instanceof ProblemError) {
      const { code, headers } = error;
      const again = code === 'unavailable' ? TRY_AGAIN : {};
      return {
        code,
        detail: error.detail(language),
        extensions: error.members(language),
        headers: { ...again, ...headers },
      };
    }
    if (error instanceof InvalidRequest) {
      const errors = faultsOf(error.issues, language, error.part);
      return { code: 'invalid-request', detail: summed(errors), extensions: { errors } };
    }
    if (error instanceof NotAuthenticated) {
      const challenge = { 'www-authenticate': `Bearer error="invalid_token", error_description="${error.message}"` };
      return { code: 'not-authenticated', detail: framed('not-authenticated', error, language), headers: challenge };
    }
    if (error instanceof NotPermitted) {
      return { code: 'not-permitted', detail: framed('not-permitted', error, language) };
    }
    if (sqlState(error) === CHECK_VIOLATION && constraintName(error)?.endsWith('_two_persons')) {
      return { code: 'same-person', detail: say({ code: 'second-person' }, language) };
    }
    if (error instanceof EventRefused && error.code === 'too-large') {
      return { code: 'body-too-large', detail: framed('body-too-large', error, language) };
    }
    if (error instanceof IssuerUnavailable || isTransient(error)) {
      this.logger.warn({ err: error }, 'a dependency is not available');
      return { code: 'unavailable', detail: say({ code: 'try-again' }, language), headers: TRY_AGAIN };
    }
    return this.tellByStatus(error, language);
  }

  private tellByStatus(error: unknown, language: Language): Told {
    const status =
      error instanceof HttpException
        ? error.getStatus()
        : ((error as { statusCode?: unknown } | null)?.statusCode ?? 500);
    const code = BY_STATUS[Number(status)];
    if (code !== undefined) return { code, detail: framed(code, error as Error, language) };
    this.logger.error({ err: error }, 'request failed');
    return { code: 'internal-error', detail: say({ code: 'told-operators' }, language) };
  }
}
