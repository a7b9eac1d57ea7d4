import { createHmac } from 'node:crypto';
import { type Role, ROLES, SERVICES } from '@sekisho/contracts';
import { type TestIssuer, testIssuer } from '@sekisho/testing';
import { type PermittedRoute, permittedRoutes } from './permissions-page.js';
import { type ServiceProcesses, serviceProcesses } from './service-processes.js';

const PATIENCE = 180_000;
const ROUTES = permittedRoutes();
const GUARDED = ROUTES.filter(({ roles }) => roles !== 'everyone') as (PermittedRoute & { roles: Role[] })[];

let processes: ServiceProcesses;
/** May vouch for everybody; for partners alone; for analysts alone, and of one organisation; for nobody here. */
let issuer: TestIssuer, partners: TestIssuer, analysts: TestIssuer, stranger: TestIssuer;

beforeAll(async () => {
  [issuer, partners, analysts, stranger] = await Promise.all([testIssuer(), testIssuer(), testIssuer(), testIssuer()]);
  processes = await serviceProcesses(issuer, [
    ...issuer.issuers,
    ...partners.issuers.map((each) => ({ ...each, roles: ['partner' as const] })),
    ...analysts.issuers.map((each) => ({ ...each, roles: ['analyst' as const], organisations: ['nco'] as never })),
  ]);
}, PATIENCE);
afterAll(async () => {
  await processes?.stop();
  await Promise.all([issuer, partners, analysts, stranger].map((each) => each?.stop()));
}, 60_000);

const one = (role: Role, organisation = 'org-power') => ({ subject: `the-${role}`, organisation, roles: [role] });
const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');

/** Everything but a good token, for somebody whose role would be right. */
async function badTokens(role: Role): Promise<Record<string, string | null>> {
  const good = await issuer.token(one(role));
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const other = await issuer.token(one(role === 'partner' ? 'analyst' : 'partner'));
  const [, , others = ''] = other.split('.');
  const symmetric = `${part({ alg: 'HS256', kid: 'test' })}.${payload}`;
  const publicKeys = await (await fetch(issuer.issuers[0]!.jwksUri)).text();
  const restricted = role === 'partner' ? analysts : partners;
  return {
    none: null,
    'no scheme': good,
    'another scheme': `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    'an empty one': 'Bearer ',
    'an expired one': `Bearer ${await issuer.token(one(role), { age: 900 })}`,
    'one that lives too long': `Bearer ${await issuer.token(one(role), { lifetime: 3_600 })}`,
    'one for another audience': `Bearer ${await issuer.token(one(role), { audience: ['another-service'] })}`,
    'one of no organisation': `Bearer ${await issuer.token(one(role, ''))}`,
    'one of an issuer that nobody knows': `Bearer ${await stranger.token(one(role))}`,
    'one whose issuer may not vouch for the role': `Bearer ${await restricted.token(one(role, 'nco'))}`,
    'one whose issuer may not vouch for the organisation': `Bearer ${await analysts.token(one(role))}`,
    'one without a signature': `Bearer ${part({ alg: 'none' })}.${payload}.`,
    'one with its signature taken off': `Bearer ${header}.${payload}.`,
    'one with another’s signature': `Bearer ${header}.${payload}.${others}`,
    'one that was changed': `Bearer ${header}.${part({ ...claims, roles: [...ROLES] })}.${signature}`,
    'one signed with the public key': `Bearer ${symmetric}.${createHmac('sha256', publicKeys).update(symmetric).digest('base64url')}`,
  };
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  ':role': 'PRIME_MINISTER',
  ':version': 'acd-2026-10',
  ':period': '2026-11',
};
const placed = (path: string): string =>
  path.replace(/:[A-Za-z]+/g, (name) => PLACEHOLDERS[name] ?? '01900000-0000-7000-8000-000000000000');

/** Calls a route; a body that is none shows whether anybody looked at it before asking who calls. */
async function call(
  { service, path, ...route }: PermittedRoute,
  authorization: string | null,
  { method = route.method, body = '{"' }: { method?: string; body?: string } = {},
): Promise<number> {
  const sends = method === 'POST' || method === 'PUT';
  const response = await fetch(`${processes.urls[service]}${placed(path)}`, {
    method,
    headers: {
      ...(authorization === null ? {} : { authorization }),
      ...(sends ? { 'content-type': 'application/json' } : {}),
    },
    ...(sends ? { body } : {}),
  });
  await response.arrayBuffer();
  return response.status;
}

const named = ({ service, method, path }: PermittedRoute): string => `${service} ${method} ${path}`;

describe('the matrix role × route', () => {
  it.each(SERVICES)('has every route that %s says it has, and no other', async (service) => {
    const { paths } = (await (await fetch(`${processes.urls[service]}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${service} ${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(told.length).toBeGreaterThan(5);
    expect(
      GUARDED.filter((route) => route.service === service)
        .map(named)
        .sort(),
    ).toEqual(told.sort());
  });

  it('opens to everyone only what is meant for everyone', async () => {
    const open = ROUTES.filter(({ roles }) => roles === 'everyone');
    expect(new Set(open.map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set(['/.well-known/jwks.json', '/health/live', '/health/ready', '/metrics'].map((path) => `GET ${path}`)),
    );
    for (const route of open) expect([named(route), await call(route, null)]).toEqual([named(route), 200]);
  });

  it(
    'is what the services do: every wrong role is refused on every route, whatever it sends',
    async () => {
      const tokens = new Map(
        await Promise.all(ROLES.map(async (role) => [role, `Bearer ${await issuer.token(one(role))}`] as const)),
      );
      const wrong: string[] = [];
      let tried = 0;
      for (const route of GUARDED) {
        for (const role of ROLES.filter((each) => !route.roles.includes(each))) {
          tried += 1;
          const status = await call(route, tokens.get(role)!);
          if (status !== 403) wrong.push(`${named(route)} as ${role}: ${status}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(tried).toBeGreaterThan(400);
    },
    PATIENCE,
  );

  it(
    'is what the services do: every right role is let in',
    async () => {
      const wrong: string[] = [];
      for (const route of GUARDED) {
        for (const role of route.roles) {
          const status = await call(route, `Bearer ${await issuer.token(one(role))}`, { body: '{}' });
          if (status === 401 || status === 403 || status >= 500) wrong.push(`${named(route)} as ${role}: ${status}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    PATIENCE,
  );

  it(
    'holds for good tokens alone: every other is refused on every route, also where its role would be right',
    async () => {
      const wrong: string[] = [];
      for (const route of GUARDED) {
        for (const [what, authorization] of Object.entries(await badTokens(route.roles[0]!))) {
          const expected = what === 'one whose issuer may not vouch for the role' ? 403 : 401;
          const status = await call(route, authorization);
          if (status !== expected) wrong.push(`${named(route)} with ${what}: ${status}`);
          if (route.method !== 'GET') continue;
          const head = await call(route, authorization, { method: 'HEAD' });
          if (head !== expected) wrong.push(`HEAD ${named(route)} with ${what}: ${head}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    PATIENCE,
  );
});
