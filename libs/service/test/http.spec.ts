import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { id } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { generateKeySet, KeySet } from '@sekisho/signing';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import {
  createApplication,
  CurrentWork,
  type Database,
  type Page,
  pageQuery,
  type PageQuery,
  openApi,
  ProblemError,
  RateLimiter,
  type ServiceConfig,
  serviceRoutes,
  type ServiceDefinition,
  type WorkRequest,
} from '../src/index.js';

const body = z.strictObject({ name: z.string().min(2), 'a/b': z.int().optional() });

@Controller('v1/things')
class ThingsController {
  @Post()
  @Permit('report:submit')
  create(@Body({ schema: body }) thing: z.infer<typeof body>, @CurrentPrincipal() { person }: Principal): unknown {
    return { thing, person };
  }

  @Get()
  @Permit('report:read')
  list(@Query({ schema: pageQuery }) query: PageQuery): Page<PageQuery> {
    return { items: [query], next: null };
  }

  @Get(':id')
  @Permit('report:read')
  one(@Param('id', { schema: id }) thing: string): unknown {
    if (thing.startsWith('0')) throw new Error('secret words of the inside');
    if (thing.startsWith('1')) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    throw new ProblemError('stale-scope', 'It is another one now.', { current: 'sha256:…' });
  }
}

@Controller('v1/things/:id/settlement')
class SettlementController {
  @Post()
  @Permit('report:submit')
  @ApiHeader({ name: 'If-Match', required: true })
  @ApiResponse({ status: 409, description: 'With what is missing.' })
  settle(@Param('id', { schema: id }) thing: string, @CurrentWork() { principal }: WorkRequest): unknown {
    return { thing, principal };
  }
}

@Controller('v1/open')
class UndeclaredController {
  @Get()
  forgotten(): string {
    return 'open to all';
  }
}

