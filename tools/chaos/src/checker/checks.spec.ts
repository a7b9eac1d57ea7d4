import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { smallWorld } from '../../test/small-world.js';
import { CHECKS, judge } from './checks.js';

/** Spec files that are of no check alone. */
const OTHERS = ['checks.spec.ts'];

describe('the checks', () => {
  it('all hold in the small world, each under a name of its own', () => {
    const findings = judge(smallWorld());
    expect(findings.flatMap(({ faults }) => faults)).toEqual([]);
    expect(new Set(findings.map(({ name }) => name)).size).toBe(CHECKS.length);
  });

  it('each have a file and a test of their own', () => {
    const tested = readdirSync(import.meta.dirname).filter(
      (name) => name.endsWith('.spec.ts') && !OTHERS.includes(name),
    );
    expect(tested).toHaveLength(CHECKS.length);
    const files = tested.map((name) => join(import.meta.dirname, name.replace('.spec.ts', '.ts')));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('fail where they cannot be made: a table is gone, a message is no JSON', () => {
    const world = smallWorld();
    delete (world.databases['agency-tasking'].tables as Record<string, unknown>)['order_step'];
    world.topics.get('oversight.rulings.v1')![0]!.value = '{';
    const failed = judge(world).filter(({ counted }) => counted === 'it could not be checked');
    const faults = failed.map(({ name, faults: [fault] }) => `${name}: ${fault!.split('\n')[0]}`);
    expect(faults).toContain(
      'orderHistories: Error: agency-tasking has no table order_step: the check is older than the schema',
    );
    expect(faults).toContainEqual(expect.stringMatching(/^ledger: SyntaxError/));
    expect(failed.length).toBeLessThan(CHECKS.length);
  });
});
