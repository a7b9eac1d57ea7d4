import { intakeEvents, type ReportForm } from '@sekisho/contracts';
import type { Organisation } from '../organisations/organisation-register.js';
import { accept, submitted } from './accept.js';
import { sampleReport } from '../../test/sample-report.js';

const organisation: Organisation = {
  id: 'org-power',
  nameJa: '電力',
  nameEn: 'Power',
  sector: 'ELECTRICITY',
  designated: true,
  designatedSince: null,
};
const moment = {
  reportId: '01936f00-0000-7000-8000-000000000001',
  contactRef: '01936f00-0000-7000-8000-000000000002',
  receivedAt: '2026-11-23T01:00:00.000Z',
};

describe('an accepted report', () => {
  it('leaves without the person to contact, and as its contract says', () => {
    const report = sampleReport();
    const event = submitted(accept(report, organisation, moment), 7);
    expect(intakeEvents['report-submitted.v1'].parse(event)).toEqual(event);
    const text = JSON.stringify(event);
    for (const personal of Object.values(report.contact)) expect(text).not.toContain(personal);
    expect(event.report.contactRef).toBe(moment.contactRef);
  });

  it('says in what it differs from the register, and otherwise nothing of it', () => {
    const told = (over: Partial<ReportForm>) =>
      submitted(accept(sampleReport(over), organisation, moment), 7).registerDifferences;
    const operator = { name: 'x', sector: 'ELECTRICITY', designated: true } as const;
    expect(told({ basis: 'MANDATORY', operator })).toBeUndefined();
    expect(told({ operator: { ...operator, sector: 'GAS', designated: false } })).toEqual([
      { pointer: '/operator/designated', reported: 'false', registered: 'true' },
      { pointer: '/operator/sector', reported: 'GAS', registered: 'ELECTRICITY' },
      { pointer: '/basis', reported: 'VOLUNTARY', registered: 'MANDATORY' },
    ]);
  });

  it('says how it came where staff entered it', () => {
    const accepted = accept(sampleReport(), organisation, moment);
    expect([submitted(accepted, 7).channel, submitted(accepted, 7, 'FAX').channel]).toEqual([undefined, 'FAX']);
  });

  it('has a digest of all that was sent, the contact included', () => {
    const digestOf = (report: ReportForm): string => accept(report, organisation, moment).digest;
    const report = sampleReport();
    expect(digestOf({ ...report })).toBe(digestOf(report));
    expect(digestOf({ ...report, title: 'x' })).not.toBe(digestOf(report));
    expect(digestOf({ ...report, contact: { ...report.contact, name: 'x' } })).not.toBe(digestOf(report));
  });

  it.each([
    ['MANDATORY', false, true],
    ['MANDATORY', true, true],
    ['VOLUNTARY', true, true],
    ['VOLUNTARY', false, false],
  ] as const)('on the basis %s with consent %s goes further: %s', (basis, forward, forwarded) => {
    const report = { ...sampleReport(), basis, consent: { forward } };
    expect(accept(report, organisation, moment).forwarded).toBe(forwarded);
  });
});
