import { descendantsOf } from './process-tree.js';

const at = (pid: number, parent: number) => ({ pid, parent, group: pid, rss: 10 });

describe('what processes have started', () => {
  it('are their children and theirs, in whatever order the system tells of them', () => {
    const all = [at(22, 21), at(21, 20), at(20, 10), at(10, 1), at(30, 10), at(99, 1)];
    expect(descendantsOf([10], all).sort()).toEqual([20, 21, 22, 30]);
    expect(descendantsOf([20, 99], all).sort()).toEqual([21, 22]);
    expect(descendantsOf([99], all)).toEqual([]);
  });
});
