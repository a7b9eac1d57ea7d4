import type { TopicName } from '@sekisho/contracts';
import { events, type Row, type World } from './world.js';

type Adds = (data: Row) => readonly string[];

/** What an event adds to the report, told once more apart from the service's own count. */
const ADDS: Readonly<Partial<Record<TopicName, Readonly<Record<string, Adds>>>>> = {
  'intake.reports.v1': {
    'report-submitted.v1': ({ report, organisation, released }) => [
      released === true ? 'reports.released' : 'reports.received',
      `reports.byForm.${report.form}`,
      `reports.byBasis.${report.basis}`,
      `reports.bySector.${organisation.sector}`,
    ],
    'report-withheld.v1': ({ revision }) =>
      revision === undefined ? ['reports.received', 'reports.withheld'] : ['reports.revised'],
    'report-revised.v1': () => ['reports.revised'],
    'report-withdrawn.v1': () => ['reports.withdrawn'],
    'deadline-missed.v1': ({ applies }) => (applies === 'APPLIES' ? ['intake.deadlinesMissed'] : []),
  },
  'classification.determinations.v1': {
    'incident-opened.v1': () => ['incidents.opened'],
    'fact-contested.v1': () => ['incidents.factsContested'],
    'determination-confirmed.v1': ({ determination: { outcome, nscReview } }) => [
      `determinations.byOutcome.${outcome}`,
      ...(nscReview.bases as string[]).map((basis) => `determinations.byBasis.${basis}`),
    ],
  },
  'nsc.reviews.v1': {
    'review-opened.v1': () => ['nsc.reviewsOpened'],
    'review-superseded.v1': () => ['nsc.reviewsSuperseded'],
    // Under a later version a meeting is only moved.
    'meeting-scheduled.v1': ({ version, urgent }) =>
      version > 1 ? [] : ['nsc.meetings', ...only(urgent, 'nsc.urgentMeetings')],
    'decision-confirmed.v1': ({ outcome }) => [
      'nsc.decisions',
      `nsc.byOutcome.${outcome}`,
      ...only(/^APPROVED/.test(outcome), 'nsc.approved'),
    ],
    'decision-withdrawn.v1': () => ['nsc.withdrawn'],
  },
  'tasking.decisions.v1': {
    'commission-requested.v1': ({ timing }) => [
      'commission.asked',
      ...only(timing === 'POST_NOTIFICATION', 'commission.urgent'),
    ],
    'evidence-confirmed.v1': ({ safeguard }) => [`evidence.confirmedBySafeguard.${safeguard}`],
    'order-drafted.v1': () => ['orders.drafted'],
    'order-refused.v1': ({ outstanding }) => [
      'orders.refused',
      ...(outstanding as Row[]).map(({ kind }) => `orders.refusedByMissing.${kind}`),
    ],
    'order-recorded.v1': ({ executor }) => ['orders.issued', `orders.byExecutor.${executor}`],
    'order-state-changed.v1': ({ from, to }) => {
      // Back to where its agencies are. The issuance itself is told by the order.
      if (from === 'SUSPENDED' && ['ISSUED', 'ACKNOWLEDGED'].includes(to)) return ['orders.resumed'];
      return only(!['ISSUED', 'REVOKED', 'EXPIRED'].includes(to), `orders.${camelCase(to)}`);
    },
    'return-recorded.v1': ({ accepted, payload }) => {
      if (!accepted) return ['orders.returnsRejected'];
      if (!['COMPLETED', 'FAILED', 'STOPPED'].includes(payload.kind)) return [];
      return [...new Set<string>(payload.serversTouched)].map(() => 'orders.serversTouched');
    },
  },
  'oversight.rulings.v1': {
    'ruling-confirmed.v1': ({ outcome }) => ['commission.ruled', `commission.${outcome.toLowerCase()}`],
  },
};

const only = (holds: boolean, figure: string): string[] => (holds ? [figure] : []);
const camelCase = (state: string): string =>
  state.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Figures counted from the topics alone; one that nothing adds to is not among them. */
export function recount(world: World): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (figure: string, count = 1): void => {
    if (count !== 0) counts.set(figure, (counts.get(figure) ?? 0) + count);
  };
  for (const [topic, types] of Object.entries(ADDS) as [TopicName, Readonly<Record<string, Adds>>][]) {
    for (const { type, data } of events(world, topic)) for (const figure of types[type]?.(data) ?? []) add(figure);
  }
  const confirmed = events(world, 'classification.determinations.v1').filter(
    ({ type }) => type === 'determination-confirmed.v1',
  );
  add('incidents.confirmed', new Set(confirmed.map(({ data }) => data['incidentId'])).size);
  // An attendance that is corrected counts as it is last.
  const attended = events(world, 'nsc.reviews.v1').filter(({ type }) => type === 'attendance-recorded.v1');
  for (const { members } of new Map(attended.map(({ data }) => [data['meetingId'], data])).values()) {
    for (const { attendance } of members as Row[]) {
      if (attendance === 'SUBSTITUTE') add('nsc.substitutes');
      if (attendance === 'RECUSED') add('nsc.recusals');
    }
  }
  add('commission.closingStock', (counts.get('commission.asked') ?? 0) - (counts.get('commission.ruled') ?? 0));
  return counts;
}
