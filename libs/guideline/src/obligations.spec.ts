import { COMMISSION, SCOPE_DIGEST } from '../test/cases.js';
import type { CommissionApproval, Evidence, Obligation, OrderRecord } from './index.js';
import { obligations } from './index.js';

const ISSUED: OrderRecord = {
  scopeDigest: SCOPE_DIGEST,
  executor: 'NPA_SOLE',
  issuedAt: '2026-11-20T10:00:00+09:00',
  acknowledgeBy: '2026-11-20T11:00:00+09:00',
  notAfter: '2026-11-27T09:00:00+09:00',
  returns: [],
  stops: [],
  notifiedAt: null,
  rulingAnsweredAt: null,
  fellAt: null,
};
const day = (time: string) => `2026-11-20T${time}:00+09:00`;
const returned = (kind: OrderRecord['returns'][number]['kind'], at: string, agency = 'agency-npa' as const) => {
  return { agency, kind, at };
};
const STARTED: OrderRecord = {
  ...ISSUED,
  returns: [returned('ACKNOWLEDGED', day('10:30')), returned('STARTED', day('12:00'))],
};
const URGENT: CommissionApproval = {
  ...COMMISSION,
  timing: 'POST_NOTIFICATION',
  outcome: 'PENDING',
  ruledAt: null,
  validUntil: null,
  urgent: { whyNoTime: 'the grid fails', declaredAt: day('09:30'), by: 'officer-1' },
};
const UNJUSTIFIED: CommissionApproval = { ...URGENT, outcome: 'UNJUSTIFIED', ruledAt: day('18:00') };

function owed(order: OrderRecord, evidence: Evidence[], at: string): string[] {
  return obligations(order, evidence, at).map(({ kind, owedBy, state }) => `${kind} ${owedBy} ${state}`);
}

function one(kind: Obligation['kind'], order: OrderRecord, evidence: Evidence[], at: string): Obligation | undefined {
  return obligations(order, evidence, at).find((each) => each.kind === kind);
}

