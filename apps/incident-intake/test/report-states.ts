import type { ReportForm } from '@sekisho/contracts';
import type { ReportState, StoredRevision } from '../src/revisions/report-state.js';
import { sampleReport } from './sample-report.js';

export const REPORT_ID = '01936f00-0000-7000-8000-000000000001';
const RECEIVED = '2026-11-23T01:00:00.000Z';

export const storedRevision = (
  report: Partial<ReportForm> = {},
  over: Partial<StoredRevision> = {},
): StoredRevision => ({
  revision: 1,
  receivedAt: RECEIVED,
  report: sampleReport(report),
  contactRef: '01936f00-0000-7000-8000-000000000002',
  digest: `sha256:${'a'.repeat(64)}`,
  previousDigest: null,
  reason: null,
  warnings: [],
  ...over,
});

/** A report as it stands: voluntary, and gone out, if nothing else is said. */
export const stateOf = (report: Partial<ReportForm> = {}, over: Partial<ReportState> = {}): ReportState => {
  const latest = storedRevision(report);
  const { basis, consent, externalId = null } = latest.report;
  return {
    reportId: REPORT_ID,
    number: 7,
    externalId,
    receivedAt: RECEIVED,
    channel: null,
    latest,
    deadlines: [],
    closed: false,
    consent: { forward: consent.forward, statedAt: RECEIVED, version: 0 },
    forwardedRevision: basis === 'MANDATORY' || consent.forward ? 1 : null,
    withdrawal: null,
    ...over,
  };
};
