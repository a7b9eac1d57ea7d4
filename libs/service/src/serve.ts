import 'reflect-metadata';
import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { PermissionGuard } from '@sekisho/identity';
import { connectKafka, Consumer, Outbox, Relay, type Subscription } from '@sekisho/messaging';
import { type Logger, Metrics } from '@sekisho/observability';
import { type KeySet, loadKeySet } from '@sekisho/signing';
import type { FastifyRequest } from 'fastify';
import { AnswerInterceptor } from './answer.js';
import { Clock } from './clock.js';
import { LOGGER, type ServiceDefinition } from './definition.js';
import { ReadinessChecks } from './health.controller.js';
import { keepHeapSmall } from './heap.js';
import {
  admitRequests,
  BODY_LIMIT,
  cutSlowSenders,
  endConnections,
  LONGEST_PARAMETER,
  LONGEST_REQUEST_MS,
  observeRequests,
  passStreams,
} from './http.js';
import { refuseDeepJson } from './json-depth.js';
import { openApi } from './open-api.js';
import { loggerOf, PLATFORM_CONTROLLERS, PlatformModule } from './platform.module.js';
import { invalid } from './problem-error.js';
import { ProblemFilter } from './problem.filter.js';
import { readinessChecks } from './readiness.js';
import { refuseUndeclaredRoutes, type Route, routesOf } from './routes.js';
import { refuseOtherMethods, unrouted } from './unrouted.js';
import { SchemaPipe } from './validation.pipe.js';

@Module({})
class ServiceModule {}

/** A service that can be started and stopped, within this process. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  /** Where it listens. */
  readonly url: string;
  /** Stops taking requests and messages, finishes what is under way, sends what can be sent, closes every connection. */
  stop(): Promise<void>;
}

function rootModule(service: ServiceDefinition, keys: KeySet, logger: Logger, overrides: Provider[]): DynamicModule {
  return {
    module: ServiceModule,
    imports: [PlatformModule.of(service, keys, logger, overrides)],
    controllers: [...service.controllers] as Type[],
    providers: [...service.providers, ...service.subscriptions, { provide: APP_GUARD, useExisting: PermissionGuard }],
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw invalid([{ pointer: '', code: 'unknown-encoding' }]);
  }
}

/** Every route that a service has, its own and the platform's. */
export const serviceRoutes = (service: Pick<ServiceDefinition, 'controllers'>): Route[] =>
  routesOf([...service.controllers, ...PLATFORM_CONTROLLERS]);

/** The application without listening or consuming; `preview` makes it without constructing a provider, for its description. */
export async function createApplication(
  service: ServiceDefinition,
  keys: KeySet,
  { overrides = [], preview = false }: { overrides?: Provider[]; preview?: boolean } = {},
): Promise<NestFastifyApplication> {
  const logger = loggerOf(service);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    requestTimeout: LONGEST_REQUEST_MS,
    forceCloseConnections: 'idle',
    ...unrouted(logger),
  });
  const app = await NestFactory.create<NestFastifyApplication>(rootModule(service, keys, logger, overrides), adapter, {
    logger: false,
    preview,
    abortOnError: false,
    // JSON alone is read, and what a route says that it reads itself.
    bodyParser: false,
  });
  adapter.getInstance().removeContentTypeParser('text/plain');
  const parse = adapter.getInstance().getDefaultJsonParser('error', 'error');
  // Many clients name JSON as the type of every request, also where there is nothing to say.
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined);
    try {
      refuseDeepJson(body);
      void parse(request as FastifyRequest, textOf(body), done);
    } catch (error) {
      done(error as Error);
    }
  });
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalInterceptors(new AnswerInterceptor());
  app.useGlobalFilters(new ProblemFilter(logger));
  const routes = serviceRoutes(service);
  refuseUndeclaredRoutes(routes);
  refuseOtherMethods(app, routes);
  admitRequests(app, routes, service.limiter);
  cutSlowSenders(app, service.streamed);
  endConnections(app);
  passStreams(app, service.streamed);
  return app;
}

/**
 * Starts everything of one service: HTTP, relay, consumer. `overrides` replace platform providers such as the clock; `docs` adds
 * the pages at `/docs` and `/openapi.json`.
 */
export async function startService(
  service: ServiceDefinition,
  { overrides = [], docs = false }: { overrides?: Provider[]; docs?: boolean } = {},
): Promise<RunningService> {
  const { config } = service;
  const app = await createApplication(service, await loadKeySet(config.SEKISHO_SIGNING_KEYS), { overrides });
  const logger = app.get<Logger>(LOGGER);
  const metrics = app.get(Metrics);
  const clock = app.get(Clock);
  observeRequests(app, logger, metrics);
  if (docs)
    SwaggerModule.setup('docs', app, () => openApi(app, service, serviceRoutes(service)), {
      jsonDocumentUrl: 'openapi.json',
    });

  const kafka = await connectKafka({
    clientId: service.name,
    brokers: config.KAFKA_BROKERS,
    username: config.KAFKA_USERNAME,
    password: config.KAFKA_PASSWORD,
    ca: config.KAFKA_CA,
    logger,
  });
  const relay = new Relay({ databaseUrl: config.RELAY_DATABASE_URL, kafka, logger, metrics });
  const subscriptions = service.subscriptions.map((type) => app.get<Subscription>(type));
  const consumer = new Consumer({
    group: service.name,
    kafkaGroup: config.KAFKA_GROUP ?? service.name,
    subscriptions,
    kafka,
    database: service.database,
    outbox: app.get(Outbox),
    clock,
    logger,
    metrics,
  });
  app.get(ReadinessChecks).list.push(...readinessChecks(service, relay, consumer));

  // Prisma loads its compiler with the first query: here rather than in somebody's request. Without a database readiness says so.
  await service.database.$transaction((tx) => tx.$queryRawUnsafe('SELECT 1')).catch(() => undefined);
  await app.listen(config.PORT, config.HOST);
  relay.start();
  consumer.start();
  logger.info({ port: config.PORT }, 'service started');
  return {
    app,
    url: await app.getUrl(),
    stop: async () => {
      logger.info({}, 'service is stopping: it takes no more requests');
      await app.close();
      logger.info({}, 'requests are answered');
      await consumer.stop();
      await relay.stop();
      logger.info({}, 'what was recorded is sent');
      await service.database.$disconnect();
      logger.info({}, 'service stopped');
    },
  };
}

/** `main.ts` of every service: start, and stop gracefully when asked to. A start that fails says why and exits with 1. */
export async function serve(service: ServiceDefinition): Promise<void> {
  keepHeapSmall();
  const logger = loggerOf(service);
  const running = await startService(service, { docs: true }).catch((error: unknown) => {
    logger.fatal({ err: error }, 'service did not start');
    process.exit(1);
  });
  const stop = (): void => {
    void running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'service did not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}
