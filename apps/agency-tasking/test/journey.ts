import { randomUUID } from 'node:crypto';
import type { Agency } from '@sekisho/contracts';
import { type ConfirmedCase, eventually, sendMessage, type TestPrincipal } from '@sekisho/testing';
import { type Desk, evidenceBody, mofa, officer1, officer2 } from './desk.js';

export type Step = 'decision' | 'ruling' | 'consultation';

/** The steps of a case at the desk, from its confirmation to the agency's returns. */
export class Journey {
  constructor(private readonly desk: Desk) {}

  post(by: TestPrincipal, path: string, body: unknown = {}, headers: Record<string, string> = {}) {
    return this.desk.client.call(by, 'POST', path, body, headers);
  }

  /** Every safeguard of the case but these, known to the desk. */
  async supply(known: ConfirmedCase, ...without: Step[]): Promise<void> {
    if (!without.includes('decision')) await this.desk.decide(known);
    if (!without.includes('ruling')) await this.desk.rule(known);
    if (!without.includes('consultation')) {
      const path = `/v1/incidents/${known.incidentId}/evidence`;
      const { body } = await eventually('the scope', async () => {
        const reply = await this.post(mofa, path, evidenceBody(known.scopeDigest));
        return reply.status === 201 && reply;
      });
      expect((await this.post(officer1, `/v1/evidence/${body.evidenceId}/confirmation`)).status).toBe(201);
    }
    const missing = without.length;
    await eventually('the events', async () => {
      const { body } = await this.desk.client.call(officer1, 'GET', `/v1/incidents/${known.incidentId}/safeguards`);
      return body.outstanding?.length === missing;
    });
  }

  async draft(known: ConfirmedCase): Promise<string> {
    const body = { incidentId: known.incidentId, scopeDigest: known.scopeDigest, executor: 'NPA_SOLE' };
    const reply = await eventually('the scope', async () => {
      const answer = await this.post(officer1, '/v1/orders', body);
      return answer.status === 201 && answer;
    });
    return reply.body.orderId as string;
  }

  async issued(): Promise<{ known: ConfirmedCase; orderId: string }> {
    const known = await this.desk.confirmedCase();
    const orderId = await this.draft(known);
    await this.supply(known);
    // As many clients do it: JSON by its type, and nothing in it.
    expect((await this.post(officer2, `/v1/orders/${orderId}/issuance`, '')).status).toBe(200);
    return { known, orderId };
  }

  async order(orderId: string) {
    return (await this.desk.client.call(officer1, 'GET', `/v1/orders/${orderId}`)).body;
  }

  async becomes(orderId: string, state: string): Promise<void> {
    await eventually(state, async () => (await this.order(orderId)).state === state);
  }

  /** A return as its agency signs it. */
  sign(agency: Agency, orderId: string, kind: string, over: object = {}): Promise<string> {
    const payload = { jti: randomUUID(), kind, orderId, at: new Date().toISOString(), serversTouched: [], ...over };
    return this.desk.agencies[agency].sign(payload, 'sekisho-return+jws');
  }

  send(agency: Agency, jws: string): Promise<void> {
    return sendMessage(`agency-${agency}`, `agency.${agency}.v1`, null, JSON.stringify({ return: jws }));
  }

  async returns(agency: Agency, orderId: string, kind: string, over: object = {}): Promise<void> {
    await this.send(agency, await this.sign(agency, orderId, kind, over));
  }
}
