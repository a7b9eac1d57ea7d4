import { randomUUID } from 'node:crypto';
import { readTopic } from '@sekisho/testing';
import { analyst, hospital, type IntakeRig, operator, power, secondOperator, startIntake } from './intake-rig.js';
import { changeOf, newOrganisation, twoPeople } from './register-changes.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake();
});
afterAll(() => rig?.stop());

/** The human behind an operator, who has another client too. */
const sameHuman = { ...operator, subject: 'o9', person: operator.subject };
const get = (path: string, by = operator) => rig.client.call(by, 'GET', path);
const post = (path: string, body?: unknown, by = operator, headers = {}) =>
  rig.client.call(by, 'POST', path, body, headers);
const proposed = async (path: string, body: unknown): Promise<string> => {
  const { status, headers } = await post(path, body);
  expect(status).toBe(201);
  return headers.get('location')!;
};
const registered = (id: string) => rig.count('organisation', 'id = $1', [id]);

describe('a new organisation', () => {
  it('is in the register once another person confirms it, and its history says who and why', async () => {
    const at = await proposed('/v1/organisations', newOrganisation());
    expect([await registered('org-gas'), (await get('/v1/organisations/org-gas')).status]).toEqual([0, 404]);
    expect((await get('/v1/organisation-changes', analyst)).body.items).toMatchObject([
      { organisation: 'org-gas', basedOn: 0, decision: null },
    ]);

    const confirmed = await post(`${at}/confirmation`, undefined, secondOperator);
    expect([confirmed.status, confirmed.body.decision]).toEqual([
      201,
      {
        outcome: 'CONFIRMED',
        reason: null,
        decidedBy: expect.objectContaining({ person: 'o2' }),
        decidedAt: expect.any(String),
      },
    ]);
    expect((await get('/v1/organisation-changes')).body.items).toEqual([]);
    const { id: _id, reason, ...entry } = newOrganisation();
    const { body } = await get('/v1/organisations/org-gas');
    const shown = { ...entry, designatedSince: null, version: 1 };
    expect(body).toEqual({
      id: 'org-gas',
      ...shown,
      recordedAt: confirmed.body.decision.decidedAt,
      history: [
        {
          ...shown,
          reason,
          recordedAt: confirmed.body.decision.decidedAt,
          changeId: confirmed.body.changeId,
          proposedBy: expect.objectContaining({ person: 'o1' }),
          proposedAt: confirmed.body.proposedAt,
          confirmedBy: expect.objectContaining({ person: 'o2' }),
        },
      ],
    });

    const gas = { subject: 'g1', organisation: 'org-gas', roles: ['partner' as const] };
    expect((await get('/v1/organisations/org-gas', gas)).body).toEqual({
      id: 'org-gas',
      ...shown,
      recordedAt: body.recordedAt,
    });
    const [message] = await readTopic(
      'oversight-reporting',
      'intake.register.v1',
      ({ key }) => key === 'org-gas',
      (seen) => seen.length === 1,
    );
    expect(message!.value).toMatchObject({
      organisation: 'org-gas',
      version: 1,
      sector: 'GAS',
      designatedSince: null,
      reason,
    });
    expect(JSON.stringify(message!.value)).not.toContain('gas.example');
  });

  it('that is registered already is a change of its entry', async () => {
    const { status, body } = await post('/v1/organisations', newOrganisation({ id: 'org-power' }));
    expect([status, body.type]).toEqual([409, 'urn:sekisho:problem:conflict']);
  });

  it('that two proposed is registered once', async () => {
    const body = newOrganisation({ id: 'org-twice' });
    const [one, other] = [await proposed('/v1/organisations', body), await proposed('/v1/organisations', body)];
    expect((await post(`${other}/confirmation`, undefined, secondOperator)).status).toBe(201);
    expect((await post(`${one}/confirmation`, undefined, secondOperator)).status).toBe(409);
    expect((await get('/v1/organisations/org-twice')).body).toMatchObject({ version: 1, history: [{}] });
  });

  it.each<[string, object, string, string]>([
    ['designated without its day', { designated: true }, '/designatedSince', 'designation-without-day'],
    ['a day without designation', { designatedSince: '2026-12-01' }, '/designatedSince', 'day-without-designation'],
    [
      'a day that there is not',
      { designated: true, designatedSince: '2026-02-30' },
      '/designatedSince',
      'invalid-format',
    ],
    ['an id that no token has', { id: '組織' }, '/id', 'invalid-format'],
    ['nobody to contact', { contactDesk: undefined }, '/contactDesk', 'invalid-type'],
    ['no reason', { reason: '' }, '/reason', 'too-small'],
  ])('with %s is refused, in both languages', async (_, over, pointer, code) => {
    for (const [language, words] of [
      ['en', /^[ -~]+$/],
      ['ja', /[ぁ-ん]/],
    ] as const) {
      const { status, body } = await post(
        '/v1/organisations',
        { ...newOrganisation({ id: 'org-bad' }), ...over },
        operator,
        {
          'accept-language': language,
        },
      );
      expect([status, body.errors]).toEqual([400, [{ pointer, code, detail: expect.stringMatching(words) }]]);
    }
  });
});

