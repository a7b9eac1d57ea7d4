import { faultsOfTimes } from './times.js';

const RECEIVED = '2026-11-23T01:00:00.000Z';
const RECOGNISED = '2026-11-22T09:00:00+09:00';

describe('the times of a report', () => {
  it.each<[string, Parameters<typeof faultsOfTimes>[0], [string, string][]]>([
    [
      'in order',
      { occurredAt: '2026-11-21T09:00:00Z', recognisedAt: RECOGNISED, consent: { forward: true, at: RECEIVED } },
      [],
    ],
    ['all one instant', { occurredAt: RECEIVED, recognisedAt: RECEIVED, consent: { forward: true, at: RECEIVED } }, []],
    [
      'in years long gone',
      { occurredAt: '0001-01-02T00:00:00Z', recognisedAt: '0001-01-02T00:00:00Z', consent: { forward: true } },
      [],
    ],
    [
      'within a quarter of an hour of clocks that differ',
      {
        occurredAt: '2026-11-23T01:15:00Z',
        recognisedAt: '2026-11-23T10:15:00+09:00',
        consent: { forward: true, at: '2026-11-23T01:15:00Z' },
      },
      [],
    ],
    [
      'recognised after receipt',
      { recognisedAt: '2026-11-23T01:15:00.001Z', consent: { forward: true } },
      [['/recognisedAt', 'recognised-in-future']],
    ],
    [
      'recognised after all years',
      { recognisedAt: '9999-12-31T23:59:59Z', consent: { forward: true } },
      [['/recognisedAt', 'recognised-in-future']],
    ],
    [
      'recognised before it occurred',
      { occurredAt: '2026-11-22T00:15:01Z', recognisedAt: RECOGNISED, consent: { forward: true } },
      [['/occurredAt', 'occurred-after-recognised']],
    ],
    [
      'occurred after receipt, told once',
      { occurredAt: '2026-11-24T00:00:00Z', recognisedAt: RECOGNISED, consent: { forward: true } },
      [['/occurredAt', 'occurred-in-future']],
    ],
    [
      'consent after receipt',
      { recognisedAt: RECOGNISED, consent: { forward: true, at: '2026-11-24T00:00:00Z' } },
      [['/consent/at', 'consent-in-future']],
    ],
    [
      'all in the future',
      {
        occurredAt: '2027-01-01T00:00:00Z',
        recognisedAt: '2027-01-01T00:00:00Z',
        consent: { forward: true, at: '2027-01-01T00:00:00Z' },
      },
      [
        ['/recognisedAt', 'recognised-in-future'],
        ['/occurredAt', 'occurred-in-future'],
        ['/consent/at', 'consent-in-future'],
      ],
    ],
  ])('%s', (_, times, expected) => {
    expect(faultsOfTimes(times, RECEIVED).map(({ pointer, code }) => [pointer, code])).toEqual(expected);
  });
});
