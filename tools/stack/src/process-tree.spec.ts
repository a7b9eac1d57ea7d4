import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { descendantsOf, endDescendants, killDescendants } from './process-tree.js';
import { identify, isRunning, type ProcessIdentity } from './process-identity.js';

const at = (pid: number, parent: number) => ({ pid, parent, group: pid, rss: 10 });

/** A process that starts another in a group of its own, which may be deaf to what it is asked; both say when they are there. */
async function family(deaf: boolean): Promise<{ child: ChildProcess; both: ProcessIdentity[] }> {
  const younger = `${deaf ? "process.on('SIGINT', () => undefined);" : ''} console.log(process.pid); setInterval(() => undefined, 1000);`;
  const older = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(younger)}], { detached: true, stdio: 'inherit' });
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['-e', older], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, both: [child.pid!, Number(said.toString())].map((pid) => identify(pid)!) };
}

describe('what a process has started', () => {
  it('are its children and theirs, in whatever order the system tells of them', () => {
    const all = [at(22, 21), at(21, 20), at(20, 10), at(10, 1), at(30, 10), at(99, 1)];
    expect(descendantsOf([10], all).sort()).toEqual([20, 21, 22, 30]);
    expect(descendantsOf([99], all)).toEqual([]);
  });

  it('ends when asked, also what its parent has left behind', async () => {
    const { both } = await family(false);
    expect(both.every(isRunning)).toBe(true);
    await endDescendants(10_000);
    expect(both.filter(isRunning)).toEqual([]);
  });

  it('is killed when it does not go in time', async () => {
    const { child, both } = await family(true);
    const ended = once(child, 'close');
    await endDescendants(500);
    await ended;
    expect(both.filter(isRunning)).toEqual([]);
  });

  it('can be killed at once', async () => {
    const { child, both } = await family(true);
    const ended = once(child, 'close');
    killDescendants();
    await ended;
    expect(both.filter(isRunning)).toEqual([]);
  });
});
