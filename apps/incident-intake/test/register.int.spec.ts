import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@sekisho/observability';
import { Clock } from '@sekisho/service';
import { type TestDatabase, testDatabase } from '@sekisho/testing';
import { createDatabase } from '../src/database.js';
import type { PrismaClient } from '../src/generated/prisma/client.js';
import { type Organisation, OrganisationRegister } from '../src/organisations/organisation-register.js';

const logger = createLogger('incident-intake', 'silent');
let database: TestDatabase;
let prisma: PrismaClient;
let folder: string;

beforeAll(async () => {
  database = await testDatabase('@sekisho/incident-intake');
  prisma = createDatabase({ DATABASE_URL: database.app, DATABASE_CONNECTIONS: 2 });
  folder = await mkdtemp(join(tmpdir(), 'sekisho-register-'));
});

afterAll(async () => {
  await prisma?.$disconnect();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const power: Omit<Organisation, 'designatedSince'> = {
  id: 'org-power',
  nameJa: '電力',
  nameEn: 'Power',
  sector: 'ELECTRICITY',
  designated: true,
};

async function start(at: string, organisations: unknown[]): Promise<unknown[]> {
  const file = join(folder, 'register.json');
  await writeFile(file, JSON.stringify({ reason: 'test', organisations }));
  const clock = Object.assign(new Clock(), { now: () => new Date(at) });
  await new OrganisationRegister(file, logger, prisma, clock).onApplicationBootstrap();
  return database.query('app', 'SELECT id, name_en, recorded_at FROM organisation ORDER BY id');
}

it('fills in what is not there yet, and leaves what is, whatever the file has of it now', async () => {
  const [first, second, third] = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z'];
  const row = { id: 'org-power', name_en: 'Power', recorded_at: new Date(first!) };
  expect(await start(first!, [power])).toEqual([row]);
  expect(await start(second!, [power])).toEqual([row]);
  const changed = { ...power, nameEn: 'Light' };
  const other = { ...power, id: 'org-water', sector: 'WATER' };
  expect(await start(third!, [changed, other])).toEqual([
    row,
    { id: 'org-water', name_en: 'Power', recorded_at: new Date(third!) },
  ]);
});

it('refuses a file with a sector that there is not, whole', async () => {
  await expect(start('2026-11-04T00:00:00.000Z', [power, { ...power, id: 'x', sector: 'MAGIC' }])).rejects.toThrow(
    /sector/,
  );
  expect(await database.query('app', `SELECT id FROM organisation WHERE id = 'x'`)).toEqual([]);
});

it('takes a first day of designation and a desk from the file, and a day of none from nobody', async () => {
  const gas = { ...power, id: 'org-gas', designatedSince: '2026-12-01', contactDesk: { email: 'duty@gas.example' } };
  await start('2026-11-05T00:00:00.000Z', [gas]);
  expect(
    await database.query(
      'app',
      `SELECT designated_since::text, contact_desk, version FROM organisation WHERE id = 'org-gas'`,
    ),
  ).toEqual([{ designated_since: '2026-12-01', contact_desk: gas.contactDesk, version: 1 }]);
  expect(
    await database.query('superuser', 'SELECT organisation_id, version, change_id FROM organisation_entry ORDER BY 1'),
  ).toEqual(['org-gas', 'org-power', 'org-water'].map((id) => ({ organisation_id: id, version: 1, change_id: null })));
  await expect(start('2026-11-06T00:00:00.000Z', [{ ...gas, id: 'y', designated: false }])).rejects.toThrow(
    /designatedSince/,
  );
});

it('two instances that start at once fill it in once', async () => {
  const many = Array.from({ length: 20 }, (_, n) => ({ ...power, id: `org-${n}` }));
  await Promise.all([start('2026-11-07T00:00:00.000Z', many), start('2026-11-07T00:00:00.000Z', many)]);
  expect(await database.query('app', `SELECT count(*)::int AS n FROM organisation WHERE id ~ '^org-\\d+$'`)).toEqual([
    { n: 20 },
  ]);
});
