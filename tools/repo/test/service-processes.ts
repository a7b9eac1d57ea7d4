import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type Service, SERVICES } from '@sekisho/contracts';
import { generateKeySet, KeySet } from '@sekisho/signing';
import { eventually, serviceEnvironment, type TestDatabase, testDatabase, type TestIssuer } from '@sekisho/testing';

const require = createRequire(import.meta.url);
const seed = (name: string): string => resolve(import.meta.dirname, '../../stack/seed', `${name}.json`);
const NOWHERE = 'http://127.0.0.1:9';

/** What each is told beyond every service's. Nobody is asked and nothing is ordered here. */
async function particularTo(service: Service): Promise<Record<string, string>> {
  if (service === 'incident-intake') return { SEKISHO_SEED: seed('organisations') };
  if (service === 'nsc-scheduling') return { SEKISHO_SEED: seed('members') };
  if (service !== 'agency-tasking') return {};
  const jwks = new KeySet((await generateKeySet()).keys).publicKeys();
  return {
    SEKISHO_AGENCIES: JSON.stringify({ npa: { jwks }, sdf: { jwks } }),
    SEKISHO_PEERS: JSON.stringify({ classification: NOWHERE, scheduling: NOWHERE, oversight: NOWHERE }),
    SEKISHO_TOKEN_ENDPOINT: `${NOWHERE}/token`,
    SEKISHO_CLIENT_ID: 'svc',
    SEKISHO_CLIENT_SECRET: 'secret',
  };
}

export interface ServiceProcesses {
  /** Where each listens that was started. */
  readonly urls: Readonly<Record<Service, string>>;
  stop(): Promise<void>;
}

/** Services as processes, all five unless told, each with a database of its own, trusting the issuers given. */
export async function serviceProcesses(
  issuer: TestIssuer,
  issuers: TestIssuer['issuers'],
  services: readonly Service[] = SERVICES,
): Promise<ServiceProcesses> {
  const databases: TestDatabase[] = [];
  const children: ChildProcess[] = [];
  const urls = {} as Record<Service, string>;
  for (const service of services) {
    const database = await testDatabase(`@sekisho/${service}`);
    databases.push(database);
    const environment: Record<string, string> = {
      ...(await serviceEnvironment(service, database, issuer)),
      ...(await particularTo(service)),
      SEKISHO_ISSUERS: JSON.stringify(issuers),
    };
    const program = join(dirname(require.resolve(`@sekisho/${service}/package.json`)), 'dist/src/main.js');
    children.push(
      spawn(process.execPath, [program], { env: { PATH: process.env['PATH'], ...environment }, stdio: 'inherit' }),
    );
    urls[service] = `http://127.0.0.1:${environment['PORT']}`;
  }
  for (const url of Object.values(urls)) {
    await eventually(
      `${url} to be ready`,
      () =>
        fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      120_000,
    );
  }
  const stop = async () => {
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
    for (const database of databases) await database.drop();
  };
  return { urls, stop };
}
