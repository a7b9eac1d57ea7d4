import { intakeEvents, type ReportForm } from '@sekisho/contracts';
import type { Organisation } from '../organisations/organisation-register.js';
import { accept, submitted } from './accept.js';
import { deadlinesOf, endOfDayAfter } from './deadlines.js';
import { sampleReport } from '../../test/sample-report.js';

const organisation: Organisation = {
  id: 'org-power',
  nameJa: '電力',
  nameEn: 'Power',
  sector: 'ELECTRICITY',
  designated: true,
};
const moment = {
  reportId: '01936f00-0000-7000-8000-000000000001',
  contactRef: '01936f00-0000-7000-8000-000000000002',
  receivedAt: '2026-11-23T01:00:00.000Z',
};

describe('deadlines', () => {
  it.each([
    ['2026-11-20T00:00:00+09:00', 3, '2026-11-23T23:59:59+09:00'],
    ['2026-11-20T23:59:59+09:00', 3, '2026-11-23T23:59:59+09:00'],
    ['2026-11-19T15:00:00Z', 3, '2026-11-23T23:59:59+09:00'],
    ['2026-11-19T14:59:59Z', 3, '2026-11-22T23:59:59+09:00'],
    ['2028-02-28T12:00:00+09:00', 1, '2028-02-29T23:59:59+09:00'],
    ['2026-12-15T12:00:00+09:00', 30, '2027-01-14T23:59:59+09:00'],
  ])('from %s in %i JST days end at %s', (from, days, end) => expect(endOfDayAfter(from, days)).toBe(end));

  it('run for mandatory reports alone, and a first report meets the prompt one', () => {
    const report = { basis: 'MANDATORY', stage: 'INITIAL', recognisedAt: '2026-11-22T09:00:00+09:00' } as const;
    expect(deadlinesOf(report, moment).map(({ kind, dueAt, metBy }) => [kind, dueAt, metBy])).toEqual([
      ['PROMPT_REPORT', '2026-11-25T23:59:59+09:00', moment.reportId],
      ['FINAL_REPORT', '2026-12-22T23:59:59+09:00', null],
    ]);
    expect(deadlinesOf({ ...report, basis: 'VOLUNTARY' }, moment)).toEqual([]);
    expect(deadlinesOf(report, { ...moment, receivedAt: '2025-09-30T14:59:59Z' })).toEqual([]);
  });
});

describe('an accepted report', () => {
  it('leaves without the person to contact, and as its contract says', () => {
    const report = sampleReport();
    const event = submitted(accept(report, organisation, moment), 7);
    expect(intakeEvents['report-submitted.v1'].parse(event)).toEqual(event);
    const text = JSON.stringify(event);
    for (const personal of Object.values(report.contact)) expect(text).not.toContain(personal);
    expect(event.report.contactRef).toBe(moment.contactRef);
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
