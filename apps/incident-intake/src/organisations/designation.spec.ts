import { asOf, dateOf, dayOf } from './designation.js';
import type { Organisation } from './organisation-register.js';

const power: Organisation = {
  id: 'org-power',
  nameJa: '電力',
  nameEn: 'Power',
  sector: 'ELECTRICITY',
  designated: true,
  designatedSince: '2026-12-01',
};

it.each<[string, Partial<Organisation>, string, boolean]>([
  ['the last millisecond before its day in Japan', {}, '2026-11-30T14:59:59.999Z', false],
  ['the first of that day', {}, '2026-11-30T15:00:00.000Z', true],
  ['a day later', {}, '2026-12-02T00:00:00.000Z', true],
  ['any time, where the day is not known', { designatedSince: null }, '2000-01-01T00:00:00.000Z', true],
  ['any time, where it is not designated', { designated: false, designatedSince: null }, '2027-01-01T00:00:00Z', false],
])('at %s', (_, over, at, designated) => {
  expect(asOf({ ...power, ...over }, at)).toEqual({ ...power, ...over, designated });
});

it('a day comes back from the database as it went there', () => {
  expect([dayOf(dateOf('2026-12-01')), dayOf(null)]).toEqual(['2026-12-01', null]);
});
