/** Ends what the global setup started, and waits until it has gone. */
export default async function teardown(): Promise<void> {
  const child = globalThis.sekishoInfrastructure;
  if (!child || child.exitCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  child.kill('SIGTERM');
  await exited;
}
