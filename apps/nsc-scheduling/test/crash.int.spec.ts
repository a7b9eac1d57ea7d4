import { join } from 'node:path';
import { killedWhileTakingIn } from '@sekisho/testing';

it('killed while it takes in confirmed cases, the service has made exactly one review of each in the end', async () => {
  const { killed, end, sent } = await killedWhileTakingIn({
    service: 'nsc-scheduling',
    packageName: '@sekisho/nsc-scheduling',
    program: join(import.meta.dirname, '../dist/src/main.js'),
    environment: { SEKISHO_SEED: join(import.meta.dirname, '../../../tools/stack/seed/members.json') },
    counted: `SELECT count(*)::int AS n FROM review WHERE incident_id = ANY($1::uuid[])`,
  });
  expect(killed).toBeLessThan(sent);
  expect(end).toBe(sent);
}, 300_000);