describe('after an order', () => {
  it('its agency owes an acknowledgement and a report', () => {
    expect(obligations(ISSUED, [], day('10:30'))).toEqual([
      {
        kind: 'ACKNOWLEDGEMENT',
        owedBy: 'agency-npa',
        dueAt: day('11:00'),
        metAt: null,
        state: 'OPEN',
        provision: '[P] an agency accepts or declines an order in time',
      },
      expect.objectContaining({ kind: 'COMPLETION_REPORT', dueAt: '2026-11-27T09:00:00+09:00', state: 'OPEN' }),
    ]);
  });

  it('an obligation is open up to its last instant, then overdue', () => {
    expect(owed(ISSUED, [], day('11:00'))[0]).toBe('ACKNOWLEDGEMENT agency-npa OPEN');
    expect(owed(ISSUED, [], day('11:01'))[0]).toBe('ACKNOWLEDGEMENT agency-npa OVERDUE');
  });

  it('what came late is met, and shows when', () => {
    const late = { ...ISSUED, returns: [returned('ACKNOWLEDGED', day('11:30'))] };
    expect(one('ACKNOWLEDGEMENT', late, [], day('12:00'))).toMatchObject({ state: 'MET', metAt: day('11:30') });
    expect(one('ACKNOWLEDGEMENT', late, [], day('11:15'))).toMatchObject({ state: 'OVERDUE', metAt: null });
  });

  it('to decline is an answer, after which no report is owed', () => {
    const declined = { ...ISSUED, returns: [returned('DECLINED', day('10:30'))] };
    expect(owed(declined, [], day('12:00'))).toEqual(['ACKNOWLEDGEMENT agency-npa MET']);
  });

  it.each(['COMPLETED', 'FAILED', 'NOT_EXECUTED', 'STOPPED'] as const)('%s is a report of how it ended', (kind) => {
    const ended = { ...STARTED, returns: [...STARTED.returns, returned(kind, day('15:00'))] };
    expect(owed(STARTED, [], '2026-11-28T00:00:00+09:00')[1]).toBe('COMPLETION_REPORT agency-npa OVERDUE');
    expect(owed(ended, [], '2026-11-28T00:00:00+09:00')[1]).toBe('COMPLETION_REPORT agency-npa MET');
  });

  it('an end that is reported is an acknowledgement too, and what is dated later is not seen', () => {
    const ended = { ...ISSUED, returns: [returned('NOT_EXECUTED', day('10:50'))] };
    expect(one('ACKNOWLEDGEMENT', ended, [], day('12:00'))).toMatchObject({ state: 'MET', metAt: day('10:50') });
    const declined = { ...ISSUED, returns: [returned('DECLINED', day('10:30'))] };
    expect(owed(declined, [], day('10:29'))).toEqual(owed(ISSUED, [], day('10:29')));
  });

  it('nothing is owed any more under an order that fell', () => {
    const fallen = { ...ISSUED, fellAt: day('10:45') };
    expect(owed(fallen, [], day('12:00'))).toEqual([
      'ACKNOWLEDGEMENT agency-npa MET',
      'COMPLETION_REPORT agency-npa MET',
    ]);
    expect(owed(fallen, [], day('10:40'))[0]).toBe('ACKNOWLEDGEMENT agency-npa OPEN');
  });

  it('in a joint order each agency owes its own answers; the SDF’s order is the SDF’s', () => {
    const joint: OrderRecord = { ...STARTED, executor: 'JOINT_NPA_SDF' };
    expect(owed(joint, [], day('12:00'))).toEqual([
      'ACKNOWLEDGEMENT agency-npa MET',
      'COMPLETION_REPORT agency-npa OPEN',
      'ACKNOWLEDGEMENT agency-sdf OVERDUE',
      'COMPLETION_REPORT agency-sdf OPEN',
    ]);
    expect(owed({ ...ISSUED, executor: 'SDF' }, [], day('10:30'))[0]).toBe('ACKNOWLEDGEMENT agency-sdf OPEN');
  });

  it('a stop is answered by the end that the agency reports', () => {
    const stopped = { ...STARTED, stops: [{ requestedAt: day('14:00'), answerBy: day('14:30') }] };
    expect(owed(stopped, [], day('13:00'))).toHaveLength(2);
    expect(one('STOP_ANSWER', stopped, [], day('14:10'))).toMatchObject({ state: 'OPEN', dueAt: day('14:30') });
    expect(one('STOP_ANSWER', stopped, [], day('14:31'))).toMatchObject({ state: 'OVERDUE' });
    const answered = { ...stopped, returns: [...stopped.returns, returned('STOPPED', day('14:20'))] };
    expect(one('STOP_ANSWER', answered, [], day('14:31'))).toMatchObject({ state: 'MET', metAt: day('14:20') });
  });
});

