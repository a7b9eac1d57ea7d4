import { assess, confirm, propose } from './assessment.js';
import { inHours, type Judged, type Platform, provisions } from './case.js';
import { decide } from './council.js';
import { type Counts, reportMoves, reportUrl, thisMonth, together } from './counts.js';
import { GRAVE, OVERSEAS } from './kinds/kind.js';
import { draft, issue, outstanding, reaches, refusedFor, tryToIssue } from './orders.js';
import { countedOf, opened, type Opened, submitReal } from './reporting.js';
import { approve, record } from './safeguards.js';
import { look, type Telling } from './telling.js';

/** Eighteen real incidents in, and what classification opens for them. */
export async function reports(platform: Platform, story: Telling, now: number, run: string): Promise<Opened[]> {
  const { at } = platform;
  const accepted = await submitReal(platform, now, run);
  story.tell({
    what: `${accepted.length} real incidents from the public record are reported, each answered with a signed receipt`,
    who: 'partner-power, partner-hospital, partner-defence (stand-ins for the organisations concerned)',
    provision: 'reporting duty of designated operators; voluntary reports of others with consent to forward',
    invented: 'addresses, contacts, consent and times of day; dates are moved to the last 48 hours',
    look: look(`${at.intake}/v1/reports`, 'partner-power'),
  });
  const all: Opened[] = [];
  for (const { real, reportId } of accepted) {
    all.push({ real, reportId, incident: await opened(platform, reportId) });
  }
  const provisional = all.filter(({ incident }) => incident.determination.outcome === 'PROVISIONAL').length;
  story.tell({
    what: `classification opens ${all.length} incidents; what a report cannot know stays unknown, so ${provisional} are provisional`,
    who: 'classification, from intake.reports.v1',
    provision: 'unknowns add safeguards, never authority',
    look: look(`${at.classification}/v1/incidents`, 'analyst-1'),
  });
  return all;
}

/** Facts, planned time, scope, confirmation by a second person. */
async function judge(platform: Platform, story: Telling, all: readonly Opened[]): Promise<Judged> {
  const { real, incident } = all.find((one) => one.real.report.externalId.startsWith(OVERSEAS))!;
  const known = await assess(platform, incident.incidentId, {
    ...GRAVE,
    noTimeForPriorApproval: 'FALSE',
    plannedActionAt: inHours(1),
  });
  const url = `${platform.at.classification}/v1/incidents/${incident.incidentId}`;
  const { determination } = known;
  story.tell({
    what: `“${String(real.report['title'])}”: assessed, the answer is ${determination.outcome}, NSC review ${determination.nscReview.required} (${determination.nscReview.bases.join(', ')})`,
    who: 'analyst-1',
    provision: provisions(determination),
    invented: 'the assessments and the planned time',
    detail: [`public source: ${real.source.publisher}, ${real.source.url}`],
    look: look(url, 'analyst-1'),
  });
  const judged = await propose(platform, known, { executor: 'NPA_SOLE' });
  await confirm(platform, judged);
  story.tell({
    what: `a measure is proposed and confirmed by a second person: scope ${judged.scopeDigest.slice(0, 19)}…`,
    who: 'analyst-1 proposes, analyst-2 confirms (the database refuses the same person)',
    provision: provisions(determination),
    invented: 'the measure',
    look: look(url, 'analyst-2'),
  });
  return judged;
}

