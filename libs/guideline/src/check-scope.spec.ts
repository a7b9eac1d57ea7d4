import { SCOPE, determined, FACTS } from '../test/cases.js';
import type { Facts, JudgedScope } from './index.js';
import { SCOPE_FAULT_CODES, checkScope } from './index.js';

/** Three servers and three targets: a plant, an SDF system and a bank. */
const facts: Facts = {
  ...FACTS,
  servers: [
    { ref: 's1', location: 'OVERSEAS' },
    { ref: 's2', location: 'OVERSEAS' },
    { ref: 's3', location: 'DOMESTIC' },
  ],
  targets: [
    { ref: 't1', kind: 'CRITICAL_INFRASTRUCTURE' },
    { ref: 't2', kind: 'SDF' },
    { ref: 't3', kind: 'PRIVATE' },
  ],
};

function scope(): JudgedScope {
  return structuredClone({
    ...SCOPE,
    servers: [
      { ref: 's1', address: '198.51.100.37', attacks: ['t1', 't3'], executor: 'NPA_SOLE' },
      { ref: 's2', address: '198.51.100.38', attacks: ['t1', 't2'], executor: 'SDF' },
      { ref: 's3', address: '2001:db8::1', attacks: ['t1'], executor: 'JOINT_NPA_SDF' },
    ],
  });
}

describe('a scope', () => {
  it('without fault: each server known, with an executor whom its targets allow', () => {
    expect(checkScope(determined(facts), facts, scope())).toEqual([]);
  });

  it('may leave servers of the case out', () => {
    const some = scope();
    some.servers.pop();
    expect(checkScope(determined(facts), facts, some)).toEqual([]);
  });

  const faulty: [code: string, path: string, change: (scope: JudgedScope) => void][] = [
    ['NO_SERVER', '/servers', (it) => (it.servers = [])],
    ['SERVER_UNKNOWN', '/servers/0/ref', (it) => (it.servers[0]!.ref = 's9')],
    ['SERVER_REPEATED', '/servers/2/ref', (it) => (it.servers[2]!.ref = 's1')],
    ['ADDRESS_MISSING', '/servers/1/address', (it) => (it.servers[1]!.address = ' ')],
    ['ATTACKS_NOTHING', '/servers/0/attacks', (it) => (it.servers[0]!.attacks = [])],
    ['TARGET_UNKNOWN', '/servers/0/attacks/1', (it) => (it.servers[0]!.attacks = ['t1', 't9'])],
    ['TARGET_REPEATED', '/servers/0/attacks/1', (it) => (it.servers[0]!.attacks = ['t1', 't1'])],
    ['EXECUTOR_NOT_SDF', '/servers/1/executor', (it) => (it.servers[1]!.executor = 'NPA_SOLE')],
    ['EXECUTOR_NOT_SDF', '/servers/1/executor', (it) => (it.servers[1]!.executor = 'JOINT_NPA_SDF')],
    ['EXECUTOR_NOT_CANDIDATE', '/servers/0/executor', (it) => (it.servers[0]!.executor = 'SDF')],
    ['WINDOW_UNREADABLE', '/measure/notBefore', (it) => (it.measure.notBefore = '2026-11-20')],
    ['WINDOW_UNREADABLE', '/measure/notAfter', (it) => (it.measure.notAfter = '2026-11-27T09:00:00')],
    ['WINDOW_EMPTY', '/measure/notAfter', (it) => (it.measure.notAfter = it.measure.notBefore)],
    ['WINDOW_EMPTY', '/measure/notAfter', (it) => (it.measure.notAfter = '2026-11-19T09:00:00+09:00')],
  ];

  it.each(faulty)('with fault %s at %s', (code, path, change) => {
    const changed = scope();
    change(changed);
    expect(checkScope(determined(facts), facts, changed)).toEqual([{ code, path }]);
  });

  it('has a test for every fault', () => {
    expect(new Set(faulty.map(([code]) => code))).toEqual(new Set(SCOPE_FAULT_CODES));
  });

  it('whose server attacks an SDF system is the SDF’s also where the other target is listed first or last', () => {
    for (const attacks of [
      ['t2', 't3'],
      ['t3', 't2'],
    ]) {
      const changed = scope();
      changed.servers[1]!.attacks = attacks;
      expect(checkScope(determined(facts), facts, changed)).toEqual([]);
    }
  });

  it('needs an executor who is a candidate of every target, not only of one', () => {
    const determination = determined(facts);
    determination.execution = determination.execution.map((each) =>
      each.target === 't3' ? { ...each, candidates: ['JOINT_NPA_SDF'] } : each,
    );
    expect(checkScope(determination, facts, scope())).toEqual([
      { code: 'EXECUTOR_NOT_CANDIDATE', path: '/servers/0/executor' },
    ]);
  });

  it('finds no candidate where nothing may be done', () => {
    const nothing: Facts = { ...facts, measureContemplated: 'FALSE' };
    const codes = checkScope(determined(nothing), nothing, scope()).map(({ code }) => code);
    expect(codes).toEqual(['EXECUTOR_NOT_CANDIDATE', 'EXECUTOR_NOT_CANDIDATE']);
  });
});
