import type { FiguresView } from '@sekisho/contracts';
import type { RecordedEvent } from '../ledger/event.store.js';
import { Stages } from './stages.js';

type Counts = Record<string, number>;

const bump = (counts: Counts, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

const empty = (): FiguresView => ({
  reports: { received: 0, withheld: 0, released: 0, revised: 0, withdrawn: 0, byForm: {}, bySector: {}, byBasis: {} },
  intake: { deadlinesMissed: 0 },
  incidents: { opened: 0, confirmed: 0, factsContested: 0 },
  determinations: { byOutcome: {}, byBasis: {} },
  nsc: {
    reviewsOpened: 0,
    reviewsSuperseded: 0,
    meetings: 0,
    urgentMeetings: 0,
    substitutes: 0,
    recusals: 0,
    decisions: 0,
    approved: 0,
    withdrawn: 0,
    byOutcome: {},
  },
  commission: {
    openingStock: 0,
    asked: 0,
    ruled: 0,
    closingStock: 0,
    approved: 0,
    refused: 0,
    returned: 0,
    justified: 0,
    unjustified: 0,
    urgent: 0,
  },
  evidence: { confirmedBySafeguard: {} },
  orders: {
    drafted: 0,
    refused: 0,
    refusedByMissing: {},
    issued: 0,
    byExecutor: {},
    acknowledged: 0,
    declined: 0,
    executing: 0,
    completed: 0,
    failed: 0,
    notExecuted: 0,
    stopRequested: 0,
    stopped: 0,
    suspended: 0,
    resumed: 0,
    serversTouched: 0,
    returnsRejected: 0,
  },
  stages: {},
  complaints: null,
  inspections: null,
});

const ORDER_STATES = {
  ACKNOWLEDGED: 'acknowledged',
  DECLINED: 'declined',
  EXECUTING: 'executing',
  COMPLETED: 'completed',
  FAILED: 'failed',
  NOT_EXECUTED: 'notExecuted',
  STOP_REQUESTED: 'stopRequested',
  STOPPED: 'stopped',
  SUSPENDED: 'suspended',
} as const;

type Count = (figures: FiguresView, event: RecordedEvent) => void;

/** What each type of event adds to the figures of the period in which it lies. */
const COUNTS: Record<string, Count> = {
  'report-submitted.v1': ({ reports }, { data }) => {
    reports[data.released ? 'released' : 'received'] += 1;
    bump(reports.byForm, data.report.form);
    bump(reports.bySector, data.organisation.sector);
    bump(reports.byBasis, data.report.basis);
  },
  'report-withheld.v1': ({ reports }, { data }) => {
    if (data.revision !== undefined) reports.revised += 1;
    else {
      reports.received += 1;
      reports.withheld += 1;
    }
  },
  'deadline-missed.v1': ({ intake }, { data }) => {
    if (data.applies === 'APPLIES') intake.deadlinesMissed += 1;
  },
  'report-revised.v1': ({ reports }) => void (reports.revised += 1),
  'report-withdrawn.v1': ({ reports }) => void (reports.withdrawn += 1),
  'incident-opened.v1': ({ incidents }) => void (incidents.opened += 1),
  'fact-contested.v1': ({ incidents }) => void (incidents.factsContested += 1),
  'determination-confirmed.v1': ({ determinations }, { data }) => {
    bump(determinations.byOutcome, data.determination.outcome);
    for (const basis of data.determination.nscReview.bases) bump(determinations.byBasis, basis);
  },
  'review-opened.v1': ({ nsc }) => void (nsc.reviewsOpened += 1),
  'review-superseded.v1': ({ nsc }) => void (nsc.reviewsSuperseded += 1),
  'meeting-scheduled.v1': ({ nsc }, { data }) => {
    // A meeting that is moved is scheduled again under the next version.
    if (data.version > 1) return;
    nsc.meetings += 1;
    if (data.urgent) nsc.urgentMeetings += 1;
  },
  'decision-confirmed.v1': ({ nsc }, { data }) => {
    nsc.decisions += 1;
    bump(nsc.byOutcome, data.outcome);
    if (data.outcome.startsWith('APPROVED')) nsc.approved += 1;
  },
  'decision-withdrawn.v1': ({ nsc }) => void (nsc.withdrawn += 1),
  'commission-requested.v1': ({ commission }, { data }) => {
    commission.asked += 1;
    if (data.timing === 'POST_NOTIFICATION') commission.urgent += 1;
  },
  'ruling-confirmed.v1': ({ commission }, { data }) => {
    commission.ruled += 1;
    commission[data.outcome.toLowerCase() as 'approved' | 'refused' | 'returned' | 'justified' | 'unjustified'] += 1;
  },
  'evidence-confirmed.v1': ({ evidence }, { data }) => bump(evidence.confirmedBySafeguard, data.safeguard),
  'order-drafted.v1': ({ orders }) => void (orders.drafted += 1),
  'order-refused.v1': ({ orders }, { data }) => {
    orders.refused += 1;
    for (const { kind } of data.outstanding) bump(orders.refusedByMissing, kind);
  },
  'order-recorded.v1': ({ orders }, { data }) => {
    orders.issued += 1;
    bump(orders.byExecutor, data.executor);
  },
  'order-state-changed.v1': ({ orders }, { data }) => {
    const figure =
      data.from === 'SUSPENDED' && ['ISSUED', 'ACKNOWLEDGED'].includes(data.to)
        ? 'resumed'
        : ORDER_STATES[data.to as keyof typeof ORDER_STATES];
    if (figure) orders[figure] += 1;
  },
  'return-recorded.v1': ({ orders }, { data }) => {
    if (!data.accepted) orders.returnsRejected += 1;
    else if (['COMPLETED', 'FAILED', 'STOPPED'].includes(data.payload.kind)) {
      orders.serversTouched += new Set(data.payload.serversTouched).size;
    }
  },
};

/** Types of events that figures are made of. */
export const COUNTED = [...Object.keys(COUNTS), 'attendance-recorded.v1'];

/**
 * The figures of a period, counted from all events before its end: those before its beginning make the opening stock. An event counts
 * once however often it is given, and the order in which events come does not matter.
 */
export class Figures {
  private readonly result = empty();
  private readonly seen = new Set<string>();
  private readonly confirmed = new Map<string, string>();
  private readonly attendances = new Map<string, { readonly place: string; readonly kinds: readonly string[] }>();
  private readonly stages: Stages;

  constructor(private readonly period: { readonly from: string; readonly to: string }) {
    this.stages = new Stages(period);
  }

  add(event: RecordedEvent): void {
    const id = `${event.topic}/${event.id}`;
    if (this.seen.has(id) || event.time >= this.period.to) return;
    this.seen.add(id);
    this.stages.add(event);
    // A case is confirmed again with its scope: it counts once, in the period of its first confirmation.
    if (event.type === 'determination-confirmed.v1') {
      const { incidentId } = event.data;
      const first = this.confirmed.get(incidentId);
      if (first === undefined || event.time < first) this.confirmed.set(incidentId, event.time);
    }
    if (event.time >= this.period.from) this.count(event);
    else if (event.type === 'commission-requested.v1') this.result.commission.openingStock += 1;
    else if (event.type === 'ruling-confirmed.v1') this.result.commission.openingStock -= 1;
  }

  private count(event: RecordedEvent): void {
    const { type, data } = event;
    COUNTS[type]?.(this.result, event);
    if (type !== 'attendance-recorded.v1') return;
    // An attendance may be corrected: it counts as it is last. Ids grow with time and tell apart what one instant holds.
    const { meetingId, recordedAt, members } = data;
    const place = `${new Date(recordedAt).toISOString()} ${event.id}`;
    if (place < (this.attendances.get(meetingId)?.place ?? '')) return;
    const kinds = members.map((member: { attendance: string }) => member.attendance);
    this.attendances.set(meetingId, { place, kinds });
  }

  view(): FiguresView {
    const { commission, incidents, nsc } = this.result;
    const kinds = [...this.attendances.values()].flatMap((each) => each.kinds);
    const away = (wanted: string): number => kinds.filter((kind) => kind === wanted).length;
    const confirmed = [...this.confirmed.values()].filter((first) => first >= this.period.from).length;
    const closingStock = commission.openingStock + commission.asked - commission.ruled;
    return {
      ...this.result,
      incidents: { ...incidents, confirmed },
      nsc: { ...nsc, substitutes: away('SUBSTITUTE'), recusals: away('RECUSED') },
      commission: { ...commission, closingStock },
      stages: this.stages.view(),
    };
  }
}
