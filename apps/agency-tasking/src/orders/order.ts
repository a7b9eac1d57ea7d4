import type { ActAfterStop, Actor, Agency, OrderState, OrderView, ReturnPayload } from '@sekisho/contracts';
import type { Executor } from '@sekisho/guideline';
import type { Prisma } from '../generated/prisma/client.js';

export const WITH_PARTS = {
  parts: { orderBy: { agency: 'asc' } },
  changes: { orderBy: { version: 'asc' } },
  afterStop: { orderBy: { position: 'asc' } },
  basis: true,
} as const satisfies Prisma.TaskingOrderInclude;

export type OrderRow = Prisma.TaskingOrderGetPayload<{ include: typeof WITH_PARTS }>;

/** Who gets an order to an executor. In a joint one the police lead. */
export const agenciesOf = (executor: Executor): readonly Agency[] =>
  executor === 'JOINT_NPA_SDF' ? ['npa', 'sdf'] : executor === 'SDF' ? ['sdf'] : ['npa'];

/** Return kinds that need the time for which the order was given. */
export const NEEDS_TIME: readonly ReturnKind[] = ['ACKNOWLEDGED', 'STARTED'];

/** States in which an agency has an order that it may act on, or acts on. */
export const isLive = (state: string): boolean => ['ISSUED', 'ACKNOWLEDGED', 'EXECUTING', 'SUSPENDED'].includes(state);

/** States in which no agency has started on an order yet. */
export const isUnstarted = (state: string): boolean => ['ISSUED', 'ACKNOWLEDGED'].includes(state);

type ReturnKind = ReturnPayload['kind'];

/** States of an agency's part from which each kind of return is legal, and the state to which it leads. */
const RETURNS: Record<ReturnKind, { from: readonly OrderState[]; to: OrderState }> = {
  ACKNOWLEDGED: { from: ['ISSUED'], to: 'ACKNOWLEDGED' },
  DECLINED: { from: ['ISSUED', 'STOP_REQUESTED'], to: 'DECLINED' },
  STARTED: { from: ['ACKNOWLEDGED'], to: 'EXECUTING' },
  COMPLETED: { from: ['EXECUTING', 'STOP_REQUESTED'], to: 'COMPLETED' },
  FAILED: { from: ['EXECUTING', 'STOP_REQUESTED'], to: 'FAILED' },
  NOT_EXECUTED: { from: ['ACKNOWLEDGED', 'STOP_REQUESTED'], to: 'NOT_EXECUTED' },
  STOPPED: { from: ['STOP_REQUESTED'], to: 'STOPPED' },
};

/** What a return makes of an order: the part's new state, and the order's where that changes too. */
export type Step =
  | { readonly ok: true; readonly part: OrderState; readonly order: OrderState | null }
  | { readonly ok: false; readonly reason: string };

interface Parts {
  readonly state: string;
  readonly parts: readonly { readonly agency: string; readonly state: string }[];
}

/** Where the agencies are with an order that nobody has started, whether it is suspended or not. */
export const progressOf = ({ parts }: Pick<Parts, 'parts'>): 'ISSUED' | 'ACKNOWLEDGED' =>
  parts.every(({ state }) => state === 'ACKNOWLEDGED') ? 'ACKNOWLEDGED' : 'ISSUED';

/**
 * The step that a return is, if it is a legal one. A joint order is acknowledged once both agencies have acknowledged, and neither
 * starts before; it falls when one declines; it is done when both are. While it is suspended nobody starts, and what is acknowledged
 * stays suspended.
 */
export function stepOf(order: Parts, agency: Agency, kind: ReturnKind): Step {
  const own = order.parts.find((part) => part.agency === agency);
  if (!own) return { ok: false, reason: 'the order was not given to this agency' };
  const { from, to } = RETURNS[kind];
  if (!from.includes(own.state as OrderState)) return { ok: false, reason: `${kind} does not follow ${own.state}` };
  if (kind === 'STARTED' && !['ACKNOWLEDGED', 'EXECUTING'].includes(order.state)) {
    const reason = order.state === 'SUSPENDED' ? 'the order is suspended' : 'the other agency has not acknowledged yet';
    return { ok: false, reason };
  }
  const states = order.parts.map((part) => (part === own ? to : part.state));
  if (order.state !== 'SUSPENDED') return { ok: true, part: to, order: orderState(order.state, to, states) };
  const after = orderState(progressOf(order), to, states);
  return { ok: true, part: to, order: after === null || isUnstarted(after) ? null : after };
}

const ENDED = ['DECLINED', 'COMPLETED', 'FAILED', 'NOT_EXECUTED', 'STOPPED'];

function orderState(now: string, reached: OrderState, states: readonly string[]): OrderState | null {
  // It fell or ended: what the other agency still answers is kept with its own part.
  if (ENDED.includes(now)) return null;
  const all = states.every((state) => state === reached);
  if (reached === 'EXECUTING') return now === 'EXECUTING' ? null : 'EXECUTING';
  if (reached === 'ACKNOWLEDGED') return all ? 'ACKNOWLEDGED' : null;
  // Before both have acknowledged, one that will not do it makes the order fall, as does one that declines.
  const falls = reached === 'DECLINED' || (reached === 'NOT_EXECUTED' && now === 'ISSUED');
  if (falls && now !== 'STOP_REQUESTED') return 'DECLINED';
  const open = states.some((state) => ['ISSUED', 'ACKNOWLEDGED', 'EXECUTING', 'STOP_REQUESTED'].includes(state));
  if (open) return null;
  // All have ended: the graver word counts. Where one of them carried it out, it was executed.
  const executed = ['FAILED', 'COMPLETED', 'NOT_EXECUTED'] as const;
  const graver = now === 'EXECUTING' ? executed : (['FAILED', 'STOPPED', ...executed.slice(1), 'DECLINED'] as const);
  return graver.find((state) => states.includes(state)) ?? reached;
}

export const toOrderView = (row: OrderRow): OrderView => ({
  orderId: row.id,
  incidentId: row.incidentId,
  scopeDigest: row.scopeDigest,
  executor: row.executor as Executor,
  state: row.state as OrderState,
  version: row.version,
  draftedBy: row.draftedActor as Actor,
  draftedAt: row.draftedAt.toISOString(),
  issuedBy: row.issuedActor as Actor | null,
  issuedAt: row.issuedAt?.toISOString() ?? null,
  notBefore: row.notBefore?.toISOString() ?? null,
  notAfter: row.notAfter?.toISOString() ?? null,
  acknowledgeBy: row.acknowledgeBy?.toISOString() ?? null,
  conditions: row.conditions as string[],
  agencies: row.parts.map(({ agency, state }) => ({ agency: agency as Agency, state: state as OrderState })),
  standing: (row.basis?.standing ?? []) as OrderView['standing'],
  history: row.changes.map(({ fromState, toState, recordedAt, agency, reason }) => ({
    from: fromState as OrderState,
    to: toState as OrderState,
    at: recordedAt.toISOString(),
    agency: agency as Agency | null,
    reason,
  })),
  afterStop: row.afterStop.map((act) => ({
    agency: act.agency as Agency,
    kind: act.kind as ActAfterStop['kind'],
    at: act.actedAt.toISOString(),
    serversTouched: act.serversTouched as string[],
    recordedAt: act.recordedAt.toISOString(),
    accepted: act.rejected === null,
    reason: act.rejected,
  })),
});
