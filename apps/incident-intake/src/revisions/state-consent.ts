import { type ConsentBody, type ConsentStated, type Language, type MessageCode, say } from '@sekisho/contracts';
import type { AnyNewEvent } from '@sekisho/messaging';
import type { Organisation } from '../organisations/organisation-register.js';
import { about, leavingEvent } from './revise.js';
import type { ReportState } from './report-state.js';

type Effect = ConsentStated['effect'];

/** What a statement of consent brings about. */
export interface Statement {
  readonly effect: Effect;
  /** It says another thing than was on record. */
  readonly changes: boolean;
  /** The latest revision goes out by it. */
  readonly releases: boolean;
  readonly events: readonly AnyNewEvent[];
}

/** Decides what follows from a statement of consent, which the report's state allows. */
export function stateConsent(
  state: ReportState,
  { forward, reason = null }: Omit<ConsentBody, 'reason'> & { reason?: string | null },
  organisation: Organisation,
  at: string,
): Statement {
  const { reportId, latest, consent, forwardedRevision } = state;
  const changes = consent.forward !== forward;
  const nothing = { changes, releases: false, events: [] };
  if (latest.report.basis === 'MANDATORY') return { ...nothing, effect: 'NO_EFFECT' };
  if (!changes) return { ...nothing, effect: 'UNCHANGED' };
  if (!forward) {
    if (forwardedRevision === null) return { ...nothing, effect: 'STOPPED' };
    const data = { reportId, forwardedRevision, reason, withdrawnAt: at };
    return { ...nothing, effect: 'STOPPED', events: [{ ...about(reportId), type: 'consent-withdrawn.v1', data }] };
  }
  const releases = latest.revision > (forwardedRevision ?? 0);
  const given: AnyNewEvent = { ...about(reportId), type: 'consent-given.v1', data: { reportId, givenAt: at } };
  return {
    changes,
    releases,
    effect: releases ? 'RELEASED' : 'RECORDED',
    events: [
      ...(forwardedRevision === null ? [] : [given]),
      ...(releases ? [leavingEvent(state, latest, organisation)] : []),
    ],
  };
}

const SAID = {
  NO_EFFECT: () => 'consent-no-effect',
  UNCHANGED: (forward) => (forward ? 'consent-given-before' : 'consent-denied-before'),
  STOPPED: () => 'consent-stopped',
  RELEASED: () => 'consent-released',
  RECORDED: () => 'consent-recorded',
} as const satisfies Record<Effect, (forward: boolean) => MessageCode>;

/** In words, what a statement has brought about and what it has not. */
export function consentDetail(
  { effect, forward, forwardedRevision }: Pick<ConsentStated, 'effect' | 'forward' | 'forwardedRevision'>,
  language: Language,
): string {
  const values = { revision: forwardedRevision ?? 0 };
  const gone: MessageCode = forwardedRevision === null ? 'nothing-gone' : 'gone-already';
  const codes: MessageCode[] = [SAID[effect](forward), ...(effect === 'RELEASED' ? [] : [gone])];
  return codes.map((code) => say({ code, values }, language)).join(language === 'ja' ? '' : ' ');
}
