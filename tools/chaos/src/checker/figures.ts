import type { TopicName } from '@sekisho/contracts';
import { type Check, events, type Row, type World } from './world.js';

/** What an event adds to the report, told once more apart from the service's own count. */
const ADDS: readonly (readonly [TopicName, RegExp, (data: Row) => readonly string[]])[] = [
  [
    'intake.reports.v1',
    /^report-submitted\./,
    ({ report, organisation }) => [
      'reports.received',
      `reports.byForm.${report.form}`,
      `reports.byBasis.${report.basis}`,
      `reports.bySector.${organisation.sector}`,
    ],
  ],
  ['intake.reports.v1', /^report-withheld\./, () => ['reports.received', 'reports.withheld']],
  ['classification.determinations.v1', /^incident-opened\./, () => ['incidents.opened']],
  [
    'classification.determinations.v1',
    /^determination-confirmed\./,
    ({ determination: { outcome, nscReview } }) => [
      `determinations.byOutcome.${outcome}`,
      ...(nscReview.bases as string[]).map((basis) => `determinations.byBasis.${basis}`),
    ],
  ],
  ['nsc.reviews.v1', /^review-opened\./, () => ['nsc.reviewsOpened']],
  ['nsc.reviews.v1', /^review-superseded\./, () => ['nsc.reviewsSuperseded']],
  ['nsc.reviews.v1', /^meeting-scheduled\./, ({ version }) => (version === 1 ? ['nsc.meetings'] : [])],
  ['nsc.reviews.v1', /^decision-confirmed\./, ({ outcome }) => ['nsc.decisions', `nsc.byOutcome.${outcome}`]],
  ['tasking.decisions.v1', /^commission-requested\./, () => ['commission.asked']],
  [
    'oversight.rulings.v1',
    /^ruling-confirmed\./,
    ({ outcome }) => ['commission.ruled', `commission.${outcome.toLowerCase()}`],
  ],
  ['tasking.decisions.v1', /^evidence-confirmed\./, ({ safeguard }) => [`evidence.confirmedBySafeguard.${safeguard}`]],
  ['tasking.decisions.v1', /^order-drafted\./, () => ['orders.drafted']],
  ['tasking.decisions.v1', /^order-refused\./, () => ['orders.refused']],
  ['tasking.decisions.v1', /^order-recorded\./, ({ executor }) => ['orders.issued', `orders.byExecutor.${executor}`]],
  ['tasking.decisions.v1', /^order-state-changed\./, ({ to }) => FIGURES[to as string] ?? []],
  ['tasking.decisions.v1', /^return-recorded\./, ({ accepted }) => (accepted ? [] : ['orders.returnsRejected'])],
];

const FIGURES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ['ACKNOWLEDGED', 'DECLINED', 'EXECUTING', 'COMPLETED', 'FAILED', 'STOPPED'].map((state) => [
    state,
    [`orders.${state.toLowerCase()}`],
  ]),
);

/** Figures counted from the topics alone. */
export function recount(world: World): Map<string, number> {
  const counts = new Map<string, number>();
  const confirmed = new Set<string>();
  for (const [topic, type, adds] of ADDS) {
    for (const event of events(world, topic)) {
      if (!type.test(event.type)) continue;
      for (const name of adds(event.data)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  for (const { type, data } of events(world, 'classification.determinations.v1')) {
    if (type.startsWith('determination-confirmed.')) confirmed.add(data['incidentId'] as string);
  }
  counts.set('incidents.confirmed', confirmed.size);
  return counts;
}

/** The commission's periodic report says what the topics say, and knows of no missing event. */
export const figures: Check = (world) => {
  const name = 'the periodic report is what was published';
  const { report } = world;
  if ('fault' in report) return { name, counted: 'no report', faults: [report.fault] };
  const counted = recount(world);
  const faults = [...counted].flatMap(([figure, count]) =>
    (report.counts[figure] ?? 0) === count
      ? []
      : [`${figure}: ${count} were published, the report says ${report.counts[figure] ?? 0}`],
  );
  for (const { topic, missing } of report.basis)
    if (missing > 0) faults.push(`${topic}: the report misses ${missing} events`);
  for (const { orderId, stands, reasons } of report.reauthorised) {
    if (!stands) faults.push(`order ${orderId} does not stand re-authorisation: ${reasons.join(', ')}`);
  }
  const issued = counted.get('orders.issued') ?? 0;
  if (report.reauthorised.length !== issued)
    faults.push(`${issued} orders were issued, ${report.reauthorised.length} judged again`);
  return { name, counted: `${counted.size} figures recounted, ${issued} orders judged again`, faults };
};
