import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Controller, Get, Param, Post, Put } from '@nestjs/common';
import { Permit } from '@sekisho/identity';
import { generateKeySet, KeySet } from '@sekisho/signing';
import { createApplication, type Database, type ServiceConfig } from '../src/index.js';

@Controller('v1/things')
class ThingsController {
  @Get()
  @Permit('report:read')
  list(): unknown {
    return [];
  }

  @Post()
  @Permit('report:submit')
  create(): unknown {
    return {};
  }

  @Get(':id.ics')
  @Permit('report:read')
  calendar(@Param('id') id: string): unknown {
    return { id };
  }

  @Put(':id')
  @Permit('report:submit')
  change(@Param('id') id: string): unknown {
    return { id };
  }
}

let app: Awaited<ReturnType<typeof createApplication>>;
let port: number;

beforeAll(async () => {
  const config = { LOG_LEVEL: 'silent', SEKISHO_ISSUERS: [] } as unknown as ServiceConfig;
  const keys = new KeySet((await generateKeySet()).keys);
  const parts = { config, database: {} as Database, controllers: [ThingsController], providers: [], subscriptions: [] };
  app = await createApplication({ name: 'incident-intake', description: 'For this test.', ...parts }, keys);
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => app.close());

/** Says something on a connection of its own, and answers what is said until the other side closes. */
async function said(request: string): Promise<{ status: number; headers: string; body: Record<string, unknown> }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  const [headers = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { status: Number(headers.split(' ')[1]), headers, body: body === '' ? {} : (JSON.parse(body) as never) };
}
const get = (path: string, ...headers: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'host: x', 'connection: close', ...headers, '', ''].join('\r\n');

describe('before there is a route', () => {
  it.each([
    ['an address that cannot be decoded', get('/v1/%zz'), 400, 'invalid-request'],
    ['an address with a part too long', get(`/v1/things/${'a'.repeat(300)}.ics`), 414, 'address-too-long'],
    ['headers too large', get('/v1/things', `x: ${'a'.repeat(20_000)}`), 431, 'headers-too-large'],
    ['what is no HTTP', 'HELLO\r\n\r\n', 400, 'invalid-request'],
  ])('%s is told as problem details', async (_, request, status, code) => {
    const answer = await said(request);
    expect([answer.status, answer.body['type']]).toEqual([status, `urn:sekisho:problem:${code}`]);
    expect(answer.headers.toLowerCase()).toContain('content-type: application/problem+json');
    expect(answer.headers.toLowerCase()).toContain('content-language: en');
  });

  it('is told in Japanese where that is asked for', async () => {
    const { body } = await said(get('/v1/%zz', 'accept-language: ja'));
    expect(body['title']).toBe('リクエストに誤りがあります');
  });
});

describe('a method that a path does not have', () => {
  it.each([
    ['DELETE', '/v1/things', 'GET, HEAD, POST'],
    ['GET', '/v1/things/7', 'PUT'],
    ['DELETE', '/v1/things/7.ics', 'GET, HEAD'],
    ['OPTIONS', '/v1/things?limit=1', 'GET, HEAD, POST'],
  ])('%s %s is answered with those that it has', async (method, path, allowed) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    const { type } = (await response.json()) as { type: string };
    expect([response.status, response.headers.get('allow'), type]).toEqual([
      405,
      allowed,
      'urn:sekisho:problem:method-not-allowed',
    ]);
  });

  it('is not found where there is no such path', async () => {
    expect((await fetch(`http://127.0.0.1:${port}/v1/nothing`, { method: 'DELETE' })).status).toBe(404);
  });
});
