import type { Safeguard } from './determination.js';
import type { CommissionApproval, Evidence, NscApproval } from './evidence.js';
import { isCommission, isNsc } from './evidence.js';
import { instant } from './instant.js';
import type { Fault, Moment } from './paper.js';
import { paperFault } from './paper.js';

/** `uncovered` are the servers of a consultation that nothing covers. */
export interface Standing {
  fault: Fault | null;
  carriedBy: Evidence[];
  uncovered: string[];
}

/** Does the evidence carry this safeguard for the scope with this digest, and if not, why? */
export function standing(safeguard: Safeguard, digest: string, evidence: readonly Evidence[], on: Moment): Standing {
  const ofKind = evidence.filter((each) => each.safeguard === safeguard.kind);
  const current = ofKind.filter(({ scopeDigest }) => scopeDigest === digest);
  if (current.length === 0) return fails(ofKind.length > 0 ? 'STALE' : 'MISSING', safeguard);

  if (current.some(unreadable)) return fails('UNREADABLE', safeguard);

  switch (safeguard.kind) {
    case 'NSC_APPROVAL':
      return nscStanding(current.filter(isNsc), on);
    case 'COMMISSION_APPROVAL':
      return commissionStanding(current.filter(isCommission), safeguard.timing === 'POST_NOTIFICATION', on);
    case 'FOREIGN_MINISTER_CONSULTATION':
      return consultationStanding(safeguard.servers, current, on);
    case 'PRIME_MINISTER_ORDER':
    case 'NPSC_CONSENT':
      return consultationStanding([], current, on);
  }
}

/** A paper without a readable date might be the one that withdraws the others: it carries nothing and hides nothing. */
function unreadable(each: Evidence): boolean {
  if (isNsc(each)) return Number.isNaN(instant(each.decidedAt));
  if (isCommission(each)) return each.outcome !== 'PENDING' && Number.isNaN(instant(each.ruledAt));
  return Number.isNaN(instant(each.signedAt));
}

function fails(fault: Fault, safeguard?: Safeguard): Standing {
  return { fault, carriedBy: [], uncovered: safeguard && 'servers' in safeguard ? [...safeguard.servers] : [] };
}

/** The latest of what was decided by then; of several at one instant the last that does not carry an order. */
function latest<T>(all: readonly T[], dated: (each: T) => string | null, carries: (each: T) => boolean): T | undefined {
  return all.reduce<T | undefined>((found, each) => {
    if (found === undefined) return each;
    const [one, two] = [instant(dated(found)), instant(dated(each))];
    return two > one || (two === one && !carries(each)) ? each : found;
  }, undefined);
}

function nscStanding(decisions: readonly NscApproval[], on: Moment): Standing {
  const carries = ({ outcome }: NscApproval) => outcome === 'APPROVED' || outcome === 'APPROVED_WITH_CONDITIONS';
  const made = decisions.filter(({ decidedAt }) => instant(decidedAt) <= instant(on.at));
  const decision = latest(made, ({ decidedAt }) => decidedAt, carries);
  if (!decision) return fails('NOT_YET_VALID');
  const { outcome, decidedAt, expiresAt } = decision;
  if (outcome !== 'APPROVED' && outcome !== 'APPROVED_WITH_CONDITIONS') return fails(outcome);
  const fault = paperFault(decision, decidedAt, expiresAt, on);
  return fault ? fails(fault) : { fault: null, carriedBy: [decision], uncovered: [] };
}

/**
 * A ruling decides; the latest one where there are several. Where the determination says that there is no time, and no
 * ruling stands against it, an urgent record carries the order until the commission rules.
 */
function commissionStanding(requests: readonly CommissionApproval[], noTime: boolean, on: Moment): Standing {
  const carries = ({ outcome }: CommissionApproval) => outcome === 'APPROVED' || outcome === 'JUSTIFIED';
  const ruled = requests.filter(({ ruledAt, outcome }) => outcome !== 'PENDING' && instant(ruledAt) <= instant(on.at));
  const ruling = latest(ruled, ({ ruledAt }) => ruledAt, carries);
  if (ruling && (ruling.outcome === 'REFUSED' || ruling.outcome === 'UNJUSTIFIED')) return fails(ruling.outcome);

  let fault: Fault = requests.some(({ outcome }) => outcome !== 'PENDING') ? 'NOT_YET_VALID' : 'PENDING';
  if (ruling?.outcome === 'RETURNED') fault = 'RETURNED';
  if (ruling?.outcome === 'APPROVED') {
    const found = paperFault(ruling, ruling.ruledAt ?? '', ruling.validUntil ?? '', on);
    if (found === null) return { fault: null, carriedBy: [ruling], uncovered: [] };
    fault = found;
  }

  const urgent = requests.filter(({ timing }) => timing === 'POST_NOTIFICATION');
  if (urgent.length === 0) return fails(fault);
  if (!noTime) return fails('NOT_DETERMINED_URGENT');
  const record = urgent.find((each) => declared(each, on));
  return record ? { fault: null, carriedBy: [record], uncovered: [] } : fails('URGENCY_UNEXPLAINED');
}

/** An urgent record says why, by whom and when; a later ruling is the commission's, so one person is enough here. */
function declared({ urgent }: CommissionApproval, on: Moment): boolean {
  if (!urgent?.whyNoTime.trim() || !urgent.by.trim()) return false;
  return instant(urgent.declaredAt) <= instant(on.at);
}

/** Signed papers. Of several good ones the longest lasting carries; those of a consultation together cover every server. */
function consultationStanding(servers: readonly string[], papers: readonly Evidence[], on: Moment): Standing {
  const signed = papers.filter((paper) => 'signedAt' in paper);
  const judged = signed.map((paper) => ({ paper, fault: paperFault(paper, paper.signedAt, paper.validUntil, on) }));
  const good = judged.filter(({ fault }) => fault === null).map(({ paper }) => paper);
  good.sort((one, two) => instant(two.validUntil) - instant(one.validUntil));
  const covering = servers.map((ref) => good.find((paper) => 'servers' in paper && paper.servers.includes(ref)));
  const uncovered = servers.filter((_, index) => covering[index] === undefined);
  const carriedBy = servers.length === 0 ? good.slice(0, 1) : covering.filter((paper) => paper !== undefined);
  if (carriedBy.length > 0 && uncovered.length === 0)
    return { fault: null, carriedBy: [...new Set(carriedBy)], uncovered };
  const about = judged.filter(
    ({ paper }) => !('servers' in paper) || paper.servers.some((ref) => uncovered.includes(ref)),
  );
  return { fault: about[0]?.fault ?? 'MISSING', carriedBy: [], uncovered };
}
