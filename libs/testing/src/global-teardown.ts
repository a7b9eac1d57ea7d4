import { rmSync } from 'node:fs';

/** Ends what the global setup started, waits until it has gone, and takes away the run's files. */
export default async function teardown(): Promise<void> {
  const { child, folder } = globalThis.sekishoInfrastructure ?? {};
  if (!child || !folder) return;
  if (child.exitCode === null) {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    child.kill('SIGTERM');
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
}
