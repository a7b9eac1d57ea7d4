import { outstanding } from '../src/index.js';
import type { CommissionApproval, SafeguardKind } from '../src/index.js';
import { determined, evidenceOf, FACTS, question, type Question } from './cases.js';

export const BEFORE = '2026-11-19T11:00:00+09:00';
export const AFTER = '2026-11-21T00:00:00+09:00';

export function ask({ determination, scope, evidence, at }: Question) {
  return outstanding(determination, scope, evidence, at);
}

/** The question for an urgent case: nobody has ruled, but somebody has declared why there is no time. */
export function urgent(): Question {
  const asked = question();
  asked.determination = { ...determined({ ...FACTS, noTimeForPriorApproval: 'TRUE' }), digest: 'sha256:determination' };
  Object.assign(evidenceOf(asked, 'COMMISSION_APPROVAL'), {
    timing: 'POST_NOTIFICATION',
    outcome: 'PENDING',
    ruledAt: null,
    validUntil: null,
    confirmedBy: null,
    urgent: { whyNoTime: 'the grid fails within the hour', declaredAt: '2026-11-20T09:30:00+09:00', by: 'officer-1' },
  } satisfies Partial<CommissionApproval>);
  return asked;
}

/** A change of a question, in place. */
export type Change = (asked: Question) => void;
export const nsc =
  (change: object): Change =>
  (asked) =>
    void Object.assign(evidenceOf(asked, 'NSC_APPROVAL'), change);
export const ruling =
  (change: object): Change =>
  (asked) =>
    void Object.assign(evidenceOf(asked, 'COMMISSION_APPROVAL'), change);

/** The evidence of a question but for one kind. */
export function without({ evidence }: Question, kind: SafeguardKind) {
  return evidence.filter(({ safeguard }) => safeguard !== kind);
}
