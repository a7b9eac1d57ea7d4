import { groupByName } from './processes.js';

const at = (pid: number, parent: number) => ({ pid, parent, group: pid, rss: 10 });

describe('processes of the platform', () => {
  it('belong to the nearest that has a name; others to nobody', () => {
    const all = [at(1, 0), at(10, 1), at(20, 10), at(21, 20), at(22, 21), at(30, 10), at(99, 1)];
    const names = new Map([
      [10, 'head'],
      [20, 'postgres'],
      [30, 'intake'],
    ]);
    const pids = [...groupByName(all, names)].map(([name, group]) => [name, group.map(({ pid }) => pid)]);
    expect(pids).toEqual([
      ['head', [10]],
      ['postgres', [20, 21, 22]],
      ['intake', [30]],
    ]);
  });
});
