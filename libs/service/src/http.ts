import type { INestApplication } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { continueTrace, type Logger, type Metrics, withTrace } from '@sekisho/observability';
import { uuidv7 } from 'uuidv7';
import type { ServiceDefinition } from './definition.js';

/** Largest body that a route takes, in bytes; a larger one is answered 413. */
export const BODY_LIMIT = 1024 * 1024;

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

/** The OpenAPI document of a service, made from its controllers and contracts. */
export function openApi(
  app: INestApplication,
  service: Pick<ServiceDefinition, 'name' | 'description'>,
): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle(`Sekisho: ${service.name}`)
    .setDescription(service.description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  return SwaggerModule.createDocument(app, description);
}
