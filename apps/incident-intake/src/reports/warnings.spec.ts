import type { ReportForm } from '@sekisho/contracts';
import { sampleReport } from '../../test/sample-report.js';
import type { Organisation } from '../organisations/organisation-register.js';
import { accept } from './accept.js';

const hospital: Organisation = {
  id: 'org-hospital',
  nameJa: '桜台総合病院',
  nameEn: 'Sakuradai General Hospital',
  sector: 'HEALTHCARE',
  designated: false,
  designatedSince: null,
};
const moment = {
  reportId: '01936f00-0000-7000-8000-000000000001',
  contactRef: '01936f00-0000-7000-8000-000000000002',
  receivedAt: '2026-11-23T01:00:00.000Z',
};
const warnings = (over: Partial<ReportForm>, organisation = hospital) =>
  accept(sampleReport(over), organisation, moment).warnings;
const told = (...given: Parameters<typeof warnings>) => warnings(...given).map(({ pointer, code }) => [pointer, code]);

const { operator } = sampleReport();
const ddos = (vectors: string[]): Partial<ReportForm> => {
  return { form: 'DDOS', ddos: { vectors } };
};

describe('a report', () => {
  it('with nothing odd in it is warned of nothing', () => expect(told({})).toEqual([]));

  it.each<[string, Partial<ReportForm>, [string, string][]]>([
    [
      'an address that is none',
      { servers: [{ ref: 's1', address: '調査中' }] },
      [['/servers/0/address', 'unrecognised-address']],
    ],
    [
      'private and loopback addresses, the second defanged',
      { servers: [{ ref: 's1', address: '10.0.0.8' }, { ref: 's2' }, { ref: 's3', address: '127[.]0[.]0[.]1' }] },
      [
        ['/servers/0/address', 'special-purpose-address'],
        ['/servers/2/address', 'special-purpose-address'],
      ],
    ],
    [
      'a defanged address and a name',
      {
        servers: [
          { ref: 's1', address: '198[.]51[.]100[.]37' },
          { ref: 's2', address: 'hxxps://c2[.]example/' },
        ],
      },
      [],
    ],
    [
      'indicators that are not what they are called',
      {
        indicators: [
          { type: 'ipv4-addr', value: '2001:db8::1' },
          { type: 'url', value: 'evil.example' },
          { type: 'domain-name', value: 'evil[.]example' },
          { type: 'toString', value: '?' },
          { type: 'file', value: 'anything' },
        ],
      },
      [
        ['/indicators/0/value', 'indicator-type-differs'],
        ['/indicators/1/value', 'indicator-type-differs'],
      ],
    ],
    ['techniques of ATT&CK, enterprise and ICS', ddos(['T1498', 'T1498.001', 'T1499.004', 'T0814']), []],
    [
      'techniques that are none, or retired',
      ddos(['T9999', 'T1498', 'T1562.001']),
      [
        ['/ddos/vectors/0', 'unknown-technique'],
        ['/ddos/vectors/2', 'unknown-technique'],
      ],
    ],
    ['a duty that it has not, by the register', { basis: 'MANDATORY' }, [['/basis', 'not-designated']]],
    [
      'a designation that the register does not have',
      { operator: { ...operator, designated: true } },
      [['/operator/designated', 'designation-differs']],
    ],
    [
      'another sector than the register’s',
      { operator: { ...operator, sector: 'GAS' } },
      [['/operator/sector', 'sector-differs']],
    ],
    [
      'a system of the SDF',
      { targets: [{ ref: 't1', name: 'x', kind: 'SDF', country: 'JP' }] },
      [['/targets/0/kind', 'kind-not-taken']],
    ],
    [
      'users affected by nothing',
      { impact: { services: 'NONE', usersAffected: 3, personalData: 'FALSE' } },
      [['/impact/usersAffected', 'impact-contradicts']],
    ],
    ['users affected by a leak', { impact: { services: 'NONE', usersAffected: 3, personalData: 'TRUE' } }, []],
    ['no users affected by nothing', { impact: { services: 'NONE', usersAffected: 0, personalData: 'FALSE' } }, []],
    ['no consent', { consent: { forward: false } }, [['/consent/forward', 'stays-with-intake']]],
    [
      'nothing but what an INITIAL report needs',
      { summary: undefined, targets: undefined, servers: undefined, impact: undefined, indicators: undefined } as never,
      [],
    ],
  ])('with %s', (_, change, expected) => expect(told(change)).toEqual(expected));

  it('that the law passes on is told so, and that it is late', () => {
    const power: Organisation = { ...hospital, id: 'org-power', sector: 'ELECTRICITY', designated: true };
    const report = {
      basis: 'MANDATORY',
      operator: { name: 'x', sector: 'ELECTRICITY', designated: true },
      consent: { forward: false },
      occurredAt: '2026-11-10T06:00:00+09:00',
      recognisedAt: '2026-11-10T06:40:00+09:00',
    } as const;
    expect(warnings(report, power)).toEqual([
      { pointer: '/consent/forward', code: 'forwarded-by-law' },
      {
        pointer: '/recognisedAt',
        code: 'deadline-passed',
        values: { kind: 'PROMPT_REPORT', dueAt: '2026-11-13T23:59:59+09:00' },
      },
    ]);
  });

  it.each<[string, Partial<Organisation>, Partial<ReportForm>, string[]]>([
    ['a designated organisation, voluntarily', {}, {}, ['duty-not-stated']],
    ['one that is designated later', { designatedSince: '2026-11-24' }, {}, ['designation-differs']],
    ['one that is designated since that day', { designatedSince: '2026-11-23' }, {}, ['duty-not-stated']],
    ['a designated organisation, as the law demands', {}, { basis: 'MANDATORY' }, []],
  ])('of %s', (_, over, change, codes) => {
    const power: Organisation = { ...hospital, designated: true, ...over };
    const designated = { operator: { ...operator, designated: true }, ...change };
    expect(warnings(designated, power).map(({ code }) => code)).toEqual(codes);
  });

  it('before there was a duty is not asked whether it is one', () => {
    const early = { ...moment, receivedAt: '2025-09-30T01:00:00.000Z' };
    const report = sampleReport({
      recognisedAt: '2025-09-29T06:40:00+09:00',
      operator: { ...operator, designated: true },
    });
    expect(accept(report, { ...hospital, designated: true }, early).warnings).toEqual([]);
  });

  it('is stored and forwarded as it was sent, whatever it is warned of', () => {
    const report = sampleReport({ servers: [{ ref: 's1', address: 'HXXP://10[.]0[.]0[.]8/ ' }] });
    expect(accept(report, hospital, moment).report).toEqual(report);
  });
});