let issuer: Server;
let sign: (roles: string[]) => Promise<string>;
let service: ServiceDefinition;
let keys: KeySet;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'ES256' }] });
  issuer = createServer((_, response) => response.setHeader('content-type', 'application/json').end(jwks));
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  sign = (roles) =>
    new SignJWT({ roles, organisation: 'org-power', person_id: 'p1' })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer('https://id.example')
      .setAudience('incident-intake')
      .setSubject('s1')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(pair.privateKey);
  keys = new KeySet((await generateKeySet()).keys);
  service = {
    name: 'incident-intake',
    description: 'A service for this test.',
    config: {
      LOG_LEVEL: 'silent',
      SEKISHO_ISSUERS: [
        {
          issuer: 'https://id.example',
          jwksUri: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`,
          audience: [],
          roles: ['partner', 'operator'],
          organisations: '*',
          persons: true,
        },
      ],
    } as unknown as ServiceConfig,
    database: {} as Database,
    controllers: [ThingsController, SettlementController],
    providers: [],
    subscriptions: [],
  };
});

afterAll(() => issuer.close());

interface Call {
  method?: 'GET' | 'POST';
  url?: string;
  roles?: string[] | null;
  payload?: string;
  headers?: Record<string, string>;
}

async function call({ method = 'POST', url = '/v1/things', roles = ['partner'], payload, headers = {} }: Call) {
  const app = await createApplication(service, keys);
  try {
    await app.listen(0, '127.0.0.1');
    const response = await fetch(`${await app.getUrl()}${url}`, {
      method,
      ...(payload === undefined ? {} : { body: payload }),
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(roles === null ? {} : { authorization: `Bearer ${await sign(roles)}` }),
        ...headers,
      },
    });
    const answer = (await response.json()) as Record<string, unknown>;
    return { status: response.status, headers: Object.fromEntries(response.headers), body: answer };
  } finally {
    await app.close();
  }
}

describe('a request', () => {
  it('reaches its handler with the verified person', async () => {
    const { status, body: answer } = await call({ payload: '{"name":"ab"}' });
    expect([status, answer]).toEqual([201, { thing: { name: 'ab' }, person: 'p1' }]);
  });

  it('is told every fault at once, by JSON pointer, in the language it asked for', async () => {
    const payload = '{"name":"x","a/b":"y","more":1}';
    const english = await call({ payload });
    expect(english.status).toBe(400);
    expect(english.headers['content-type']).toContain('application/problem+json');
    expect(english.body).toMatchObject({ type: 'urn:sekisho:problem:invalid-request', status: 400 });
    const pointers = (english.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(['/a~1b', '/more', '/name']);
    const japanese = await call({ payload, headers: { 'accept-language': 'ja' } });
    expect(japanese.body['title']).toBe('リクエストに誤りがあります');
    expect(japanese.headers['content-language']).toBe('ja');
  });

  it.each<[string, Call, number, string]>([
    ['no token', { roles: null, payload: '{}' }, 401, 'not-authenticated'],
    ['a token that is none', { roles: null, headers: { authorization: 'Bearer x' } }, 401, 'not-authenticated'],
    ['a role without the permission', { roles: ['operator'], payload: '{}' }, 403, 'not-permitted'],
    ['a role its issuer may not vouch for', { roles: ['commission'], payload: '{}' }, 403, 'not-permitted'],
    ['no token and JSON that is none', { roles: null, payload: '{"name":' }, 401, 'not-authenticated'],
    [
      'no token and over 1 MiB',
      { roles: null, payload: JSON.stringify({ name: 'x'.repeat(1024 * 1024) }) },
      401,
      'not-authenticated',
    ],
    [
      'another role and another type',
      { roles: ['operator'], payload: 'a', headers: { 'content-type': 'text/x' } },
      403,
      'not-permitted',
    ],
    ['JSON that is none', { payload: '{"name":' }, 400, 'invalid-request'],
    ['JSON of 100,000 nested lists', { payload: '['.repeat(100_000) + ']'.repeat(100_000) }, 400, 'invalid-request'],
    ['no body', { payload: '' }, 400, 'invalid-request'],
    ['another type', { payload: 'a', headers: { 'content-type': 'text/x' } }, 415, 'unsupported-media-type'],
    [
      'plain text',
      { payload: '{"name":"ab"}', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported-media-type',
    ],
    [
      'a form of a browser',
      { payload: 'name=ab', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported-media-type',
    ],
    ['over 1 MiB', { payload: JSON.stringify({ name: 'x'.repeat(1024 * 1024) }) }, 413, 'body-too-large'],
    ['a route that is not there', { url: '/v1/nothing', method: 'GET' }, 404, 'not-found'],
    ['an id that cannot be one', { url: '/v1/things/7', method: 'GET' }, 404, 'not-found'],
    ['a query it does not know', { url: '/v1/things?colour=red', method: 'GET' }, 400, 'invalid-request'],
    ['a limit too large', { url: '/v1/things?limit=1000', method: 'GET' }, 400, 'invalid-request'],
  ])('with %s is refused', async (_, request, status, code) => {
    const { status: answered, body: answer } = await call(request);
    expect([answered, answer['type']]).toEqual([status, `urn:sekisho:problem:${code}`]);
  });

  it('that cannot be granted says why and what is current', async () => {
    const url = '/v1/things/20000000-0000-7000-8000-000000000000';
    const { status, body: answer } = await call({ method: 'GET', url });
    expect([status, answer['detail'], answer['current']]).toEqual([409, 'It is another one now.', 'sha256:…']);
  });

  it('that meets a bug is told nothing of the inside; one that meets an outage is asked to come again', async () => {
    const bug = await call({ method: 'GET', url: '/v1/things/00000000-0000-7000-8000-000000000000' });
    expect(bug.status).toBe(500);
    expect(JSON.stringify(bug.body)).not.toContain('secret');
    const outage = await call({ method: 'GET', url: '/v1/things/10000000-0000-7000-8000-000000000000' });
    expect([outage.status, outage.headers['retry-after']]).toEqual([503, '2']);
  });
});

describe('an application', () => {
  it('does not start with a route that declares no permission', async () => {
    const open = { ...service, controllers: [ThingsController, UndeclaredController] };
    await expect(createApplication(open, keys)).rejects.toThrow('GET /v1/open');
  });

  it('describes itself without being started', async () => {
    const app = await createApplication(service, keys, { preview: true });
    expect(serviceRoutes(service)).toEqual(
      expect.arrayContaining([
        { method: 'POST', path: '/v1/things', permission: 'report:submit', writes: false },
        { method: 'GET', path: '/health/live', permission: 'public', writes: false },
      ]),
    );
    const document = openApi(app, service, serviceRoutes(service));
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/v1/things', '/v1/things/{id}']));
    expect(document.paths['/v1/things']?.post?.requestBody).toMatchObject({ content: { 'application/json': {} } });
    // What needs a token says so, and nothing else.
    expect(document.paths['/v1/things/{id}']?.get?.security).toEqual([{ bearer: [] }]);
    expect(document.paths['/health/live']?.get?.security).toBeUndefined();
    // Refusals follow from what a route declares.
    const statuses = (path: string, method: 'get' | 'post') => Object.keys(document.paths[path]![method]!.responses);
    expect(statuses('/v1/things', 'get')).toEqual(['200', '400', '401', '403', '431', '503']);
    expect(statuses('/v1/things', 'post')).toEqual(['201', '400', '401', '403', '408', '413', '415', '431', '503']);
    expect(statuses('/v1/things/{id}', 'get')).toEqual(['200', '400', '401', '403', '404', '414', '431', '503']);
    expect(statuses('/v1/things/{id}/settlement', 'post')).toEqual([
      '400',
      '401',
      '403',
      '404',
      '408',
      '409',
      '412',
      '413',
      '414',
      '415',
      '422',
      '428',
      '431',
      '503',
    ]);
    const settle = document.paths['/v1/things/{id}/settlement']!.post!;
    expect(settle.parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', in: 'header' }));
    expect(settle.responses['400']).toEqual({ $ref: '#/components/responses/400' });
    expect(settle.responses['409']).toMatchObject({
      description: 'With what is missing.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
    expect(document.components?.responses?.['503']).toMatchObject({
      description: '`unavailable`: Not available just now; try again.',
      headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' }, 'Content-Language': {} },
    });
    expect(document.components?.responses).not.toHaveProperty('429');
    const limited = openApi(app, { ...service, limiter: RateLimiter as never }, serviceRoutes(service));
    expect(limited.paths['/v1/things']!.get!.responses).toMatchObject({
      200: { headers: { RateLimit: { $ref: '#/components/headers/RateLimit' } } },
      429: { $ref: '#/components/responses/429' },
    });
    await app.close();
  });
});

describe('the end of a service', () => {
  const REQUEST = 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n';

  it.each([
    ['says nothing', ''],
    ['has said half of a request', 'GET /health/live HTTP/1.1\r\nHo'],
    ['was answered', REQUEST],
    ['was answered and has said half of the next', `${REQUEST}GET /hea`],
  ])(
    'does not wait for a client that %s',
    async (_, said) => {
      const app = await createApplication(service, keys);
      await app.listen(0, '127.0.0.1');
      const client = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
      client.on('error', () => undefined);
      await once(client, 'connect');
      client.write(said);
      await (said.startsWith(REQUEST) ? once(client, 'data') : pause(50));
      const ended = once(client, 'close');
      await app.close();
      await ended;
    },
    5_000,
  );
});
