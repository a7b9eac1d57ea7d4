import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
// As built, as `npm run chaos` runs it.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { freePortBase, isRunning, type RunningStack, startStack } from '@sekisho/stack';
import { responds } from '../src/local-issuer.js';
import { readState } from '../src/state.js';

const root = resolve(import.meta.dirname, '../../..');
let directory: string;
let stack: RunningStack;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-restart-'));
  await chmod(directory, 0o711);
  const settings = { portBase: await freePortBase() };
  stack = await startStack({ root, directory, settings, services: ['incident-intake'] });
}, 120_000);

afterAll(async () => {
  await stack?.stop();
  await rm(directory, { recursive: true, force: true });
}, 60_000);

const recorded = (name: string): number[] =>
  readState(directory)!.processes.flatMap((each) => (each.name === name ? [each.pid] : []));
const intakeIsReady = (): Promise<boolean> => responds(`${stack.endpoints.intake}/health/ready`);

async function kill(name: string): Promise<number> {
  const { pid, exited } = stack.process(name)!;
  process.kill(-pid, 'SIGKILL');
  await exited;
  return pid;
}

describe('starting a process of the stack again', () => {
  it('makes a new one of a service that was killed: ready, and known to the state file', async () => {
    const killed = await kill('incident-intake');
    expect(await intakeIsReady()).toBe(false);
    await stack.restart('incident-intake');
    expect(await intakeIsReady()).toBe(true);
    const { pid } = stack.process('incident-intake')!;
    expect(pid).not.toBe(killed);
    expect(recorded('incident-intake')).toEqual([pid]);
  }, 60_000);

  it.each(['postgres', 'kafka', 'issuer'])(
    'does so with %s, and the service that needs it goes on',
    async (name) => {
      const killed = await kill(name);
      await stack.restart(name);
      const { pid } = stack.process(name)!;
      expect(pid).not.toBe(killed);
      expect(recorded(name)).toEqual([pid]);
      for (const end = Date.now() + 30_000; Date.now() < end && !(await intakeIsReady());)
        await new Promise((wait) => setTimeout(wait, 200));
      expect(await intakeIsReady()).toBe(true);
    },
    90_000,
  );

  it('is refused for what is not there, and for what still runs', async () => {
    await expect(stack.restart('classification')).rejects.toThrow(
      'classification is not one of the stack’s own processes',
    );
    const before = stack.process('issuer')!;
    await expect(stack.restart('issuer')).rejects.toThrow(`issuer (process ${before.pid}) still runs`);
    expect(stack.process('issuer')).toBe(before);
    expect(recorded('issuer')).toEqual([before.pid]);
  });

  it('starts nothing once the stack was told to end, which ends what was started again', async () => {
    const restarted = ['incident-intake', 'postgres', 'kafka', 'issuer'].map((name) => stack.process(name)!);
    await stack.stop();
    expect(restarted.filter(isRunning).map(({ name }) => name)).toEqual([]);
    await stack.restart('incident-intake');
    expect(await intakeIsReady()).toBe(false);
  }, 60_000);
});
