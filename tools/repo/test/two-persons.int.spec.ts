import { createHash, randomUUID } from 'node:crypto';
import { type ServiceDatabases, serviceDatabases } from './service-databases.js';
import { type Place, PLACES } from './two-person-places.js';

/** The same human, in every spelling that an issuer might choose; and nobody. */
const SAME: Readonly<Record<string, { subject: string; issuer?: string; person?: string }>> = {
  'the same client': { issuer: 'i', subject: 'client-1', person: 'person-1' },
  'another client': { issuer: 'j', subject: 'client-2', person: 'person-1' },
  'in capitals': { subject: 'client-2', person: 'Person-1' },
  'with spaces': { subject: 'client-2', person: ' person-1\t' },
  'with an invisible character': { subject: 'client-2', person: 'person\u200B-1' },
  'in full width': { subject: 'client-2', person: 'ｐｅｒｓｏｎ－１' },
  nobody: { subject: 'client-2', person: '' },
  'a space': { subject: 'client-2', person: ' ' },
  'no person': { subject: 'client-2' },
};

let databases: ServiceDatabases;
beforeAll(async () => {
  databases = await serviceDatabases();
}, 180_000);
afterAll(async () => {
  for (const each of Object.values(databases ?? {})) await each.close();
}, 60_000);

const about = (place: Place) => {
  const id = randomUUID();
  return place.steps(id, `sha256:${createHash('sha256').update(id).digest('hex')}`);
};

describe.each(Object.entries(PLACES))('%s', (_, place) => {
  const { service, constraint, another = 'done', together } = place;
  const { before = [], first, second } = about(place);
  // As superuser, without the way on which a service would have come there: references are not looked at.
  beforeAll(() =>
    databases[service].database.query(
      'superuser',
      ['SET session_replication_role = replica', ...before, first].join('; '),
    ),
  );

  it('needs another person, and takes one', async () => {
    const actor = JSON.stringify({ subject: 'client-2', person: 'person-2' });
    expect(await databases[service].attempt('app', second(actor))).toBe(another);
  });

  it.each(Object.entries(SAME))('is not for one person alone: %s', async (_spelling, who) => {
    const got = await databases[service].attempt('app', second(JSON.stringify(who)));
    // Where nobody is named a column may say so before the persons are compared.
    if ((who.person ?? '').trim() !== '') expect(got).toBe(`23514 ${constraint}`);
    else expect(got).toMatch(/^(23514 .*(person|actor).*|23502)$/);
  });

  if (!together) return;
  it('is not for one person alone in one statement that puts the second step first', async () => {
    const fresh = about(place);
    const both = `WITH first AS (${fresh.first} RETURNING 1) ${fresh.second(JSON.stringify(SAME['another client']))}`;
    expect(await databases[service].attempt('app', ...(fresh.before ?? []), both)).toBe(`23514 ${constraint}`);
  });
});
