import type { Agency, ReturnPayload } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import type { OrderRow } from '../orders/order.js';
import { provenance } from '../provenance.js';

/** States of an agency's part once it was told to stop: it has not answered yet, or has answered that it stopped. */
const TOLD: readonly string[] = ['STOP_REQUESTED', 'STOPPED'];
const ACTS: readonly ReturnPayload['kind'][] = ['STARTED', 'COMPLETED', 'FAILED'];

/** Whether a return tells of something done although the agency had been told to stop. `order` is as it was before the return. */
function isActAfterStop(
  order: { readonly parts: readonly { readonly agency: string; readonly state: string }[] },
  agency: Agency,
  { kind, serversTouched }: Pick<ReturnPayload, 'kind' | 'serversTouched'>,
): boolean {
  const own = order.parts.find((part) => part.agency === agency);
  return own !== undefined && TOLD.includes(own.state) && (ACTS.includes(kind) || serversTouched.length > 0);
}

/** Lists such a return apart, whether it was accepted (`rejected` is null) or not. Sent again, it is listed once. */
export async function recordActAfterStop(
  tx: Tx,
  context: EventContext,
  order: OrderRow,
  agency: Agency,
  payload: ReturnPayload,
  { at, rejected }: { readonly at: string; readonly rejected: string | null },
): Promise<void> {
  if (!isActAfterStop(order, agency, payload)) return;
  const { jti, kind, at: actedAt, serversTouched } = payload;
  const told = { orderId: order.id, agency, jti, kind, actedAt: new Date(actedAt), serversTouched, rejected };
  await tx.actAfterStop.createMany({
    data: [{ ...told, recordedAt: at, ...provenance(`/agency-${agency}`, context) }],
    skipDuplicates: true,
  });
}
