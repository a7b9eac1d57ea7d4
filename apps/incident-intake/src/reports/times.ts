import type { Finding, ReportForm } from '@sekisho/contracts';

/** How far the clocks of a partner and of ours, or of two machines of a partner's, may differ. */
const GRACE_MS = 15 * 60_000;

const after = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other) + GRACE_MS;

/**
 * What is wrong with a report's times whatever is found out later: nothing is recognised before it happens, and nothing that is reported
 * has happened after the report came in. These refuse a report; a time that is not known may be left out.
 */
export function faultsOfTimes(
  { occurredAt, recognisedAt, consent }: Pick<ReportForm, 'occurredAt' | 'recognisedAt' | 'consent'>,
  receivedAt: string,
): Finding[] {
  const faults: Finding[] = [];
  const values = { receivedAt };
  if (after(recognisedAt, receivedAt)) {
    faults.push({ pointer: '/recognisedAt', code: 'recognised-in-future', values });
  }
  if (occurredAt !== undefined && after(occurredAt, receivedAt)) {
    faults.push({ pointer: '/occurredAt', code: 'occurred-in-future', values });
  } else if (occurredAt !== undefined && after(occurredAt, recognisedAt)) {
    faults.push({ pointer: '/occurredAt', code: 'occurred-after-recognised', values: { recognisedAt } });
  }
  if (consent.at !== undefined && after(consent.at, receivedAt)) {
    faults.push({ pointer: '/consent/at', code: 'consent-in-future', values });
  }
  return faults;
}
