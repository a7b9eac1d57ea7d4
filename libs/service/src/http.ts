import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { PermissionGuard } from '@sekisho/identity';
import { continueTrace, type Logger, type Metrics, withTrace } from '@sekisho/observability';
import { uuidv7 } from 'uuidv7';
import type { ServiceDefinition } from './definition.js';
import { ProblemError } from './problem-error.js';
import type { Route } from './routes.js';

/** Largest body that a route takes, in bytes; a larger one is answered 413. */
export const BODY_LIMIT = 1024 * 1024;

/** Until a body must have come whole; a route that reads its own has its own rule. */
const BODY_MS = 30_000;
/** Until the longest of those must have come. The server itself closes such a connection without an answer. */
export const LONGEST_REQUEST_MS = 600_000;
/** Of a part of a path, in characters: longer than any that a route takes, so that the route says what is wrong with it. */
export const LONGEST_PARAMETER = 200;

/** Every request runs in its trace, is counted, and leaves one line in the log: never its body, its query or its token. */
export function observeRequests(app: NestFastifyApplication, logger: Logger, metrics: Metrics): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const traceparent = continueTrace(request.headers['traceparent'] as string | undefined);
    withTrace({ correlationId: uuidv7(), traceparent }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const labels = { route: request.routeOptions.url ?? 'unknown', method: request.method, status: reply.statusCode };
    metrics.requests.observe(labels, reply.elapsedTime / 1000);
    logger.debug({ ...labels, milliseconds: reply.elapsedTime }, 'request answered');
    done();
  });
}

/** Hands some routes their bodies unread. On every other route the content types of these stay unknown. */
export function passStreams(
  app: NestFastifyApplication,
  streamed: NonNullable<ServiceDefinition['streamed']> = {},
): void {
  const fastify = app.getHttpAdapter().getInstance();
  for (const type of new Set(Object.values(streamed).flat())) {
    fastify.addContentTypeParser(type, (request, payload, done) => {
      if (streamed[`${request.method} ${request.routeOptions.url}`]?.includes(type)) done(null, payload);
      else done(new UnsupportedMediaTypeException());
    });
  }
}

/** Cuts off who sends a body slower than anybody has to: it would hold its place for as long as it likes. */
export function cutSlowSenders(app: NestFastifyApplication, streamed: ServiceDefinition['streamed'] = {}): void {
  const fastify = app.getHttpAdapter().getInstance();
  const timers = new WeakMap<object, NodeJS.Timeout>();
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    const { method, headers } = request;
    const bodied = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (bodied && !Object.hasOwn(streamed, `${method} ${request.routeOptions.url}`)) {
      const slow = (): void => {
        reply.header('connection', 'close');
        payload.emit('error', Object.assign(new Error('the body did not come in time'), { statusCode: 408 }));
      };
      timers.set(request, setTimeout(slow, BODY_MS));
    }
    done(null, payload);
  });
  const came = (request: object): void => clearTimeout(timers.get(request));
  fastify.addHook('preValidation', (request, _reply, done) => {
    came(request);
    done();
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    came(request);
    done();
  });
  fastify.addHook('onRequestAbort', (request, done) => {
    came(request);
    done();
  });
}

/**
 * What is answered while the service ends is the last on its connection, and a connection without a request under way ends at once. The
 * server itself ends only those that have answered one and heard nothing since: it would wait for whoever has opened one and says nothing.
 */
export function endConnections(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  /** Each open connection, with how many requests are under way on it: they may be sent ahead of the answers. */
  const open = new Map<Socket, number>();
  let ending = false;
  fastify.server.on('connection', (socket: Socket) => {
    if (ending) return void socket.destroy();
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  fastify.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    open.set(socket, open.get(socket)! + 1);
    response.once('close', () => {
      const underWay = open.get(socket);
      if (underWay === undefined) return;
      open.set(socket, underWay - 1);
      // What was answered just before the end had no word that it is the last.
      if (ending && underWay === 1) socket.destroySoon();
    });
  });
  fastify.addHook('preClose', (done) => {
    ending = true;
    for (const [socket, underWay] of open) if (underWay === 0) socket.destroy();
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (ending) reply.header('connection', 'close');
    done();
  });
}

/**
 * Asks who calls, and whether they may and have not called too often, before a byte of the body is read: what is wrong with a request is for those to know who may
 * make it. Nest's guards come after the parser; they stay, for whatever comes by another way.
 */
export function admitRequests(
  app: NestFastifyApplication,
  routes: readonly Route[],
  limiter: ServiceDefinition['limiter'],
): void {
  const limits = limiter && app.get(limiter, { strict: false });
  const guard = app.get(PermissionGuard);
  const permissions = new Map(routes.map(({ method, path, permission }) => [`${method} ${path}`, permission]));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preParsing', async (request, reply) => {
      // Every GET answers HEAD as well.
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      const permission = permissions.get(`${method} ${request.routeOptions.url}`);
      if (permission === undefined || permission === 'public') return;
      try {
        const admitted = request as Parameters<PermissionGuard['admit']>[0];
        await guard.admit(admitted, permission);
        const taken = await limits?.take(admitted.principal!);
        if (taken) reply.headers(taken.headers);
        if (taken?.allowed === false) throw tooManyRequests(taken.retryAfter);
      } catch (error) {
        // A body that nobody reads would hold its connection, and with it the end of the service.
        if (method !== 'GET') reply.header('connection', 'close');
        throw error;
      }
    });
}

const tooManyRequests = (retryAfter: number): ProblemError =>
  new ProblemError(
    'too-many-requests',
    'This client asks for more than its rate allows.',
    {},
    {
      'retry-after': String(Math.ceil(retryAfter)),
    },
  );
