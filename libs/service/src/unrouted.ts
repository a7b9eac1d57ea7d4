import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from '@sekisho/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredLanguage } from './faults.js';
import { ProblemError } from './problem-error.js';
import { ProblemFilter } from './problem.filter.js';
import type { Route } from './routes.js';

const CLIENT_FAULTS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
const CLIENT_WORDS: Readonly<Record<number, string>> = {
  400: 'This is no HTTP that can be read.',
  408: 'The request did not come in time.',
  431: 'The headers have more bytes than are read.',
};

/** Settings of Fastify for what is refused before any route is found: it too is told as problem details. */
export function unrouted(logger: Logger) {
  const problems = new ProblemFilter(logger);
  return {
    /** An address that cannot be decoded, or has a part that is too long. */
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
      const language = preferredLanguage(request.headers['accept-language']);
      const { status, problem } = problems.describe(error, language, request.url.split('?')[0]!);
      void reply
        .status(status)
        .headers({ 'content-type': 'application/problem+json', 'content-language': language })
        .send(JSON.stringify(problem));
    },
    /** What is not even a request: nobody has said what they read, so it is told in English. */
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket): void => {
      if (error.code === 'ECONNRESET' || socket.destroyed) return;
      const statusCode = CLIENT_FAULTS[error.code ?? ''] ?? 400;
      const told = Object.assign(new Error(CLIENT_WORDS[statusCode]), { statusCode });
      const body = JSON.stringify(problems.describe(told, 'en', '').problem);
      const head = [
        `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}`,
        'content-type: application/problem+json',
        'content-language: en',
        `content-length: ${Buffer.byteLength(body)}`,
        'connection: close',
      ];
      if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
      socket.destroy(error);
    },
  };
}

/** Tells who asks a path with a method that it does not have which ones it has: 405 with `Allow`. */
export function refuseOtherMethods(app: NestFastifyApplication, routes: readonly Route[]): void {
  // The longest first: `/v1/meetings/:id.ics` also looks like `/v1/meetings/:id`.
  const paths = [...new Set(routes.map(({ path }) => path))].sort((a, b) => b.length - a.length);
  const patterns = paths.map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`) }));
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    const asked = request.is404 && patterns.find(({ pattern }) => pattern.test(request.url.split('?')[0]!));
    if (!asked) return done();
    const methods = routes.filter(({ path }) => path === asked.path).map(({ method }) => method);
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
    const told = { code: 'other-method', values: { method: request.method, allowed: allow } } as const;
    done(new ProblemError('method-not-allowed', told, {}, { allow }));
  });
}
