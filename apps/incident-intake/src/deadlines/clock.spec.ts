import fc from 'fast-check';
import { anyReport } from '../../test/any-report.js';
import type { Organisation } from '../organisations/organisation-register.js';
import { type Clock, clocksOf, stateOf, type Timed } from './clock.js';
import { type Regime, regime as schema } from './regime.js';
import { REGIMES } from './regimes.js';

const moment = { reportId: '01936f00-0000-7000-8000-000000000001', receivedAt: '2026-11-23T01:00:00.000Z' };
const hospital = { sector: 'HEALTHCARE', designated: false } as const;
const report: Timed = {
  basis: 'MANDATORY',
  form: 'DDOS',
  stage: 'INITIAL',
  recognisedAt: '2026-11-22T09:00:00+09:00',
  impact: { personalData: 'FALSE' },
};
const brief = (clocks: Clock[]) => clocks.map(({ regime, kind, dueAt, metBy }) => [regime, kind, dueAt, metBy]);
const of = (over: Partial<Timed>, organisation: Pick<Organisation, 'sector' | 'designated'> = hospital) =>
  brief(clocksOf({ ...report, ...over }, organisation, moment));

describe('the regimes of the files', () => {
  it('start the designated operators’ clocks for mandatory reports alone, and a first report meets the prompt one', () => {
    expect(of({})).toEqual([
      ['designated-operator-report', 'PROMPT_REPORT', '2026-11-25T23:59:59+09:00', moment.reportId],
      ['designated-operator-report', 'FINAL_REPORT', '2026-12-22T23:59:59+09:00', null],
    ]);
    expect(of({ basis: 'VOLUNTARY' })).toEqual([]);
    expect(clocksOf(report, hospital, { ...moment, receivedAt: '2025-09-30T14:59:59Z' })).toEqual([]);
  });

  it.each([
    ['TRUE', 'APPLIES', moment.reportId],
    // Who does not know has not reported it.
    ['UNKNOWN', 'IF_CONFIRMED', null],
    [undefined, 'IF_CONFIRMED', null],
  ] as const)('start those of a breach of personal data where it is %s: %s', (personalData, applies, metBy) => {
    const impact = personalData && { personalData };
    const clocks = clocksOf({ ...report, basis: 'VOLUNTARY', impact }, hospital, moment);
    expect(brief(clocks)).toEqual([
      ['personal-data-breach', 'PRELIMINARY_REPORT', '2026-11-27T23:59:59+09:00', metBy],
      ['personal-data-breach', 'FINAL_REPORT', '2027-01-21T23:59:59+09:00', null],
    ]);
    expect(clocks.map((clock) => [clock.applies, clock.nearAt])).toEqual([
      [applies, '2026-11-25T00:00:00+09:00'],
      [applies, '2027-01-15T00:00:00+09:00'],
    ]);
  });

  it('start an electricity business’s as possible ones, in hours and with the first day counted', () => {
    const voluntary = { basis: 'VOLUNTARY' } as const;
    expect(of(voluntary, { sector: 'ELECTRICITY', designated: true })).toEqual([
      ['electricity-accident', 'PRELIMINARY_REPORT', '2026-11-23T09:00:00+09:00', moment.reportId],
      ['electricity-accident', 'DETAILED_REPORT', '2026-12-21T23:59:59+09:00', null],
    ]);
  });

  it('count a telecommunications accident from when it occurred, where a report says so and it was before', () => {
    const due = (occurredAt?: string) =>
      of({ basis: 'VOLUNTARY', occurredAt }, { sector: 'TELECOMMUNICATIONS', designated: true })[1]![2];
    expect(due('2026-11-20T23:00:00+09:00')).toBe('2026-12-20T23:59:59+09:00');
    expect(due(undefined)).toBe('2026-12-22T23:59:59+09:00');
    expect(due('2026-11-30T23:00:00+09:00')).toBe('2026-12-22T23:59:59+09:00');
  });

  it('give any report clocks that are near before they end, the first to end first', () => {
    fc.assert(
      fc.property(anyReport, fc.constantFrom('ELECTRICITY', 'TELECOMMUNICATIONS', 'OTHER'), (any, sector) => {
        const clocks = clocksOf(any, { sector, designated: true }, moment);
        for (const { nearAt, dueAt } of clocks) expect(Date.parse(nearAt)).toBeLessThanOrEqual(Date.parse(dueAt));
        const ends = clocks.map(({ dueAt }) => Date.parse(dueAt));
        expect(ends).toEqual(ends.toSorted((a, b) => a - b));
        expect(clocks.every(({ metBy, metByStages }) => (metBy !== null) === metByStages.includes(any.stage))).toBe(
          true,
        );
      }),
    );
  });
});

