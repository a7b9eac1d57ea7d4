import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROLES, type Service } from '@sekisho/contracts';
import { type Endpoints, freePorts } from '@sekisho/stack';

export interface OtherRoute {
  readonly url: string;
  stop(): Promise<void>;
}

const NOWHERE = 'postgresql://nobody@127.0.0.1:1/none';

/**
 * Starts a route in another way as a process of its own, beside the stack in `directory` whose issuer and keys it shares: intake's `bare`
 * without storage or `plain` with one transaction for each report in the database given, or an `empty` one.
 */
export async function startRoute(
  way: 'bare' | 'plain' | 'empty',
  directory: string,
  { issuer }: Endpoints,
  databaseUrl = NOWHERE,
  service: Service = 'incident-intake',
): Promise<OtherRoute> {
  const [port] = await freePorts(1);
  const trusted = { issuer, jwksUri: `${issuer}/jwks`, roles: ROLES, organisations: '*', persons: true };
  const child = fork(join(import.meta.dirname, '..', `${way}-process.js`), {
    execArgv: ['--enable-source-maps'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      RELAY_DATABASE_URL: NOWHERE,
      KAFKA_BROKERS: '127.0.0.1:1',
      KAFKA_USERNAME: 'nobody',
      KAFKA_PASSWORD: 'none',
      KAFKA_CA: 'none',
      SEKISHO_ISSUERS: JSON.stringify([trusted]),
      SEKISHO_SIGNING_KEYS: join(directory, 'keys', `${service}.json`),
    },
  });
  const ended = once(child, 'exit');
  const [first] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  if (first !== 'ready') throw new Error(`the ${way} route did not start`);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}
