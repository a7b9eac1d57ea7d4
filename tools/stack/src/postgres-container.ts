import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, imageName, IMAGES } from '#engine';
import { startChild, waitUntilReady } from './child.js';
import { containerCommand } from './container.js';
import { answers, INITDB, type Postgres, type PostgresOptions, settingsAsArguments } from './postgres.js';

/** The same server from its image, for tests: its data goes with the container. */
export async function startPostgresContainer(
  engine: Engine,
  {
    directory,
    port,
    superuserPassword,
    signal,
  }: Pick<PostgresOptions, 'directory' | 'port' | 'superuserPassword' | 'signal'>,
): Promise<Postgres> {
  mkdirSync(directory, { recursive: true });
  const child = await startChild({
    name: 'postgres',
    ...containerCommand(engine, directory, 'postgres', {
      image: imageName(IMAGES.postgres),
      command: ['postgres', ...settingsAsArguments()],
      environment: {
        POSTGRES_PASSWORD: superuserPassword,
        POSTGRES_INITDB_ARGS: INITDB.join(' '),
        LC_ALL: 'C',
        TZ: 'UTC',
      },
      port: { container: 5432, host: port },
    }),
    log: join(directory, 'postgres.log'),
    patience: 20_000,
  });
  const superuserUrl = `postgresql://postgres:${encodeURIComponent(superuserPassword)}@127.0.0.1:${port}/postgres`;
  try {
    await waitUntilReady(child, () => answers(superuserUrl), { timeout: 90_000, signal });
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { process: child, superuserUrl, stop: () => child.stop() };
}