describe('a change', () => {
  it('is not confirmed by who proposed it, with whatever client', async () => {
    const at = await proposed('/v1/organisations/org-hospital/changes', changeOf({ sector: 'HEALTHCARE' }));
    for (const one of [operator, sameHuman]) {
      const { status, body } = await post(`${at}/confirmation`, undefined, one);
      expect([status, body.type]).toEqual([409, 'urn:sekisho:problem:same-person']);
    }
    expect((await get('/v1/organisations/org-hospital')).body).toMatchObject({
      version: 1,
      nameEn: expect.stringContaining('Sakuradai'),
    });
    const { status, body } = await post(`${at}/rejection`, { reason: 'Mistaken.' }, sameHuman);
    expect([status, body.decision]).toMatchObject([201, { outcome: 'REJECTED', reason: 'Mistaken.' }]);
    for (const [step, sent] of [
      ['confirmation', undefined],
      ['rejection', { reason: 'r' }],
    ] as const) {
      expect((await post(`${at}/${step}`, sent, secondOperator)).body.type).toBe(
        'urn:sekisho:problem:illegal-transition',
      );
    }
  });

  it('that rests on an entry which is no longer in force is refused, when it is proposed and when it is confirmed', async () => {
    const path = '/v1/organisations/org-defence/changes';
    const defence = (over: object) => changeOf({ nameJa: '防衛省', sector: 'DEFENCE', ...over });
    const late = await proposed(path, defence({ nameEn: 'Late' }));
    await twoPeople(rig, path, defence({ nameEn: 'Ministry' }));
    const stale = await post(`${late}/confirmation`, undefined, secondOperator);
    expect([stale.status, stale.body.type, stale.body.version]).toEqual([409, 'urn:sekisho:problem:conflict', 2]);
    expect((await post(path, defence({ nameEn: 'Later' }))).status).toBe(409);
    expect((await get(late)).body.decision).toBeNull();
    await twoPeople(rig, path, defence({ nameEn: 'Ministry of Defense', basedOn: 2 }));
    const { body } = await get('/v1/organisations/org-defence');
    expect([body.version, body.history.map(({ nameEn }: { nameEn: string }) => nameEn)]).toEqual([
      3,
      ['Ministry of Defense', 'Ministry', 'Ministry of Defense'],
    ]);
    expect(body.history[2]).toMatchObject({ changeId: null, proposedBy: null, confirmedBy: null });
  });

  it('of what is not registered is a change of nothing', async () => {
    expect((await post('/v1/organisations/org-none/changes', changeOf())).status).toBe(404);
    expect((await post(`/v1/organisation-changes/${randomUUID()}/confirmation`)).status).toBe(404);
  });

  it('is answered once under one key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [one, again] = [
      await post('/v1/organisations', newOrganisation({ id: 'org-key' }), operator, key),
      await post('/v1/organisations', newOrganisation({ id: 'org-key' }), operator, key),
    ];
    expect([again.status, again.body]).toEqual([201, one.body]);
    expect(await rig.count('organisation_change', `organisation_id = 'org-key'`)).toBe(1);
  });
});

it('a partner sees its own entry, without its history, and no other', async () => {
  const own = await get('/v1/organisations/org-power', power);
  expect([own.status, own.body.designatedSince, own.body.history]).toEqual([200, '2025-10-01', undefined]);
  expect((await get('/v1/organisations/org-power', hospital)).status).toBe(404);
  expect((await get('/v1/organisations/org-nowhere', power)).status).toBe(404);
});

it('the list has every organisation once, page by page', async () => {
  const whole = (await get('/v1/organisations', analyst)).body.items.map(({ id }: { id: string }) => id);
  const paged: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { body: { items: { id: string }[]; next: string | null } } = await get(
      `/v1/organisations?limit=1${cursor && `&cursor=${cursor}`}`,
    );
    paged.push(...page.body.items.map(({ id }) => id));
    cursor = page.body.next;
  }
  expect(paged).toEqual(whole);
  expect(whole).toContain('org-power');
});

describe('in the database', () => {
  const DUTY = `SET LOCAL "app.duty" = 'register'`;

  it.each<[string, string]>([
    [
      'an entry that nobody confirmed',
      `UPDATE organisation SET sector = 'OIL', version = version + 1 WHERE id = 'org-power'`,
    ],
    ['the same version', `UPDATE organisation SET sector = 'OIL' WHERE id = 'org-power'`],
    [
      'an entry other than was confirmed',
      `UPDATE organisation SET sector = 'OIL', version = version + 1, change_id = (SELECT max(change_id::text)::uuid FROM organisation)
        WHERE id = 'org-power'`,
    ],
    [
      'a new one in the name of a change that is another’s',
      `INSERT INTO organisation (id, name_ja, name_en, sector, designated, recorded_by, reason, change_id)
       VALUES ('x', 'x', 'x', 'OIL', false, 'x', 'x', (SELECT max(change_id::text)::uuid FROM organisation))`,
    ],
  ])('the register does not take %s', async (_, sql) => {
    await expect(rig.database.query('app', `${DUTY}; ${sql}`)).rejects.toThrow(/organisation_as_confirmed/);
  });

  it('the register’s history is for whoever keeps the register', async () => {
    expect(await rig.count('organisation_entry')).toBeGreaterThan(3);
    for (const table of ['organisation_entry', 'organisation_change', 'organisation_change_decision']) {
      expect([table, await rig.database.query('app', `SELECT * FROM ${table}`)]).toEqual([table, []]);
    }
  });
});
