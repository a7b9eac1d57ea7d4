import type { Reply } from './caller.js';
import type { Judged, Platform } from './case.js';

export interface Order {
  readonly orderId: string;
  readonly state: string;
  readonly conditions: readonly string[];
  readonly agencies: readonly { readonly agency: string; readonly state: string }[];
  /** What an agency answered after it had been told to stop. */
  readonly afterStop: readonly {
    readonly agency: string;
    readonly kind: string;
    readonly serversTouched: readonly string[];
  }[];
  readonly obligations: readonly {
    readonly kind: string;
    readonly owedBy: string;
    readonly dueAt: string;
    readonly state: string;
  }[];
  readonly history: readonly { readonly from: string; readonly to: string; readonly at: string }[];
}

export interface Refusal {
  readonly type: string;
  readonly detail?: string;
  readonly reasons?: readonly { readonly code: string; readonly detail?: string }[];
  readonly outstanding?: readonly { readonly kind: string; readonly reason: string; readonly suppliedBy: string }[];
}

/** One officer drafts an order; answers its id. */
export async function draft(
  { at, call }: Platform,
  { incidentId, scopeDigest }: Judged,
  executor: string,
): Promise<string> {
  const { orderId } = await call.until('tasking to know the scope', async () => {
    const body = { incidentId, scopeDigest, executor };
    const reply = await call.call<{ orderId: string }>('officer-1', 'POST', `${at.tasking}/v1/orders`, body);
    return reply.status === 201 ? reply.body : undefined;
  });
  return orderId;
}

/** Another officer tries to issue it; the answer as it is, an order or a refusal. */
export const tryToIssue = ({ at, call }: Platform, orderId: string): Promise<Reply<Order & Refusal>> =>
  call.call<Order & Refusal>('officer-2', 'POST', `${at.tasking}/v1/orders/${orderId}/issuance`, {});

/** Waits until tasking has what was given for the scope: these are all that is outstanding, each a safeguard or `SAFEGUARD REASON`. */
export async function outstanding(
  { at, call }: Platform,
  { incidentId }: Judged,
  expected: readonly string[] = [],
): Promise<void> {
  await call.until(`tasking to miss ${expected.join(', ') || 'nothing'}`, async () => {
    const url = `${at.tasking}/v1/incidents/${incidentId}/safeguards`;
    const { outstanding: open } = await call.get<{ outstanding: { kind: string; reason: string }[] }>('officer-2', url);
    const isAs = (name: string, at: number): boolean =>
      [open[at]?.kind, `${open[at]?.kind} ${open[at]?.reason}`].includes(name);
    return (open.length === expected.length && expected.every(isAs)) || undefined;
  });
}

/** The owner was away or could not answer then: no word on whether what it gave still stands. */
const UNASKED = /cannot be reached|answered 5\d\d/;

/** Another officer issues it, again while an owner cannot be asked. Throws what the refusal says where it is refused. */
export function issue(platform: Platform, orderId: string): Promise<Order> {
  return platform.call.until('the owners to be asked', async () => {
    const { status, body } = await tryToIssue(platform, orderId);
    if (status === 200) return body;
    if (body.reasons?.some(({ detail }) => UNASKED.test(detail ?? ''))) return undefined;
    throw new Error(`the issuance of order ${orderId} was answered ${status}: ${refusedFor(body).join(', ')}`);
  });
}

export const order = ({ at, call }: Platform, orderId: string): Promise<Order> =>
  call.get<Order>('officer-1', `${at.tasking}/v1/orders/${orderId}`);

/** Waits until the order has come so far. */
export function reaches(platform: Platform, orderId: string, state: string): Promise<Order> {
  return platform.call.until(`order ${orderId} to be ${state}`, async () => {
    const now = await order(platform, orderId);
    return now.state === state ? now : undefined;
  });
}

/** What a refusal names: the safeguards that are missing, each with the reason, and every other reason. */
export function refusedFor({ reasons = [], outstanding: open = [], type }: Refusal): string[] {
  const others = reasons.filter(({ code }) => code !== 'SAFEGUARD_OUTSTANDING');
  const named = [...open.map(({ kind, reason }) => `${kind} ${reason}`), ...others.map(({ code }) => code)];
  return named.length > 0 ? named : [type.replace(/^.*[/:]/, '')];
}
