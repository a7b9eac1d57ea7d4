import type { Executor } from './determination.js';
import type { CommissionApproval, Evidence } from './evidence.js';
import { isCommission } from './evidence.js';
import { hoursAfter, instant } from './instant.js';
import type { Agency, OrderRecord, ReturnKind } from './order-record.js';
import type { TimeLimits } from './time-limits.js';
import { TIME_LIMITS, limitsAt } from './time-limits.js';

export const OBLIGATION_KINDS = [
  'ACKNOWLEDGEMENT',
  'COMPLETION_REPORT',
  'COMMISSION_NOTIFICATION',
  'STOP_ANSWER',
  'RULING_ANSWER',
] as const;
export type ObligationKind = (typeof OBLIGATION_KINDS)[number];

/** Something owed. `metAt` later than `dueAt` is met late; OVERDUE is past `dueAt` and not met. */
export interface Obligation {
  kind: ObligationKind;
  owedBy: Agency | 'tasking-officer';
  dueAt: string;
  metAt: string | null;
  state: 'OPEN' | 'MET' | 'OVERDUE';
  provision: string;
}

const AGENCIES: Record<Executor, Agency[]> = {
  NPA_SOLE: ['agency-npa'],
  JOINT_NPA_SDF: ['agency-npa', 'agency-sdf'],
  SDF: ['agency-sdf'],
};
const FINAL: readonly ReturnKind[] = ['COMPLETED', 'FAILED', 'NOT_EXECUTED', 'STOPPED'];

/**
 * What is owed after an order was given, and until when, as known at `at` (RFC 3339 with offset): what is dated later is
 * not seen. In a joint order each agency owes its own answers. `limits` are dated: those in force when the clock of an
 * obligation starts count, and where none are yet, the first.
 *
 * Source: notification after an urgent act is [S]; its time limit and everything else here is our own [P].
 */
export function obligations(
  order: OrderRecord,
  evidence: readonly Evidence[],
  at: string,
  limits: readonly TimeLimits[] = TIME_LIMITS,
): Obligation[] {
  const seen = (time: string) => instant(time) <= instant(at);
  const returns = order.returns.filter((each) => seen(each.at));
  const first = (agency: Agency, kinds: readonly ReturnKind[]) =>
    earliest(returns.filter((each) => each.agency === agency && kinds.includes(each.kind)).map((each) => each.at));
  const owe = (
    kind: ObligationKind,
    owedBy: Obligation['owedBy'],
    dueAt: string,
    done: (string | null)[],
  ): Obligation => {
    const metAt = earliest(done.filter((time) => time !== null).filter(seen));
    const state = metAt !== null ? 'MET' : instant(at) <= instant(dueAt) ? 'OPEN' : 'OVERDUE';
    return { kind, owedBy, dueAt, metAt, state, provision: PROVISIONS[kind] };
  };

  const owed = AGENCIES[order.executor].flatMap((agency) => {
    const declined = first(agency, ['DECLINED']);
    const ended = first(agency, FINAL);
    const accepted = first(agency, ['ACKNOWLEDGED', 'STARTED', ...FINAL]);
    const report = declined === null ? [owe('COMPLETION_REPORT', agency, order.notAfter, [ended, order.fellAt])] : [];
    const stops = order.stops.filter(({ requestedAt }) => seen(requestedAt));
    return [
      owe('ACKNOWLEDGEMENT', agency, order.acknowledgeBy, [declined, accepted, order.fellAt]),
      ...report,
      ...stops.map(({ answerBy }) => owe('STOP_ANSWER', agency, answerBy, [declined, ended])),
    ];
  });

  const startedAt = earliest(returns.filter(({ kind }) => kind === 'STARTED').map((each) => each.at));
  const current = evidence.filter(isCommission).filter(({ scopeDigest }) => scopeDigest === order.scopeDigest);
  if (startedAt !== null && actedUrgently(current, startedAt)) {
    const { notificationHours } = limitsAt(limits, startedAt);
    owed.push(
      owe('COMMISSION_NOTIFICATION', 'tasking-officer', hoursAfter(startedAt, notificationHours), [order.notifiedAt]),
    );
  }
  for (const { outcome, ruledAt } of current) {
    if (outcome !== 'UNJUSTIFIED' || ruledAt === null || !seen(ruledAt)) continue;
    const { rulingAnswerHours } = limitsAt(limits, ruledAt);
    const { rulingAnsweredAt } = order;
    const answered = instant(rulingAnsweredAt) >= instant(ruledAt) ? rulingAnsweredAt : null;
    owed.push(owe('RULING_ANSWER', 'tasking-officer', hoursAfter(ruledAt, rulingAnswerHours), [answered]));
  }
  return owed;
}

/** The provision, or the rule of our own, on which an obligation rests. */
const PROVISIONS: Record<ObligationKind, string> = {
  ACKNOWLEDGEMENT: '[P] an agency accepts or declines an order in time',
  COMPLETION_REPORT: '[P] an agency reports how an order ended',
  COMMISSION_NOTIFICATION: 'commission-approval',
  STOP_ANSWER: '[P] an agency that is told to stop answers',
  RULING_ANSWER: '[P] a ruling that an act was not justified is answered',
};

function earliest(times: readonly string[]): string | null {
  return times.reduce<string | null>((one, two) => (one === null || instant(two) < instant(one) ? two : one), null);
}

/** Was there an urgent record and no approval when the act began? */
function actedUrgently(requests: readonly CommissionApproval[], startedAt: string): boolean {
  const approved = requests.some(
    ({ outcome, ruledAt }) => outcome === 'APPROVED' && instant(ruledAt) <= instant(startedAt),
  );
  return !approved && requests.some(({ timing }) => timing === 'POST_NOTIFICATION');
}