describe('after an urgent act', () => {
  const nextNoon = '2026-11-21T03:00:00.000Z';

  it('the commission is notified within 24 hours of its start', () => {
    expect(one('COMMISSION_NOTIFICATION', ISSUED, [URGENT], day('12:00'))).toBeUndefined();
    expect(one('COMMISSION_NOTIFICATION', STARTED, [URGENT], day('12:00'))).toEqual({
      kind: 'COMMISSION_NOTIFICATION',
      owedBy: 'tasking-officer',
      dueAt: nextNoon,
      metAt: null,
      state: 'OPEN',
      provision: 'commission-approval',
    });
    const notified = { ...STARTED, notifiedAt: day('20:00') };
    expect(one('COMMISSION_NOTIFICATION', notified, [URGENT], nextNoon)?.state).toBe('MET');
    expect(one('COMMISSION_NOTIFICATION', notified, [URGENT], day('19:59'))?.state).toBe('OPEN');
    expect(one('COMMISSION_NOTIFICATION', STARTED, [URGENT], '2026-11-21T03:00:01Z')?.state).toBe('OVERDUE');
  });

  it('counts from the first start', () => {
    const again = { ...STARTED, returns: [returned('STARTED', day('13:00')), ...STARTED.returns] };
    expect(one('COMMISSION_NOTIFICATION', again, [URGENT], day('14:00'))?.dueAt).toBe(nextNoon);
    again.returns.reverse();
    expect(one('COMMISSION_NOTIFICATION', again, [URGENT], day('14:00'))?.dueAt).toBe(nextNoon);
  });

  it('no notification is owed where the commission had approved before, or where the record is another scope’s', () => {
    expect(one('COMMISSION_NOTIFICATION', STARTED, [COMMISSION], day('13:00'))).toBeUndefined();
    expect(one('COMMISSION_NOTIFICATION', STARTED, [URGENT, COMMISSION], day('13:00'))).toBeUndefined();
    const then = { ...COMMISSION, ruledAt: day('12:00') };
    expect(one('COMMISSION_NOTIFICATION', STARTED, [URGENT, then], day('13:00'))).toBeUndefined();
    const returnedRequest: Evidence = { ...COMMISSION, outcome: 'RETURNED' };
    expect(one('COMMISSION_NOTIFICATION', STARTED, [URGENT, returnedRequest], day('13:00'))).toBeDefined();
    const after = { ...COMMISSION, ruledAt: day('12:30') };
    expect(one('COMMISSION_NOTIFICATION', STARTED, [URGENT, after], day('13:00'))).toBeDefined();
    const other = { ...URGENT, scopeDigest: 'sha256:other' };
    expect(one('COMMISSION_NOTIFICATION', STARTED, [other], day('13:00'))).toBeUndefined();
  });

  it('a ruling that it was not justified is answered', () => {
    expect(one('RULING_ANSWER', STARTED, [UNJUSTIFIED], day('17:59'))).toBeUndefined();
    expect(one('RULING_ANSWER', STARTED, [{ ...UNJUSTIFIED, outcome: 'JUSTIFIED' }], day('18:00'))).toBeUndefined();
    expect(one('RULING_ANSWER', STARTED, [{ ...UNJUSTIFIED, ruledAt: null }], day('18:00'))).toBeUndefined();
    expect(one('RULING_ANSWER', STARTED, [UNJUSTIFIED], day('18:00'))).toMatchObject({
      owedBy: 'tasking-officer',
      dueAt: '2026-11-23T09:00:00.000Z',
      state: 'OPEN',
    });
    const answered = { ...STARTED, rulingAnsweredAt: day('18:00') };
    expect(one('RULING_ANSWER', answered, [UNJUSTIFIED], day('20:00'))?.state).toBe('MET');
    const before = { ...STARTED, rulingAnsweredAt: day('17:00') };
    expect(one('RULING_ANSWER', before, [UNJUSTIFIED], day('20:00'))?.state).toBe('OPEN');
  });

  it('limits are dated settings: the one in force when the clock starts counts', () => {
    const source = { mark: 'P' as const, citation: 'a test' };
    const limits = [
      { validFrom: '2026-10-01T00:00:00+09:00', notificationHours: 24, rulingAnswerHours: 72, source },
      { validFrom: day('12:00'), notificationHours: 6, rulingAnswerHours: 1, source },
      { validFrom: day('12:01'), notificationHours: 1, rulingAnswerHours: 1, source },
    ];
    const dueAt = (all: typeof limits) =>
      obligations(STARTED, [URGENT], day('13:00'), all).find(({ kind }) => kind === 'COMMISSION_NOTIFICATION')?.dueAt;
    expect(dueAt(limits)).toBe('2026-11-20T09:00:00.000Z');
    expect(dueAt(limits.slice(2))).toBe('2026-11-20T04:00:00.000Z');
    expect(() => dueAt([])).toThrow(RangeError);
  });
});
