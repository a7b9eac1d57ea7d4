import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { INFRASTRUCTURE_VARIABLE } from '@sekisho/stack';

declare global {
  /** The process that holds the infrastructure of this run. */
  var sekishoInfrastructure: { readonly child: ChildProcess; readonly folder: string } | undefined;
}

/** Images may have to be pulled first, and containers that do not start are given up for processes. */
const PATIENCE_MS = 300_000;

/**
 * Starts one PostgreSQL and one Kafka for the whole run, as a child on a leash: it ends with this process, however this one ends.
 * Whether they run in containers is found out there; `SEKISHO_TEST_INFRASTRUCTURE=containers|embedded` says so.
 * With `SEKISHO_TEST_INFRA` naming the file of a running one, that is used and left running.
 */
export default async function setup(): Promise<void> {
  if (process.env[INFRASTRUCTURE_VARIABLE]) return;
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-run-'));
  const out = join(folder, 'infrastructure.json');
  const program = createRequire(import.meta.url).resolve('@sekisho/stack/test-infrastructure');
  // A group of its own: whoever kills this one's must leave somebody to tidy up.
  const child = spawn(process.execPath, [program, '--out', out, '--leash'], {
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  globalThis.sekishoInfrastructure = { child, folder };
  const until = Date.now() + PATIENCE_MS;
  while (!existsSync(out)) {
    if (child.exitCode !== null) throw new Error('the test infrastructure did not start; its output is above');
    if (Date.now() > until) throw new Error(`the test infrastructure was not ready in ${PATIENCE_MS / 1000} s`);
    await pause(100);
  }
  process.env[INFRASTRUCTURE_VARIABLE] = out;
}
