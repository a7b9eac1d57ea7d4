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

const power: Organisation = {
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

it('takes over what is new or has changed, and when, and leaves the rest', async () => {
  const [first, second, third] = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z'];
  const row = { id: 'org-power', name_en: 'Power', recorded_at: new Date(first!) };
  expect(await start(first!, [power])).toEqual([row]);
  expect(await start(second!, [power])).toEqual([row]);
  const changed = { ...power, nameEn: 'Light' };
  const other = { ...power, id: 'org-water', sector: 'WATER' };
  expect(await start(third!, [changed, other])).toEqual([
    { id: 'org-power', name_en: 'Light', recorded_at: new Date(third!) },
    { id: 'org-water', name_en: 'Power', recorded_at: new Date(third!) },
  ]);
});

it('refuses a file with a sector that there is not, whole', async () => {
  await expect(start('2026-11-04T00:00:00.000Z', [power, { ...power, id: 'x', sector: 'MAGIC' }])).rejects.toThrow(
    /sector/,
  );
  expect(await database.query('app', `SELECT id FROM organisation WHERE id = 'x'`)).toEqual([]);
});
