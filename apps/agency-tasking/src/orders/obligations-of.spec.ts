import type { CommissionApproval } from '@sekisho/guideline';
import { type AboutOrder, obligationsOf } from './obligations-of.js';
import type { OrderRow } from './order.js';

const at = (time: string): Date => new Date(`2026-11-20T${time}:00.000Z`);
const SCOPE = `sha256:${'a'.repeat(64)}`;

/** An urgent order to the police that ran and was told to stop. */
const order = {
  scopeDigest: SCOPE,
  executor: 'NPA_SOLE',
  issuedAt: at('01:00'),
  acknowledgeBy: at('03:00'),
  notAfter: at('20:00'),
  changes: [
    { toState: 'ISSUED', recordedAt: at('01:00') },
    { toState: 'STOP_REQUESTED', recordedAt: at('09:00') },
  ],
} as unknown as OrderRow;
const unjustified: CommissionApproval = {
  id: 'r1',
  safeguard: 'COMMISSION_APPROVAL',
  scopeDigest: SCOPE,
  recordedBy: 'commission-1',
  confirmedBy: 'commission-2',
  timing: 'POST_NOTIFICATION',
  outcome: 'UNJUSTIFIED',
  ruledAt: at('08:59').toISOString(),
  validUntil: null,
  urgent: { whyNoTime: 'the next wave', declaredAt: at('00:30').toISOString(), by: 'officer-1' },
};
const about: AboutOrder = {
  returns: [
    { agency: 'npa', kind: 'ACKNOWLEDGED', recordedAt: at('02:00') },
    { agency: 'npa', kind: 'STARTED', recordedAt: at('02:30') },
  ],
  evidence: [unjustified],
  notifiedAt: at('00:30'),
};
const owed = (over: Partial<AboutOrder> = {}, now = at('09:10')) =>
  obligationsOf(order, { ...about, ...over }, now.toISOString()).map(
    ({ kind, owedBy, state }) => `${kind} ${owedBy} ${state}`,
  );

describe('what is owed after an order', () => {
  it('is an answer to the stop and to the ruling, when an urgent act was found unjustified', () => {
    expect(owed()).toEqual([
      'ACKNOWLEDGEMENT agency-npa MET',
      'COMPLETION_REPORT agency-npa OPEN',
      'STOP_ANSWER agency-npa OPEN',
      'COMMISSION_NOTIFICATION tasking-officer MET',
      'RULING_ANSWER tasking-officer OPEN',
    ]);
  });

  it('is overdue an hour after the stop, unless the agency has answered', () => {
    expect(owed({}, at('10:01'))).toContain('STOP_ANSWER agency-npa OVERDUE');
    const stopped = { agency: 'npa', kind: 'STOPPED', recordedAt: at('09:30') };
    expect(owed({ returns: [...about.returns, stopped] }, at('10:01'))).toContain('STOP_ANSWER agency-npa MET');
  });

  it('is a notification that is late where the commission was not told', () => {
    expect(owed({ notifiedAt: null, evidence: [{ ...unjustified, outcome: 'PENDING', ruledAt: null }] })).toContain(
      'COMMISSION_NOTIFICATION tasking-officer OPEN',
    );
  });

  it('is nothing before it was issued', () => {
    expect(obligationsOf({ ...order, issuedAt: null } as OrderRow, about, at('09:00').toISOString())).toEqual([]);
  });
});
