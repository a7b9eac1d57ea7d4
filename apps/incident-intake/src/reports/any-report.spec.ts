import { instant, intakeEvents, receiptPayload, reportForm } from '@sekisho/contracts';
import { digestOf } from '@sekisho/signing';
import fc from 'fast-check';
import { anyInstant, anyReport } from '../../test/any-report.js';
import { endOfDayAfter } from '../deadlines/japan-time.js';
import type { Organisation } from '../organisations/organisation-register.js';
import { accept, receiptOf, submitted } from './accept.js';

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

/** The day in Japan that an instant lies in, counted from 1970. */
const dayInJapan = (at: string): number => Math.floor((Date.parse(at) + 9 * 3_600_000) / 86_400_000);

describe('any valid report', () => {
  it('is forwarded as its contract says, whole but for the contact', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(reportForm.parse(report)).toEqual(report);
        const accepted = accept(report, organisation, moment);
        const event = submitted(accepted, 7);
        expect(intakeEvents['report-submitted.v1'].parse(JSON.parse(JSON.stringify(event)))).toEqual(
          JSON.parse(JSON.stringify(event)),
        );
        // What stands in for a part that is not known yet is named, and nothing else is added.
        const { contactRef, notYetKnown = [], ...forwarded } = event.report;
        const said = Object.entries(forwarded).filter(([part]) => !(notYetKnown as string[]).includes(part));
        expect({ ...Object.fromEntries(said), contact: report.contact }).toEqual(report);
        expect([contactRef, 'contact' in event.report]).toEqual([moment.contactRef, false]);
        expect(receiptPayload.parse(receiptOf(accepted, 7)).digest).toBe(digestOf(report));
      }),
    );
  });

  it('has one digest, in whatever order its fields are sent', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const reversed = Object.fromEntries(Object.entries(report).reverse());
        expect(accept(reportForm.parse(reversed), organisation, moment).digest).toBe(digestOf(report));
      }),
    );
  });
});

describe('a deadline', () => {
  it('is the last second of a day in Japan, the first day not counted, wherever the time was written', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 60 }), (from, days) => {
        const end = endOfDayAfter(from, days);
        expect(instant.safeParse(end).success).toBe(true);
        expect(dayInJapan(end) - dayInJapan(from)).toBe(days);
        expect(dayInJapan(new Date(Date.parse(end) + 1000).toISOString()) - dayInJapan(from)).toBe(days + 1);
      }),
    );
  });
});
