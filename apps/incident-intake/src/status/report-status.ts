import { type Language, type MessageCode, type ReportStatus, type ReportStatusState, say } from '@sekisho/contracts';
import { dueOn } from '@sekisho/guideline';

/** What is on record of a report from which its organisation is told how it stands. Times are RFC 3339, UTC. */
export interface StatusFacts {
  readonly reportId: string;
  readonly receivedAt: string;
  /** By law, whatever was consented to. */
  readonly mandatory: boolean;
  /** When something of it first went out. */
  readonly goneAt: string | null;
  /** Consent as it was stated after the receipt, the first statement before the others. */
  readonly consents: readonly { readonly forward: boolean; readonly at: string }[];
  /** When an analyst first read it. */
  readonly readAt: string | null;
  readonly questions: readonly {
    readonly askedAt: string;
    readonly answerBy: string | null;
    readonly answeredAt: string | null;
  }[];
  /** When the first final report came. */
  readonly closedAt: string | null;
  readonly withdrawnAt: string | null;
}

interface Stage {
  readonly state: ReportStatusState;
  readonly at: string;
  readonly code: MessageCode;
}

const stage = (state: ReportStatusState, at: string, code: MessageCode): Stage => ({ state, at, code });

/** What became of it, as it happened. Nothing of what others make of it: that is not the partner's to know. */
function historyOf(facts: StatusFacts): Stage[] {
  const { receivedAt, goneAt, consents, readAt, questions, closedAt, withdrawnAt, mandatory } = facts;
  const stages = [stage('RECEIVED', receivedAt, 'status-received')];
  if (goneAt !== receivedAt) stages.push(stage('HELD_BACK', receivedAt, 'status-held-back'));
  if (goneAt !== null) stages.push(stage('PASSED_ON', goneAt, 'status-passed-on'));
  if (!mandatory) {
    for (const { forward, at } of consents) {
      if (goneAt === null || at <= goneAt) continue;
      stages.push(forward ? stage('PASSED_ON', at, 'consent-recorded') : stage('HELD_BACK', at, 'status-stopped'));
    }
  }
  if (readAt !== null) stages.push(stage('READ_BY_ANALYSTS', readAt, 'status-read'));
  for (const { askedAt, answeredAt } of questions) {
    stages.push(stage('QUESTION_OPEN', askedAt, 'status-asked'));
    if (answeredAt !== null) stages.push(stage('ANSWERED', answeredAt, 'status-answered'));
  }
  if (closedAt !== null) stages.push(stage('CLOSED', closedAt, 'status-closed'));
  if (withdrawnAt !== null) stages.push(stage('WITHDRAWN', withdrawnAt, 'status-withdrawn'));
  // What happened at one time stays in the order in which it is told here.
  return stages.sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}

/** What stands above the latest thing that happened, the first that is so before the others. */
function standingOf(facts: StatusFacts, history: readonly Stage[]): Stage {
  const latest = (state: ReportStatusState): Stage => history.findLast((each) => each.state === state)!;
  const open = facts.questions.filter(({ answeredAt }) => answeredAt === null).map(({ askedAt }) => askedAt);
  const movement = history.findLast(({ state }) => state === 'HELD_BACK' || state === 'PASSED_ON');
  if (facts.withdrawnAt !== null) return latest('WITHDRAWN');
  if (movement?.state === 'HELD_BACK') return movement;
  if (open.length > 0) return stage('QUESTION_OPEN', open.sort()[0]!, 'status-asked');
  if (facts.closedAt !== null) return latest('CLOSED');
  return history.at(-1)!;
}

function nextOf(facts: StatusFacts, state: ReportStatusState, language: Language): string | undefined {
  const tell = (code: MessageCode, values = {}): string => say({ code, values }, language);
  if (state === 'HELD_BACK') return tell('next-consent');
  if (state === 'QUESTION_OPEN') {
    const due = facts.questions.flatMap(({ answerBy, answeredAt }) =>
      answeredAt === null && answerBy ? [answerBy] : [],
    );
    const [first] = due.sort();
    return first === undefined ? tell('next-answer') : tell('next-answer-by', { due: dueOn(first, language) });
  }
  return state === 'CLOSED' || state === 'WITHDRAWN' ? undefined : tell('next-follow-up');
}

/** The report's status in a language. */
export function statusOf(facts: StatusFacts, language: Language): ReportStatus {
  const history = historyOf(facts);
  const { state, at: since, code } = standingOf(facts, history);
  const next = nextOf(facts, state, language);
  return {
    reportId: facts.reportId,
    state,
    text: say({ code }, language),
    since,
    history: history.map((each) => ({ state: each.state, at: each.at, text: say({ code: each.code }, language) })),
    ...(next === undefined ? {} : { next }),
  };
}
