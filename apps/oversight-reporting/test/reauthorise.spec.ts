import { randomUUID } from 'node:crypto';
import { type Adoption, ENACTED } from '@sekisho/guideline';
import { actor, confirmedCase, inHours } from '@sekisho/testing';
import type { RecordedEvent } from '../src/ledger/event.store.js';
import { reauthorise } from '../src/periodic-reports/reauthorise.js';

const now = (): string => new Date().toISOString();
const event = (type: string, key: string, data: object): RecordedEvent => ({
  id: randomUUID(),
  topic: 't',
  type,
  key,
  time: now(),
  data,
});

const two = { recordedBy: actor('one'), confirmedBy: actor('two'), confirmedAt: now() };

/** Everything that a case's owners published up to a good order, and the order. */
function history() {
  const known = confirmedCase();
  const { incidentId, scopeDigest } = known;
  const about = { incidentId, scopeDigest, ...two };
  const events = {
    confirmed: event('determination-confirmed.v1', incidentId, known),
    decision: event('decision-confirmed.v1', incidentId, {
      ...about,
      decisionId: randomUUID(),
      outcome: 'APPROVED',
      conditions: [],
      expiresAt: inHours(24),
    }),
    ruling: event('ruling-confirmed.v1', incidentId, {
      ...about,
      rulingId: randomUUID(),
      timing: 'PRIOR',
      outcome: 'APPROVED',
      validUntil: inHours(24),
    }),
    consultation: event('evidence-confirmed.v1', incidentId, {
      ...about,
      evidenceId: randomUUID(),
      safeguard: 'FOREIGN_MINISTER_CONSULTATION',
      servers: ['s1'],
      signedAt: now(),
      validUntil: inHours(24),
    }),
  };
  const order = event('order-recorded.v1', incidentId, {
    orderId: randomUUID(),
    incidentId,
    scopeDigest,
    executor: 'NPA_SOLE',
    issuedAt: now(),
    draftedBy: actor('officer-1'),
    issuedBy: actor('officer-2'),
    orders: [{ agency: 'npa', order: { servers: [{ ref: 's1', address: '198.51.100.37' }] }, jws: 'a.b.c' }],
  });
  return { events, order };
}

type History = ReturnType<typeof history>;

const judge = ({ events, order }: History) => reauthorise(order, Object.values(events), ENACTED);

describe('an order put to the door again', () => {
  it('stands on what the owners published', () => {
    expect(judge(history())).toMatchObject({ stands: true, reasons: [] });
  });

  const changes: [what: string, change: (of: History) => void, reason: RegExp][] = [
    ['the confirmation', ({ events }) => void delete (events as Partial<typeof events>).confirmed, /^CONFIRMATION_NOT/],
    ['the decision', ({ events }) => void delete (events as Partial<typeof events>).decision, /NSC_APPROVAL/],
    ['the ruling', ({ events }) => void delete (events as Partial<typeof events>).ruling, /COMMISSION_APPROVAL/],
    [
      'the consultation',
      ({ events }) => void delete (events as Partial<typeof events>).consultation,
      /FOREIGN_MINISTER_CONSULTATION/,
    ],
  ];

  it.each(changes)('does not stand without %s', (_, change, reason) => {
    const of = history();
    change(of);
    const { stands, reasons } = judge(of);
    expect([stands, reasons.some((each) => reason.test(each))]).toEqual([false, true]);
  });

  it.each<[string, (of: History) => void, RegExp]>([
    ['of a ruling that refused', ({ events }) => (events.ruling.data.outcome = 'REFUSED'), /COMMISSION_APPROVAL/],
    ['of a decision that had expired', ({ events }) => (events.decision.data.expiresAt = inHours(-1)), /NSC_APPROVAL/],
    ['of a decision by one person', ({ events }) => (events.decision.data.confirmedBy = actor('one')), /NSC_APPROVAL/],
    ['of evidence about another scope', ({ events }) => (events.consultation.data.scopeDigest = 'x'), /CONSULTATION/],
    ['the same person drafted and issued', ({ order }) => (order.data.issuedBy = actor('officer-1')), /SAME_PERSON/],
    ['another executor was ordered', ({ order }) => (order.data.executor = 'SDF'), /EXECUTOR/],
    [
      'the agency was given another address',
      ({ order }) => (order.data.orders[0].order.servers[0].address = '198.51.100.38'),
      /^SERVER_DIFFERS s1$/,
    ],
  ])('does not stand because %s', (_, change, reason) => {
    const of = history();
    change(of);
    const { stands, reasons } = judge(of);
    expect([stands, reasons.filter((each) => reason.test(each))]).toEqual([false, [expect.any(String)]]);
  });

  it('is held to what was adopted when it was issued, and to nothing that was adopted since', () => {
    const { events, order } = history();
    const adopted = (hours: number): Adoption => {
      return { guideline: 'acd-2025-12-draft', from: '2026-10-02T00:00:00+09:00', adoptedAt: inHours(hours) };
    };
    const judged = (hours: number) => reauthorise(order, Object.values(events), [...ENACTED, adopted(hours)]);
    expect(judged(1)).toMatchObject({ stands: true, reasons: [] });
    expect(judged(-1)).toMatchObject({ stands: false, reasons: ['GUIDELINE_NOT_IN_FORCE acd-2026-10'] });
  });

  it('does not stand once the confirmation had lapsed; a lapse after it changes nothing', () => {
    const lapse = (hours: number) => {
      const { events, order } = history();
      const { incidentId, scopeDigest } = order.data;
      const data = { incidentId, scopeDigest, lapsedAt: inHours(hours) };
      return reauthorise(order, [...Object.values(events), event('confirmation-lapsed.v1', incidentId, data)], ENACTED)
        .reasons;
    };
    expect([lapse(-0.5), lapse(0.5)]).toEqual([['CONFIRMATION_LAPSED'], []]);
  });

  it('does not stand once the approval had been withdrawn; a withdrawal after it changes nothing', () => {
    const withdrawn = (hours: number) => {
      const { events, order } = history();
      const { incidentId, scopeDigest } = order.data;
      const { recordedBy, confirmedBy } = two;
      const at = (minutes: number) => new Date(Date.parse(order.data.issuedAt) + minutes * 60_000).toISOString();
      events.decision.data.confirmedAt = at(-60);
      const data = { withdrawalId: randomUUID(), incidentId, scopeDigest, recordedBy, confirmedBy };
      const taken = event('decision-withdrawn.v1', incidentId, { ...data, confirmedAt: at(60 * hours) });
      // Recorded and not confirmed, it takes nothing back.
      const waiting = event('withdrawal-recorded.v1', incidentId, { ...data, withdrawalId: randomUUID() });
      return reauthorise(order, [waiting, ...Object.values(events), taken], ENACTED).reasons;
    };
    expect([withdrawn(-0.5), withdrawn(0), withdrawn(0.5)]).toEqual([
      ['SAFEGUARD_OUTSTANDING NSC_APPROVAL WITHDRAWN'],
      ['SAFEGUARD_OUTSTANDING NSC_APPROVAL WITHDRAWN'],
      [],
    ]);
  });

  it('does not believe what the order says of its own evidence', () => {
    const { events, order } = history();
    order.data.evidence = [{ safeguard: 'COMMISSION_APPROVAL', outcome: 'APPROVED' }];
    order.data.standing = [{ service: 'oversight', stands: true }];
    const { confirmed, decision, consultation } = events;
    expect(reauthorise(order, [confirmed, decision, consultation], ENACTED).stands).toBe(false);
  });
});