/** One incident from its report to the agency's last word. */
export async function journey(platform: Platform, story: Telling, all: readonly Opened[]): Promise<Judged> {
  const { at } = platform;
  const judged = await judge(platform, story, all);
  const { incidentId, determination } = judged;
  const orderId = await draft(platform, judged, 'NPA_SOLE');
  const early = await tryToIssue(platform, orderId);
  if (early.status !== 409) throw new Error(`an order without safeguards was answered ${early.status}`);
  story.tell({
    what: 'an order is drafted and tried at once: it is refused, and the refusal names what is missing',
    who: 'officer-1 drafts, officer-2 tries to issue',
    provision: 'authorise: the only door to an order',
    detail: refusedFor(early.body),
    look: look(`${at.tasking}/v1/incidents/${incidentId}/safeguards`, 'officer-1'),
  });

  const { reviewId, meeting, same } = await decide(platform, judged, {
    outcome: 'APPROVED_WITH_CONDITIONS',
    conditions: ['The foreign ministry is told of the result within a day.'],
  });
  story.tell({
    what: `an urgent NSC meeting of ${meeting.members.length} ministers is called for ${meeting.startsAt}, computed from their calendars; it approves with one condition`,
    who: `secretariat-1 records, secretariat-2 enters outcome and expiry again, unseen (the first person's own confirmation: ${same})`,
    provision: 'five-minister form: overseas servers are reviewed by the NSC in advance; urgency never skips it',
    invented: 'attendance, decision and condition',
    detail: [meeting.members.map(({ role }) => role).join(', ')],
    look: look(`${at.scheduling}/v1/reviews/${reviewId}`, 'secretariat-2'),
  });

  await approve(platform, judged);
  story.tell({
    what: 'the oversight commission is asked for prior approval and gives it',
    who: 'officer-1 asks, commission-1 rules, commission-2 confirms',
    provision: 'Police Duties Execution Act 6-2: prior approval of the commission',
    invented: 'the request’s reasons and the ruling',
    look: look(`${at.oversight}/v1/rulings?incidentId=${incidentId}`, 'commission-1'),
  });
  await record(platform, judged, 'FOREIGN_MINISTER_CONSULTATION');
  story.tell({
    what: 'the foreign minister has been consulted; the record is entered and confirmed',
    who: 'mofa records, officer-1 confirms',
    provision: 'Police Duties Execution Act 6-2: consultation where a server is not known to be in Japan',
    invented: 'the document',
    look: look(`${at.tasking}/v1/incidents/${incidentId}/safeguards`, 'officer-1'),
  });

  await outstanding(platform, judged);
  const url = `${at.tasking}/v1/orders/${orderId}`;
  await issue(platform, orderId);
  story.tell({
    what: 'every safeguard is met: the order is issued, signed, sealed to the National Police Agency alone',
    who: 'officer-2 issues what officer-1 drafted; classification, scheduling and oversight said that all still stands',
    provision: provisions(determination),
    look: look(url, 'officer-1'),
  });
  const { history } = await reaches(platform, orderId, 'COMPLETED');
  story.tell({
    what: 'the agency opened it, verified it, accepted, started and reported completion, each with its own signature',
    who: 'agency-npa, a process of its own that knows endpoints.json alone, over tasking.npa.v1 and agency.npa.v1',
    provision: 'overseas servers: the police alone, or jointly with the SDF',
    invented: 'what the agency reports; nothing was done to any server',
    detail: history.map(({ to, at: when }) => `${to} ${when}`),
    look: look(url, 'inspector'),
  });
  return judged;
}

/** What the report counts of `reports` and `journey` together. */
export function journeyCounts(all: readonly Opened[]): Counts {
  const received = all.map(({ real }) => Object.fromEntries(countedOf(real).map((figure) => [figure, 1])));
  return together([
    ...received,
    {
      ...{ 'incidents.confirmed': 1, 'determinations.byOutcome.DETERMINED': 1 },
      ...{ 'determinations.byBasis.OVERSEAS_SERVER': 1, 'nsc.reviewsOpened': 1, 'nsc.meetings': 1 },
      ...{ 'nsc.urgentMeetings': 1, 'nsc.decisions': 1, 'nsc.approved': 1 },
      ...{ 'nsc.byOutcome.APPROVED_WITH_CONDITIONS': 1, 'commission.asked': 1, 'commission.ruled': 1 },
      ...{ 'commission.approved': 1, 'evidence.confirmedBySafeguard.FOREIGN_MINISTER_CONSULTATION': 1 },
      ...{ 'orders.drafted': 1, 'orders.refused': 1, 'orders.refusedByMissing.NSC_APPROVAL': 1 },
      ...{ 'orders.refusedByMissing.COMMISSION_APPROVAL': 1 },
      ...{ 'orders.refusedByMissing.FOREIGN_MINISTER_CONSULTATION': 1, 'orders.issued': 1 },
      ...{ 'orders.byExecutor.NPA_SOLE': 1, 'orders.acknowledged': 1, 'orders.executing': 1 },
      ...{ 'orders.completed': 1, 'orders.serversTouched': 1 },
    },
  ]);
}

/** The commission fetches the month's report: its figures have moved by exactly what was done. */
export async function periodicReport(
  platform: Platform,
  story: Telling,
  before: Counts,
  expected: Counts,
): Promise<void> {
  const now = await reportMoves(platform, before, expected);
  story.tell({
    what: `the periodic report of ${thisMonth()} shows it: its figures match what was done, counted from recorded events`,
    who: 'commission-1',
    provision: 'Act 42 of 2025, art. 61-2: report to the Diet',
    detail: [
      `reports ${now['reports.received']} · NSC approvals ${now['nsc.approved']} · commission approvals ${now['commission.approved']}`,
      `orders refused ${now['orders.refused']} · issued ${now['orders.issued']} · completed ${now['orders.completed']} · stopped ${now['orders.stopped']}`,
      `all ${Object.keys(expected).length} figures that should have moved did, by as much as they should`,
    ],
    look: look(reportUrl(platform), 'commission-1'),
  });
}
