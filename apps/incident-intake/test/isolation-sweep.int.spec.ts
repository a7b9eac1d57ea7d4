import { randomBytes } from 'node:crypto';
import { type Role, ROLES } from '@sekisho/contracts';
import { currentTrace } from '@sekisho/observability';
import { openApi, serviceRoutes } from '@sekisho/service';
import type { TestPrincipal } from '@sekisho/testing';
import pg from 'pg';
import { incidentIntake } from '../src/app.module.js';
import { analyst, hospital, type IntakeRig, operator, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

/**
 * Whoever is of another organisation learns nothing from an id, not even that it exists: the answer is the same to the byte as for an id
 * that there is not, and the database is sent the same statements. Intake alone has rows of organisations; in the other services roles
 * decide, and every official of a role sees the same.
 */

const POWER = 'org-power';
const roles: readonly TestPrincipal[] = [
  ...ROLES.map((role): TestPrincipal => ({ subject: `power-${role}`, organisation: POWER, roles: [role] })),
  { subject: 'nobody', organisation: 'org-nobody', roles: ['partner'] },
];

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const reason = { body: { reason: 'r' } };
const entry = {
  nameJa: '新',
  nameEn: 'New',
  sector: 'OTHER',
  designated: false,
  contactDesk: { email: 'desk@new.example' },
  reason: 'r',
};
/** What a route is sent that would be right of its own organisation's. A route that is not here fails the test. */
const SENT: Readonly<Record<string, Sent>> = {
  'POST /v1/reports': { body: sampleReport() },
  'POST /v1/report-checks': { body: sampleReport() },
  'POST /v1/report-batches': { body: '', headers: { 'content-type': 'application/x-ndjson' } },
  'POST /v1/reports/{id}/revisions': { body: sampleReport({ stage: 'FOLLOW_UP' }), headers: { 'if-match': '"1"' } },
  'POST /v1/reports/{id}/withdrawal': reason,
  'PUT /v1/reports/{id}/consent': { body: { forward: true } },
  'POST /v1/reports/{id}/erasure': reason,
  'POST /v1/reports/{id}/erasure/confirmation': {},
  'POST /v1/reports/{id}/questions': { body: { text: 'q' } },
  'POST /v1/reports/{id}/answers': { body: { question: '019a0000-0000-7000-8000-000000000001', text: 'a' } },
  'POST /v1/report-drafts': { body: { title: 'a draft' } },
  'PUT /v1/report-drafts/{id}': { body: { title: 'a draft' }, headers: { 'if-match': '"1"' } },
  'DELETE /v1/report-drafts/{id}': { headers: { 'if-match': '"1"' } },
  'POST /v1/report-drafts/{id}/submission': {},
  'POST /v1/organisations': { body: { id: 'org-new', ...entry } },
  'POST /v1/organisations/{id}/changes': { body: { basedOn: 1, ...entry } },
  'POST /v1/organisation-changes/{id}/confirmation': {},
  'POST /v1/organisation-changes/{id}/rejection': reason,
  'POST /v1/parked/{id}/release': {},
  'POST /v1/parked/{id}/discard': reason,
};

/** The hospital's reports: one went further, one did not, one was taken back; and its entry in the register. */
const KINDS = ['forwarded', 'withheld', 'withdrawn'] as const;
type Kind = (typeof KINDS)[number] | 'organisation';
/** Also what was taken back had gone out by then. */
const GONE = ['forwarded', 'withdrawn'] as const;

/** Who is meant to reach what is another organisation's, of which reports, and why. */
const EXCEPTIONS: readonly { route: string; role: Role; reports: readonly Kind[]; why: string }[] = [
  {
    route: 'GET /v1/reports/{id}/similar',
    role: 'analyst',
    reports: GONE,
    why: 'analysts compare what went further, and were sent all of it',
  },
  ...['POST', 'GET'].map((method) => ({
    route: `${method} /v1/reports/{id}/questions`,
    role: 'analyst' as const,
    reports: GONE,
    why: 'analysts ask about what went further, and read what they are answered',
  })),
  {
    route: 'GET /v1/worklist',
    role: 'analyst',
    reports: GONE,
    why: 'analysts are told which of their questions were answered',
  },
  ...(['operator', 'analyst'] as const).flatMap((role) =>
    ['GET /v1/organisations', 'GET /v1/organisations/{id}'].map((route) => ({
      route,
      role,
      reports: ['organisation'] as const,
      why: 'the register says which organisations there are, and nothing of their reports',
    })),
  ),
  {
    route: 'POST /v1/organisations/{id}/changes',
    role: 'operator',
    reports: ['organisation'],
    why: 'operators keep the register, two of them for each change',
  },
  ...['erasure', 'erasure/confirmation'].map((step) => ({
    route: `POST /v1/reports/{id}/${step}`,
    role: 'operator' as const,
    reports: KINDS,
    why: 'operators erase contacts for every organisation; they learn that there is such a report, and nothing of it',
  })),
];

interface Route {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly parameters: readonly string[];
}

let rig: IntakeRig;
let routes: Route[];
let reports: Record<Kind, string>;
/** Everything by which something of the hospital's could be named. */
let ids: string[];
const statements: string[] = [];
/** The trace of the request whose statements are noted: other work goes on meanwhile. */
let watched = '';
const query = pg.Client.prototype.query as (this: pg.Client, ...of: unknown[]) => unknown;

beforeAll(async () => {
  rig = await startIntake();
  routes = routesOf(rig);
  reports = await somethingOfAllKinds();
  ids = [...(await idsOf('org-hospital')), reports.organisation];
  // What is sent to the database for a request, but for the client's rate and the frames of transactions, which know no ids.
  pg.Client.prototype.query = function (this: pg.Client, ...of: unknown[]) {
    const [first] = of as [string | { text?: string }];
    const text = typeof first === 'string' ? first : (first.text ?? '');
    const wanted = watched !== '' && currentTrace()?.traceparent.includes(watched);
    if (wanted && !/rate_bucket|^(BEGIN|COMMIT|ROLLBACK)$/.test(text)) statements.push(text);
    return query.apply(this, of);
  } as typeof pg.Client.prototype.query;
});
afterAll(async () => {
  pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
  await rig?.stop();
});

function routesOf({ service, config }: IntakeRig): Route[] {
  const definition = incidentIntake(config);
  const { paths } = openApi(service.app, definition, serviceRoutes(definition));
  return Object.entries(paths).flatMap(([path, methods]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const)
      .filter((method) => methods[method] !== undefined)
      .map((verb) => {
        const method = verb.toUpperCase() as Route['method'];
        const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
        return { name: `${method} ${path}`, method, path, parameters };
      }),
  );
}

/** Each thing that there can be of a report. */
async function somethingOfAllKinds(): Promise<Record<Kind, string>> {
  const call = async (principal: TestPrincipal, name: string, id: string, over: Sent = {}): Promise<void> => {
    const [method, path] = name.split(' ') as ['POST', string];
    const { body, headers } = { ...SENT[name], ...over };
    const answer = await rig.client.call(principal, method, path.replace('{id}', id), body, headers);
    expect([name, Math.floor(answer.status / 100)]).toEqual([name, 2]);
  };
  const submit = async (externalId: string, over: Parameters<typeof sampleReport>[0]): Promise<string> =>
    (await rig.submit(sampleReport({ externalId, ...over }), hospital, { 'idempotency-key': `key-${externalId}` })).body
      .reportId;
  const forwarded = await submit('H-2026-001', {});
  const withheld = await submit('H-2026-002', { consent: { forward: false } });
  await call(hospital, 'POST /v1/reports/{id}/revisions', forwarded);
  await call(hospital, 'POST /v1/reports/{id}/erasure', forwarded);
  await call(operator, 'POST /v1/reports/{id}/erasure/confirmation', forwarded);
  await call(hospital, 'POST /v1/reports/{id}/revisions', forwarded, { headers: { 'if-match': '"2"' } });
  const withdrawn = await submit('H-2026-003', { consent: { forward: false } });
  await call(hospital, 'PUT /v1/reports/{id}/consent', withdrawn);
  await call(hospital, 'POST /v1/reports/{id}/withdrawal', withdrawn);
  await call(analyst, 'POST /v1/reports/{id}/questions', forwarded);
  const [asked] = (await rig.client.call(hospital, 'GET', `/v1/reports/${forwarded}/questions`)).body.items;
  const answer = { body: { question: asked.questionId, text: 'a' } };
  await call(hospital, 'POST /v1/reports/{id}/answers', forwarded, answer);
  await call(hospital, 'POST /v1/report-drafts', '');
  return { forwarded, withheld, withdrawn, organisation: 'org-hospital' };
}

interface Column {
  readonly table: string;
  readonly column: string;
}

/** The values of every column that names something, in every table with rows of organisations. */
async function idsOf(organisation: string): Promise<string[]> {
  const columns = await rig.database.query<Column & pg.QueryResultRow>(
    'superuser',
    `SELECT c.table_name AS "table", c.column_name AS "column"
       FROM information_schema.columns AS c
       JOIN information_schema.columns AS own ON own.table_name = c.table_name AND own.column_name = 'organisation_id'
        AND own.table_schema = c.table_schema
      WHERE c.table_schema = 'public' AND c.column_name <> 'organisation_id'
        AND (c.data_type = 'uuid' OR c.data_type IN ('text', 'bigint', 'integer') AND c.column_name ~ '(^|_)(id|ref|key|number|revision|version)$')`,
  );
  const found = new Set<string>();
  for (const { table, column } of columns) {
    const rows = await rig.database.query<{ value: string }>(
      'superuser',
      `SELECT DISTINCT "${column}"::text AS value FROM "${table}" WHERE organisation_id = $1 AND "${column}" IS NOT NULL`,
      [organisation],
    );
    for (const { value } of rows) found.add(value);
  }
  return [...found];
}

/** One like it that names nothing. */
function beside(id: string): string {
  for (const last of '9876543210abcdef') {
    const other = id.slice(0, -1) + last;
    if (!ids.includes(other)) return other;
  }
  throw new Error(`everything beside ${id} is there`);
}

interface Seen {
  readonly status: number;
  readonly text: string;
  readonly headers: string;
  readonly statements: readonly string[];
}

const OWN_HEADERS = [
  'date',
  'x-correlation-id',
  'traceparent',
  'ratelimit',
  'ratelimit-policy',
  'connection',
  'keep-alive',
];

/** All that whoever calls gets to see, with what is new in every answer taken out, and what the database was sent. */
async function look(principal: TestPrincipal, { name, method }: Route, path: string, id: string): Promise<Seen> {
  const { body, headers = {} } = SENT[name] ?? {};
  statements.length = 0;
  watched = randomBytes(16).toString('hex');
  const response = await fetch(`${rig.service.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await rig.issuer.token(principal)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      traceparent: `00-${watched}-${'1'.repeat(16)}-01`,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const told = [...response.headers].filter(([header]) => !OWN_HEADERS.includes(header));
  const plain = (words: string) =>
    words
      .replaceAll(path, '<path>')
      // One of a few digits stands in many a text.
      .replaceAll(id.length > 4 ? id : path, '<id>')
      .replace(/("correlationId":")[^"]+/, '$1');
  return {
    status: response.status,
    text: plain(text),
    headers: plain(JSON.stringify(told)),
    statements: [...statements],
  };
}

const excepted = ({ name }: Route, principal: TestPrincipal, id: string): boolean =>
  EXCEPTIONS.some(
    ({ route, role, reports: kinds }) =>
      route === name && principal.roles.includes(role) && kinds.some((kind) => reports[kind] === id),
  );

it('there is something to look for, and a way to ask for it', async () => {
  expect(ids).toEqual(
    expect.arrayContaining([...Object.values(reports), 'H-2026-001', 'key-H-2026-001', '1', '2', '3']),
  );
  expect(ids.length).toBeGreaterThan(15);
  const writes = routes.filter(({ method }) => method !== 'GET').map(({ name }) => name);
  expect(writes.filter((name) => SENT[name] === undefined)).toEqual([]);
  const names = new Set(routes.map(({ name }) => name));
  expect([...Object.keys(SENT), ...EXCEPTIONS.map(({ route }) => route)].filter((name) => !names.has(name))).toEqual(
    [],
  );
  const one = routes.find(({ name }) => name === 'GET /v1/reports/{id}')!;
  const own = await look(hospital, one, `/v1/reports/${reports.forwarded}`, reports.forwarded);
  expect([own.status, own.statements.filter((text) => text.includes('contact_key')).length]).toEqual([200, 1]);
  expect(EXCEPTIONS.every(({ why }) => why.length > 20)).toBe(true);
});

it.each(roles.map((principal) => [`${principal.roles.join()} of ${principal.organisation}`, principal] as const))(
  '%s learns nothing from an id',
  async (_, principal) => {
    const before = await everythingOf('org-hospital');
    const hints: unknown[] = [];
    for (const route of routes.filter(({ parameters }) => parameters.length > 0)) {
      for (const asked of route.parameters) {
        for (const id of ids) {
          if (excepted(route, principal, id)) continue;
          const at = (value: string) =>
            route.path.replace(/\{(\w+)\}/g, (__, name: string) =>
              encodeURIComponent(name === asked ? value : name === 'id' ? reports.forwarded : '1'),
            );
          const other = beside(id);
          const [real, none] = [
            await look(principal, route, at(id), id),
            await look(principal, route, at(other), other),
          ];
          const refused = real.status === 403 || real.status === 404;
          if (!refused || JSON.stringify(real) !== JSON.stringify(none))
            hints.push({ route: route.name, id, real, none });
        }
      }
    }
    expect(hints).toEqual([]);
    expect(await everythingOf('org-hospital')).toEqual(before);
  },
  300_000,
);

it.each(roles.map((principal) => [`${principal.roles.join()} of ${principal.organisation}`, principal] as const))(
  '%s is shown nothing of it on the way',
  async (_, principal) => {
    // A number such as 1 may stand in any answer.
    const telling = ids.filter((id) => id.length > 4);
    for (const route of routes.filter(({ parameters }) => parameters.length === 0)) {
      const meant = Object.values(reports).some((id) => excepted(route, principal, id));
      const { status, text } = await look(principal, route, route.path, reports.forwarded);
      expect([
        route.name,
        status,
        telling.filter((id) => text.includes(id) && (!meant || id === reports.withheld)),
      ]).toEqual([route.name, expect.any(Number), []]);
    }
  },
);

it('another organisation’s own number is free for one’s own report, and says nothing', async () => {
  const own: TestPrincipal = { subject: 'p', organisation: POWER, roles: ['partner'] };
  const report = sampleReport({ externalId: 'H-2026-001', title: 'another one' });
  const check = await rig.client.call(own, 'POST', '/v1/report-checks', report);
  expect([check.body.accepted, check.body.errors]).toEqual([true, []]);
  const sent = await rig.submit(report, own, { 'idempotency-key': 'key-H-2026-001' });
  expect([sent.status, ids.includes(sent.body.reportId)]).toEqual([202, false]);
});

it('what is excepted is reached, and is no more than it says', async () => {
  const as = (role: Role): TestPrincipal => ({ subject: `excepted-${role}`, organisation: POWER, roles: [role] });
  const similar = await rig.client.call(as('analyst'), 'GET', `/v1/reports/${reports.forwarded}/similar`);
  expect([similar.status, JSON.stringify(similar.body).includes(reports.withheld)]).toEqual([200, false]);
  const asked = await rig.client.call(as('operator'), 'POST', `/v1/reports/${reports.withheld}/erasure`, reason.body);
  expect([asked.status, Object.keys(asked.body)]).toEqual([201, ['reportId', 'askedAt']]);
});

/** A digest of each table's rows of an organisation. */
async function everythingOf(organisation: string): Promise<unknown> {
  const tables = await rig.database.query<{ table: string }>(
    'superuser',
    `SELECT table_name AS "table" FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'organisation_id' ORDER BY 1`,
  );
  const digests: [string, string][] = [];
  for (const { table } of tables) {
    const [row] = await rig.database.query<{ digest: string }>(
      'superuser',
      `SELECT coalesce(md5(string_agg(row::text, '|' ORDER BY row::text)), '') AS digest FROM "${table}" AS row WHERE organisation_id = $1`,
      [organisation],
    );
    digests.push([table, row!.digest]);
  }
  return digests;
}
