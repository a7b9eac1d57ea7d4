import type { TestDatabase } from '@sekisho/testing';
import { endOfDayAfter, startOfDayAfter } from '../src/deadlines/japan-time.js';
import { databaseBefore } from './database-before.js';

const CLOCKS = '20261125040000_clocks';

let database: TestDatabase;
afterAll(() => database?.drop());

it('reports that were there before get their clocks as they were answered, and keep their row-level security', async () => {
  const before = await databaseBefore(CLOCKS);
  database = before.database;
  const [recognised, met] = ['2026-11-22T09:00:00+09:00', '019a0000-0000-7000-8000-000000000001'];
  const deadlines = [
    { regime: 'designated-operator-report', kind: 'PROMPT_REPORT', dueAt: endOfDayAfter(recognised, 3), metBy: met },
    { regime: 'designated-operator-report', kind: 'FINAL_REPORT', dueAt: endOfDayAfter(recognised, 30), metBy: null },
  ];
  await database.query(
    'superuser',
    `INSERT INTO organisation VALUES ('org-power', 'p', 'p', 'ELECTRICITY', true, now(), 'x', 'x')`,
  );
  const insert = async (id: string, kept: object[]) => {
    await database.query(
      'superuser',
      `INSERT INTO report (id, organisation_id, received_at, forwarded, recorded_by, correlation_id)
       VALUES ($1, 'org-power', '2026-11-22T02:00:00Z', true, 'someone', 'c')`,
      [id],
    );
    await database.query(
      'superuser',
      `INSERT INTO report_revision (report_id, organisation_id, revision, digest, content, contact_ref, deadlines, receipt, recorded_by,
                                    correlation_id)
       VALUES ($1, 'org-power', 1, $2, '{"basis":"MANDATORY"}', gen_random_uuid(), $3, 'r', 'someone', 'c')`,
      [id, `sha256:${'0'.repeat(64)}`, JSON.stringify(kept)],
    );
  };
  await insert(met, deadlines);
  await insert('019a0000-0000-7000-8000-000000000002', []);

  expect(await before.migrateOn()).toContain(CLOCKS);
  const same = {
    report_id: met,
    organisation_id: 'org-power',
    mandatory: true,
    applies: 'APPLIES',
    forwarded: true,
    recorded_by: 'someone',
  };
  expect(
    await database.query(
      'superuser',
      `SELECT report_id, organisation_id, mandatory, applies, forwarded, recorded_by, kind, near_at, due_at, met_by_stages, met_at,
              met_by_revision, wakes_at FROM report_clock ORDER BY due_at`,
    ),
  ).toEqual([
    {
      ...same,
      kind: 'PROMPT_REPORT',
      near_at: new Date(startOfDayAfter(recognised, 2)),
      due_at: new Date('2026-11-25T14:59:59.999Z'),
      met_by_stages: ['INITIAL', 'FOLLOW_UP', 'FINAL'],
      met_at: new Date('2026-11-22T02:00:00Z'),
      met_by_revision: 1,
      wakes_at: null,
    },
    {
      ...same,
      kind: 'FINAL_REPORT',
      near_at: new Date(startOfDayAfter(recognised, 24)),
      due_at: new Date('2026-12-22T14:59:59.999Z'),
      met_by_stages: ['FINAL'],
      met_at: null,
      met_by_revision: null,
      wakes_at: new Date(startOfDayAfter(recognised, 24)),
    },
  ]);
  const open = await database.query(
    'superuser',
    `SELECT relname FROM pg_class WHERE relname IN ('report', 'report_revision', 'report_clock') AND NOT (relrowsecurity AND relforcerowsecurity)`,
  );
  expect(open).toEqual([]);
});
