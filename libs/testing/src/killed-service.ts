import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Service } from '@sekisho/contracts';
import pg from 'pg';
import { sendEvent } from './broker.js';
import { confirmedCase } from './cases.js';
import { eventually } from './client.js';
import { testDatabase } from './database.js';
import { testIssuer } from './issuer.js';
import { serviceEnvironment } from './service-config.js';

const CASES = 40;
const PATIENCE = 120_000;

export interface KilledService {
  readonly service: Service;
  /** Its workspace package, for the migrations, and its program. */
  readonly packageName: string;
  readonly program: string;
  /** What its environment has beyond every service's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** SQL that counts what it made of the confirmed cases in `$1` (incident ids), as `n`. */
  readonly counted: string;
}

/**
 * Runs a service as a process of its own, kills it in the middle of a transaction while it takes in confirmed cases, and starts it
 * again. Answers how many it had made something of when it was killed, how many in the end, and how many there were.
 */
export async function killedWhileTakingIn(of: KilledService): Promise<{ killed: number; end: number; sent: number }> {
  const [database, issuer] = await Promise.all([testDatabase(of.packageName), testIssuer()]);
  const environment = { ...(await serviceEnvironment(of.service, database, issuer)), ...of.environment };
  const start = (): ChildProcess =>
    spawn(process.execPath, [of.program], { env: { PATH: process.env['PATH'], ...environment }, stdio: 'inherit' });
  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  const cases = Array.from({ length: CASES }, confirmedCase);
  const ids = cases.map(({ incidentId }) => incidentId);
  const counted = async (): Promise<number> =>
    (await database.query<{ n: number }>('superuser', of.counted, [ids]))[0]!.n;
  const other = new pg.Client({ connectionString: database.owner });
  await other.connect();
  let running: ChildProcess | undefined;
  try {
    // Whoever holds the lock of one case stops the service in the middle of a transaction: there it is killed.
    await other.query('BEGIN');
    await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [ids[CASES / 2]]);
    for (const data of cases) {
      const { incidentId } = data;
      await sendEvent(
        'classification',
        'classification.determinations.v1',
        'determination-confirmed.v1',
        incidentId,
        data,
      );
    }
    running = start();
    const waiting = `SELECT FROM pg_locks JOIN pg_database d ON d.oid = pg_locks.database
                      WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`;
    const waits = async (): Promise<boolean> => (await database.query('superuser', waiting)).length > 0;
    await eventually('a transaction that waits', waits, PATIENCE);
    await end(running, 'SIGKILL');
    await other.query('ROLLBACK');
    const killed = await counted();
    running = start();
    await eventually('all of it', async () => (await counted()) >= CASES, PATIENCE);
    await end(running, 'SIGTERM');
    return { killed, end: await counted(), sent: CASES };
  } finally {
    if (running) await end(running, 'SIGKILL');
    await other.end();
    await issuer.stop();
    await database.drop();
  }
}
