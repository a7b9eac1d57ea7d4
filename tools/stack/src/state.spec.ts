import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from './process-identity.js';
import { claim, orphansOf, readState, runningStack, type State, stateRecorder } from './state.js';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'sekisho-state-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const self = identify(process.pid)!;
const gone = { pid: process.pid, startedAt: 'before' };

describe('the state folder', () => {
  it('calls orphans only those whose number and start are both the recorded ones', () => {
    const processes = [
      { name: 'kafka', pid: 10, startedAt: 'a' },
      { name: 'issuer', pid: 11, startedAt: 'b' },
      { name: 'postgres', pid: 12, startedAt: 'c' },
    ];
    const found: Record<number, string> = { 10: 'a', 11: 'another start' };
    const state: State = { version: 1, main: gone, processes };
    expect(orphansOf(state, (pid) => found[pid]).map(({ name }) => name)).toEqual(['kafka']);
  });

  it('records each process as it is started', () => {
    const record = stateRecorder(directory, self);
    record({ name: 'postgres', pid: 4, startedAt: 'x' });
    expect(readState(directory)?.processes).toEqual([{ name: 'postgres', pid: 4, startedAt: 'x' }]);
  });

  it('says which file is damaged and what to do', () => {
    writeFileSync(join(directory, 'state.json'), '{ "version": 1');
    expect(() => readState(directory)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('state.json is damaged'),
        remedy: expect.stringContaining('npm run reset'),
      }),
    );
    writeFileSync(join(directory, 'state.json'), '{ "version": 2 }');
    expect(() => readState(directory)).toThrow(/state\.json is damaged: version/);
  });

  it('is held by one stack at a time', () => {
    const release = claim(directory, self);
    expect(() => claim(directory, { pid: process.pid + 1, startedAt: 'x' })).toThrow(/already runs/);
    expect(runningStack(directory)).toEqual(self);
    release();
    expect(runningStack(directory)).toBeUndefined();
  });

  it('is not held by a stack that was killed', () => {
    claim(directory, gone);
    expect(runningStack(directory)).toBeUndefined();
    expect(claim(directory, self)).toBeInstanceOf(Function);
  });
});
