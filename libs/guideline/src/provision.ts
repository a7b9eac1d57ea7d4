import type { Basis, CommissionTiming, Executor, SafeguardKind } from './determination.js';
import type { CaseFact, TargetKind } from './facts.js';
import type { Source } from './sources.js';

/** Words in both languages: our own paraphrase, never a quotation. */
export interface Words {
  en: string;
  ja: string;
}

/**
 * A condition on settled facts. Of servers and targets it can only ask whether some are, or all are, of a kind: never how many, and of
 * targets only by the groups that the guideline names. `settle.ts` rests on that.
 */
export type Condition =
  | { fact: CaseFact; is: 'TRUE' | 'FALSE' }
  | { servers: 'SOME_OVERSEAS' | 'SOME_DOMESTIC' | 'ALL_DOMESTIC' }
  | { targets: `SOME_${string}` }
  | { nscReview: 'REQUIRED' };

/** A condition on what is known, asked once after everything is settled: here what is unknown counts as a risk. */
export type KnownCondition =
  | { fact: CaseFact; is: 'TRUE' }
  | { servers: 'SOME_NOT_KNOWN_DOMESTIC' }
  | { measure: 'POSSIBLE' }
  | { nscReview: 'REQUIRED_OR_POSSIBLE' }
  | { execution: Executor };

/** The kinds of target between which a guideline draws lines, by name: `SOME_OTHER` asks for a target of the group `OTHER`. */
export type TargetGroups = Readonly<Record<string, readonly TargetKind[]>>;

interface Clause {
  /** Unique among all provisions, and the name of its file after the row's number. */
  id: string;
  /** The row of the decision table. */
  row: number;
  words: Words;
  sources: Source[];
}

/** Nothing is done: the case ends here. It rests on facts of the case as a whole alone. */
export interface OutcomeProvision extends Clause {
  when: { fact: CaseFact; is: 'TRUE' | 'FALSE' }[];
  then: { outcome: 'NO_MEASURE' | 'NO_AUTHORITY' };
}

/** The NSC reviews the case in advance, on this basis. */
export interface ReviewProvision extends Clause {
  when: Condition[];
  then: { review: Basis };
}

/** Who may act against attacks on targets of a group; an executor with a `when` of its own only if that holds too. */
export interface ExecutionProvision extends Clause {
  when: Condition[];
  then: { targets: string; candidates: { executor: Executor; when?: Condition[] }[] };
}

/** What must be in hand before an order; `timings` gives the commission's alternatives, the first that holds counts. */
export interface SafeguardProvision extends Clause {
  when: KnownCondition[];
  then: {
    safeguards: SafeguardKind[];
    onlyFor?: Executor;
    timings?: { timing: CommissionTiming; when?: KnownCondition[] }[];
  };
}

export type Provision = OutcomeProvision | ReviewProvision | ExecutionProvision | SafeguardProvision;

export const isOutcome = (provision: Provision): provision is OutcomeProvision => 'outcome' in provision.then;
export const isReview = (provision: Provision): provision is ReviewProvision => 'review' in provision.then;
export const isExecution = (provision: Provision): provision is ExecutionProvision => 'candidates' in provision.then;
export const isSafeguard = (provision: Provision): provision is SafeguardProvision => 'safeguards' in provision.then;
