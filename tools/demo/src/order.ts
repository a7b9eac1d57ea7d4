import { type Journey, provisions } from './case.js';
import type { Judged } from './assessment.js';
import { look } from './telling.js';

interface Refusal {
  readonly outstanding?: { readonly kind: string; readonly suppliedBy?: string }[];
  readonly detail?: string;
}

const missing = (refusal: Refusal): string =>
  (refusal.outstanding ?? []).map(({ kind, suppliedBy }) => `${kind} (${suppliedBy ?? '?'})`).join(', ') ||
  String(refusal.detail);

/** An order is drafted before everything is there, to show that it is refused and why. */
export async function draft({ at, call, story }: Journey, { incidentId, scopeDigest }: Judged): Promise<string> {
  const { orderId } = await call.until('tasking to know the scope', async () => {
    const body = { incidentId, scopeDigest, executor: 'NPA_SOLE' };
    const reply = await call.call<{ orderId: string }>('officer-1', 'POST', `${at.tasking}/v1/orders`, body, 'order');
    return reply.status === 201 ? reply.body : undefined;
  });
  const early = await call.call<Refusal>(
    'officer-2',
    'POST',
    `${at.tasking}/v1/orders/${orderId}/issuance`,
    {},
    'issuance-early',
  );
  if (early.status !== 409) throw new Error(`an order without safeguards was answered ${early.status}`);
  story.tell({
    what: 'an order is drafted and tried at once: it is refused, and the refusal names what is missing',
    who: 'officer-1 drafts, officer-2 tries to issue',
    provision: 'authorise: the only door to an order',
    detail: [missing(early.body)],
    look: look(`${at.tasking}/v1/incidents/${incidentId}/safeguards`, 'officer-1'),
  });
  return orderId;
}

/** Issued by the second officer once every safeguard is met, and carried out as the agency's own client reports. */
export async function issue({ at, call, story }: Journey, orderId: string, judged: Judged): Promise<void> {
  const url = `${at.tasking}/v1/orders/${orderId}`;
  await call.until('tasking to have every safeguard', async () => {
    const safeguards = `${at.tasking}/v1/incidents/${judged.incidentId}/safeguards`;
    const { outstanding } = await call.get<{ outstanding: unknown[] }>('officer-2', safeguards);
    return outstanding.length === 0 || undefined;
  });
  await call.write('officer-2', 'POST', `${url}/issuance`, {}, 'issuance');
  story.tell({
    what: 'every safeguard is met: the order is issued, signed, sealed to the National Police Agency alone',
    who: 'officer-2 issues what officer-1 drafted; classification, scheduling and oversight said that all still stands',
    provision: provisions(judged.determination),
    look: look(url, 'officer-1'),
  });
  const done = await call.until('the agency to complete', async () => {
    const order = await call.get<{ state: string; history?: { to: string; at: string }[] }>('officer-1', url);
    return order.state === 'COMPLETED' ? order : undefined;
  });
  story.tell({
    what: 'the agency opened it, verified it, accepted, started and reported completion, each with its own signature',
    who: 'agency-npa, a process of its own that knows endpoints.json alone, over tasking.npa.v1 and agency.npa.v1',
    provision: 'overseas servers: the police alone, or jointly with the SDF',
    invented: 'what the agency reports; nothing was done to any server',
    detail: (done.history ?? []).map(({ to, at: when }) => `${to} ${when}`),
    look: look(url, 'inspector'),
  });
}
