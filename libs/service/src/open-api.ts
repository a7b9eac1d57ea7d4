import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problem, PROBLEMS } from '@sekisho/contracts';
import { z } from 'zod';
import type { ServiceDefinition } from './definition.js';
import type { Route } from './routes.js';
import { IDEMPOTENCY_KEY } from './work-request.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = Operation['responses'];
type Response = Exclude<NonNullable<Responses[string]>, { $ref: string }>;
type Headers = NonNullable<Response['headers']>;

const header = (description: string, required = true) => ({ description, required, schema: { type: 'string' } });

/** Every header that an answer of ours may have beside those of HTTP itself. */
const HEADERS = {
  ETag: header('Names this state of it, for If-Match.'),
  Location: header('Where it is found.'),
  'Content-Language': header('The language of its words, as asked for.'),
  'Idempotency-Replayed': header('`true`: answered before under this key.', false),
  RateLimit: header('What is left of the client’s rate, and when all of it is there again.', false),
  'RateLimit-Policy': header('How often a client may ask in how many seconds.', false),
  'Retry-After': header('Seconds until another try is worth it.'),
  'WWW-Authenticate': header('What is wrong with the token.'),
};
const having = (...names: (keyof typeof HEADERS)[]): Headers =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** Headers of an answer that has them, for its `@ApiResponse`. */
export const ETAG = having('ETag');
export const LOCATION = having('Location');
export const LANGUAGE = having('Content-Language');

const REPLAYED = having('Idempotency-Replayed');
const RATE = having('RateLimit', 'RateLimit-Policy');
/** Beside the language, what a refusal has more. */
const OF_STATUS: Readonly<Record<number, Headers>> = {
  401: having('WWW-Authenticate'),
  429: having('Retry-After'),
  503: having('Retry-After'),
};

/** The statuses with which a route may refuse, as its traits tell: a new controller lists none of them. */
function refusals(
  { method, permission, writes }: Route,
  { parameters, responses }: Operation,
  limited: boolean,
): number[] {
  const named = parameters?.filter((each) => 'in' in each) ?? [];
  const ifMatch = named.find(({ name }) => name === 'If-Match');
  return [
    ...[400, 431, 503],
    ...(permission === 'public' ? [] : [401, 403, ...(limited ? [429] : [])]),
    ...(named.some((each) => each.in === 'path') ? [404, 414] : []),
    ...(givenInForms(responses) ? [406] : []),
    ...(method === 'GET' ? [] : [408, 413, 415]),
    ...(writes ? [409, 422] : []),
    ...(ifMatch ? [412] : []),
    ...(ifMatch?.required ? [428] : []),
  ];
}

/** Whether the caller chooses the form of what is answered. */
const givenInForms = (responses: Responses): boolean => {
  const good = responses['200'];
  return good !== undefined && 'content' in good && Object.keys(good.content ?? {}).length > 1;
};

/** How every service refuses with a status: which problems there are, and their headers. */
function refusal(status: number, limited: boolean) {
  const kinds = Object.entries(PROBLEMS).filter(([, kind]) => kind.status === status);
  return {
    description: kinds.map(([code, { title }]) => `\`${code}\`: ${title.en}.`).join(' '),
    headers: { ...LANGUAGE, ...OF_STATUS[status], ...(limited ? RATE : {}) },
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  } satisfies Response;
}

const IDEMPOTENCY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and content get the same answer.',
  schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source },
} as const;

function complete(operation: Operation, route: Route, limited: boolean): void {
  if (route.permission !== 'public') operation.security = [{ bearer: [] }];
  if (route.writes && !operation.parameters?.some((each) => 'name' in each && each.name === 'Idempotency-Key')) {
    operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_PARAMETER];
  }
  const responses = operation.responses as Record<string, Response | { $ref: string }>;
  for (const response of Object.values(responses)) {
    if ('$ref' in response) continue;
    response.headers = { ...response.headers, ...(route.writes ? REPLAYED : {}), ...(limited ? RATE : {}) };
  }
  for (const status of refusals(route, operation, limited)) {
    const own = responses[status] as Response | undefined;
    // A controller may say more of a refusal than what all have in common.
    const { content, headers } = refusal(status, limited);
    responses[status] = own
      ? { ...own, content: own.content ?? content, headers: { ...headers, ...own.headers } }
      : { $ref: `#/components/responses/${status}` };
  }
}

/**
 * The OpenAPI document of a service, made from its controllers and contracts. What its routes have in common is told here from what they
 * declare: that they need a token, take an Idempotency-Key, and with what they may refuse.
 */
export function openApi(
  app: INestApplication,
  service: Pick<ServiceDefinition, 'name' | 'description' | 'limiter'>,
  routes: readonly Route[],
): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle(`Sekisho: ${service.name}`)
    .setDescription(service.description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, description);
  const limited = service.limiter !== undefined;
  for (const route of routes) {
    const described = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')];
    const operation = described?.[route.method.toLowerCase() as 'get' | 'post' | 'put'];
    if (operation) complete(operation, route, limited);
  }
  const statuses = [...new Set(Object.values(PROBLEMS).map(({ status }) => status))];
  // Where somebody is told of a method that there is not, there is no operation to describe it; a fault of ours is promised nowhere.
  const told = statuses.filter((status) => ![405, 500].includes(status) && (limited || status !== 429));
  const { $schema: _, ...schema } = z.toJSONSchema(problem, { target: 'openapi-3.0' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: schema as object },
    headers: HEADERS,
    responses: Object.fromEntries(told.map((status) => [String(status), refusal(status, limited)])),
  };
  return document;
}
