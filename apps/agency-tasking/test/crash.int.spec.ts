import { join } from 'node:path';
import { generateKeySet, KeySet } from '@sekisho/signing';
import { killedWhileTakingIn } from '@sekisho/testing';

/** Nobody is asked and no order is given here. */
async function surroundings(): Promise<Record<string, string>> {
  const jwks = new KeySet((await generateKeySet()).keys).publicKeys();
  const nowhere = 'http://127.0.0.1:9';
  return {
    SEKISHO_AGENCIES: JSON.stringify({ npa: { jwks }, sdf: { jwks } }),
    SEKISHO_PEERS: JSON.stringify({ classification: nowhere, scheduling: nowhere, oversight: nowhere }),
    SEKISHO_TOKEN_ENDPOINT: `${nowhere}/token`,
    SEKISHO_CLIENT_ID: 'svc',
    SEKISHO_CLIENT_SECRET: 'secret',
  };
}

it('killed while it takes in confirmed cases, the service has made exactly one judged scope of each in the end', async () => {
  const { killed, end, sent } = await killedWhileTakingIn({
    service: 'agency-tasking',
    packageName: '@sekisho/agency-tasking',
    program: join(import.meta.dirname, '../dist/src/main.js'),
    environment: await surroundings(),
    counted: `SELECT count(*)::int AS n FROM confirmed_scope WHERE incident_id = ANY($1::uuid[])`,
  });
  expect(killed).toBeLessThan(sent);
  expect(end).toBe(sent);
}, 300_000);
