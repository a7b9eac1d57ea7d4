import { digestOf } from '@sekisho/signing';
import type { TestDatabase } from '@sekisho/testing';
import { databaseBefore } from './database-before.js';
import { hospital, type IntakeRig, masterKey, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const CONTACTS = '20261125080000_contacts';
/** More than one batch, each report with two revisions. */
const REPORTS = 600;
const report = sampleReport();
const { contact, ...content } = report;
const reportOf = (n: number): string => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

let database: TestDatabase;
let migrateOn: () => Promise<readonly string[]>;
let rigs: IntakeRig[] = [];

beforeAll(async () => {
  ({ database, migrateOn } = await databaseBefore(CONTACTS));
  const run = (sql: string, values: unknown[] = []) => database.query('superuser', sql, values);
  await run(`INSERT INTO organisation VALUES ('org-hospital', 'h', 'h', 'HEALTHCARE', false, now(), 'x', 'x')`);
  await run(
    `INSERT INTO report (id, organisation_id, received_at, forwarded, recorded_by, correlation_id)
     SELECT ('019a0000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'org-hospital', '2026-11-23T01:00:00Z', true, 'x', 'c'
       FROM generate_series(1, $1::int) AS n`,
    [REPORTS],
  );
  await run(
    `INSERT INTO contact (ref, organisation_id, name, email, phone, recorded_by, correlation_id)
     SELECT ('019b0000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'org-hospital', $2, n || $3, CASE WHEN n % 2 = 0 THEN $4 END, 'x', 'c'
       FROM generate_series(1, $1::int) AS n`,
    [2 * REPORTS, contact.name, contact.email, contact.phone],
  );
  await run(
    `INSERT INTO report_revision (report_id, organisation_id, revision, digest, content, contact_ref, deadlines, receipt, received_at,
                                  previous_digest, recorded_by, correlation_id)
     SELECT ('019a0000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'org-hospital', revision, $2, $3,
            ('019b0000-0000-7000-8000-' || lpad((n + (revision - 1) * $1)::text, 12, '0'))::uuid, '[]', 'r',
            CASE WHEN revision > 1 THEN now() END, CASE WHEN revision > 1 THEN $2 END, 'x', 'c'
       FROM generate_series(1, $1::int) AS n, generate_series(1, 2) AS revision ORDER BY 3`,
    [REPORTS, digestOf(report), JSON.stringify({ ...content, stage: 'FOLLOW_UP' })],
  );
  await migrateOn();
}, 120_000);
afterAll(async () => {
  for (const { service, issuer } of rigs) {
    await service.stop();
    await issuer.stop();
  }
  await database?.drop();
});

it('contacts of before are sealed by two instances that start at once, one key a report, and read as they were', async () => {
  const keys = { CONTACT_MASTER_KEYS: masterKey('m') };
  rigs = await Promise.all([1, 2].map(() => startIntake({ database, environment: keys })));
  const [rig] = rigs as [IntakeRig, IntakeRig];
  expect(
    await rig.count('contact', 'sealed IS NULL OR name IS NOT NULL OR email IS NOT NULL OR phone IS NOT NULL'),
  ).toBe(0);
  expect(await rig.count('contact_key')).toBe(REPORTS);
  for (const [n, revision] of [
    [1, 1],
    [1, 2],
    [2, 1],
    [REPORTS, 2],
  ] as const) {
    const row = n + (revision - 1) * REPORTS;
    const { body } = await rig.client.call(hospital, 'GET', `/v1/reports/${reportOf(n)}?revision=${revision}`);
    expect(body.report.contact).toEqual({
      name: contact.name,
      email: `${row}${contact.email}`,
      ...(row % 2 === 0 && { phone: contact.phone }),
    });
  }
  await expect(
    database.query('superuser', `UPDATE contact SET sealed = '\\x00' WHERE ref = (SELECT ref FROM contact LIMIT 1)`),
  ).rejects.toThrow(/sealed once/);
});
