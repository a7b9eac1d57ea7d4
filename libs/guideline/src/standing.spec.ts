import { AFTER, ask, BEFORE, nsc, ruling, urgent, without } from '../test/asked.js';
import { COMMISSION, FACTS, NSC, determined, evidenceOf, question } from '../test/cases.js';
import type { CommissionApproval } from './index.js';

describe('several decisions on one scope', () => {
  const later = { decidedAt: '2026-11-20T09:00:00+09:00', id: 'e-later' };

  it('are settled by the latest, in whatever order they come', () => {
    const rejected = { ...NSC, outcome: 'REJECTED' as const };
    const asked = question();
    asked.evidence = [...without(asked, 'NSC_APPROVAL'), rejected, { ...NSC, ...later }];
    expect(ask(asked)).toEqual([]);
    asked.evidence.reverse();
    expect(ask(asked)).toEqual([]);
    asked.evidence = [...without(asked, 'NSC_APPROVAL'), { ...rejected, ...later }, NSC];
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'REJECTED' })]);
  });

  it.each(['APPROVED', 'APPROVED_WITH_CONDITIONS'])('of the same instant are settled against %s', (outcome) => {
    const asked = question();
    nsc({ outcome })(asked);
    asked.evidence = [{ ...NSC, outcome: 'WITHDRAWN' }, ...asked.evidence];
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'WITHDRAWN' })]);
    asked.evidence.reverse();
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'WITHDRAWN' })]);
  });

  it.each(['APPROVED', 'JUSTIFIED'] as const)(
    'of the commission and the same instant are settled against %s',
    (outcome) => {
      const asked = urgent();
      asked.evidence.push({ ...COMMISSION, outcome }, { ...COMMISSION, outcome: 'REFUSED' });
      expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'REFUSED' })]);
      asked.evidence.reverse();
      expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'REFUSED' })]);
    },
  );

  it('of the commission are seen only once they are made, and a request is no ruling', () => {
    const asked = question();
    asked.evidence.push({ ...COMMISSION, outcome: 'UNJUSTIFIED', ruledAt: AFTER });
    asked.evidence.push({ ...COMMISSION, outcome: 'PENDING', ruledAt: '2026-11-20T09:00:00+09:00' });
    expect(ask(asked)).toEqual([]);
    asked.at = AFTER;
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'UNJUSTIFIED' })]);
  });

  it('of the commission, one to come and one asked for, are not there yet', () => {
    const asked = question();
    ruling({ ruledAt: AFTER })(asked);
    asked.evidence.push({ ...COMMISSION, outcome: 'PENDING', ruledAt: null, validUntil: null });
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'NOT_YET_VALID' })]);
  });

  it('are seen only once they are made', () => {
    const asked = question();
    asked.evidence.push({ ...NSC, outcome: 'WITHDRAWN', decidedAt: AFTER });
    expect(ask(asked)).toEqual([]);
    asked.at = AFTER;
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'WITHDRAWN' })]);
  });

  it('hide none that cannot be dated', () => {
    const asked = question();
    asked.evidence.push({ ...NSC, outcome: 'WITHDRAWN', decidedAt: 'yesterday' });
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'UNREADABLE' })]);
  });

  it('of the commission: an approval after a refusal carries, a refusal after an approval does not', () => {
    const asked = question();
    const refused: CommissionApproval = { ...COMMISSION, outcome: 'REFUSED', ruledAt: '2026-11-19T11:00:00+09:00' };
    asked.evidence.push(refused);
    expect(ask(asked)).toEqual([]);
    refused.ruledAt = '2026-11-19T13:00:00+09:00';
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'REFUSED' })]);
  });
});

describe('an urgent case', () => {
  const explained = (change: object) => {
    const asked = urgent();
    const { urgent: record } = evidenceOf(asked, 'COMMISSION_APPROVAL');
    Object.assign(record ?? {}, change);
    return ask(asked);
  };

  it('needs no ruling yet', () => expect(ask(urgent())).toEqual([]));

  it('still needs the NSC', () => {
    const asked = urgent();
    asked.evidence = without(asked, 'NSC_APPROVAL');
    expect(ask(asked)).toEqual([expect.objectContaining({ kind: 'NSC_APPROVAL', reason: 'MISSING' })]);
  });

  it.each([
    ['no reason', { whyNoTime: ' ' }],
    ['nobody who declares it', { by: ' ' }],
    ['a later declaration', { declaredAt: AFTER }],
    ['no readable time', { declaredAt: '' }],
  ])('is not one with %s', (_, change) => {
    expect(explained(change)).toEqual([
      expect.objectContaining({ reason: 'URGENCY_UNEXPLAINED', timing: 'POST_NOTIFICATION' }),
    ]);
  });

  it('is not one without a record', () => {
    const asked = urgent();
    evidenceOf(asked, 'COMMISSION_APPROVAL').urgent = null;
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'URGENCY_UNEXPLAINED' })]);
  });

  it.each(['UNJUSTIFIED', 'REFUSED'] as const)('ends with the ruling %s', (outcome) => {
    const asked = urgent();
    ruling({ outcome, ruledAt: '2026-11-20T09:45:00+09:00' })(asked);
    expect(ask(asked)).toEqual([expect.objectContaining({ kind: 'COMMISSION_APPROVAL', reason: outcome })]);
  });

  it('goes on with the ruling JUSTIFIED, but only while the case is urgent', () => {
    const asked = urgent();
    ruling({ outcome: 'JUSTIFIED', ruledAt: '2026-11-20T09:45:00+09:00' })(asked);
    expect(ask(asked)).toEqual([]);
    asked.determination = { ...determined(), digest: 'sha256:determination' };
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'NOT_DETERMINED_URGENT' })]);
  });

  it('is carried by a prior approval as well, but not by a request for one', () => {
    const asked = urgent();
    asked.evidence = [...without(asked, 'COMMISSION_APPROVAL'), { ...COMMISSION }];
    expect(ask(asked)).toEqual([]);
    ruling({ outcome: 'PENDING', ruledAt: null, validUntil: null })(asked);
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'PENDING', timing: 'POST_NOTIFICATION' })]);
  });
});

describe('a consultation', () => {
  const both = () => {
    const asked = question();
    const servers = [...FACTS.servers, { ref: 's2', location: 'UNKNOWN' as const }];
    asked.determination = { ...determined({ ...FACTS, servers }), digest: 'sha256:determination' };
    asked.scope.servers.push({ ...asked.scope.servers[0]!, ref: 's2', address: '198.51.100.38' });
    return asked;
  };

  it('covers the servers that it names, and no others', () => {
    expect(ask(both())).toEqual([
      expect.objectContaining({ kind: 'FOREIGN_MINISTER_CONSULTATION', reason: 'MISSING', servers: ['s2'] }),
    ]);
  });

  it('may come in several papers, of which each must be good', () => {
    const asked = both();
    const second = { ...evidenceOf(asked, 'FOREIGN_MINISTER_CONSULTATION'), id: 'e-mofa-2', servers: ['s2'] };
    asked.evidence.push(second);
    expect(ask(asked)).toEqual([]);
    Object.assign(second, { validUntil: BEFORE, servers: ['s1', 's2'] });
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'EXPIRED', servers: ['s2'] })]);
  });
});