describe('a regime', () => {
  const one = (over: object = {}): Regime => schema.parse({ ...REGIMES[0], ...over });
  const kinds = (regime: Regime, over: Partial<Timed> = {}, receivedAt = moment.receivedAt, designated = false) =>
    clocksOf({ ...report, ...over }, { sector: 'HEALTHCARE', designated }, { ...moment, receivedAt }, [regime]).length;

  it('holds from its first instant to the one before its last, by the time of receipt', () => {
    const term = one({ validFrom: '2026-10-01T00:00:00+09:00', validUntil: '2026-12-01T00:00:00+09:00' });
    const at = (receivedAt: string) => kinds(term, {}, receivedAt);
    expect(['2026-09-30T14:59:59.999Z', '2026-09-30T15:00:00.000Z'].map(at)).toEqual([0, 2]);
    expect(['2026-11-30T14:59:59.999Z', '2026-11-30T15:00:00.000Z'].map(at)).toEqual([2, 0]);
  });

  it('that is followed by another hands over without a gap and without both', () => {
    const before = one({ validUntil: '2026-12-01T00:00:00+09:00' });
    const after = one({ validFrom: '2026-12-01T00:00:00+09:00' });
    for (const receivedAt of ['2026-11-30T14:59:59.999Z', '2026-11-30T15:00:00.000Z']) {
      expect(kinds(before, {}, receivedAt) + kinds(after, {}, receivedAt)).toBe(2);
    }
  });

  it('concerns a report only where all that it names is so', () => {
    const appliesTo = {
      basis: ['MANDATORY'],
      designated: true,
      sectors: ['HEALTHCARE'],
      forms: ['DDOS'],
      personalData: ['TRUE'],
    };
    const narrow = one({ appliesTo });
    const breach: Partial<Timed> = { impact: { personalData: 'TRUE' } };
    expect(kinds(narrow, breach, undefined, true)).toBe(2);
    expect(kinds(narrow, breach, undefined, false)).toBe(0);
    expect(kinds(narrow, { ...breach, basis: 'VOLUNTARY' }, undefined, true)).toBe(0);
    expect(kinds(narrow, { ...breach, form: 'OTHER' }, undefined, true)).toBe(0);
    expect(kinds(narrow, {}, undefined, true)).toBe(0);
    expect(kinds(one({ appliesTo: { ...appliesTo, sectors: ['GAS'] } }), breach, undefined, true)).toBe(0);
  });
});

describe('a clock', () => {
  const [prompt] = clocksOf({ ...report, stage: 'FINAL' }, hospital, moment);
  const running: Clock = { ...prompt!, metAt: null, metBy: null };

  it.each([
    ['2026-11-23T14:59:59.999Z', 'RUNNING', false],
    ['2026-11-23T15:00:00.000Z', 'NEAR', false],
    // The whole of the second that it names is in time: it ends with the day.
    ['2026-11-25T14:59:59.999Z', 'NEAR', false],
    ['2026-11-25T15:00:00.000Z', 'MISSED', true],
  ])('is at %s %s', (at, state, late) => {
    expect(stateOf(running, new Date(at))).toEqual({ state, late });
  });

  it('that was met stays met, and says where that was too late', () => {
    const met = (metAt: string) =>
      stateOf({ ...running, metAt, metBy: moment.reportId }, new Date('2027-01-01T00:00:00Z'));
    expect(met('2026-11-25T14:59:59.999Z')).toEqual({ state: 'MET', late: false });
    expect(met('2026-11-25T15:00:00.000Z')).toEqual({ state: 'MET', late: true });
  });
});
