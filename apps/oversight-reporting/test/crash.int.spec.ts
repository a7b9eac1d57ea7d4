import { join } from 'node:path';
import { killedWhileTakingIn } from '@sekisho/testing';

it('killed while it takes in confirmed cases, the service has made exactly one record of each in the end', async () => {
  const { killed, end, sent } = await killedWhileTakingIn({
    service: 'oversight-reporting',
    packageName: '@sekisho/oversight-reporting',
    program: join(import.meta.dirname, '../dist/src/main.js'),
    // Other tests' services answer the same cases, under the same keys.
    counted: `SELECT count(*)::int AS n FROM recorded_event WHERE key = ANY($1::text[])
                AND type = 'determination-confirmed.v1'`,
  });
  expect(killed).toBeLessThan(sent);
  expect(end).toBe(sent);
}, 300_000);
