import type {
  Actor,
  claim,
  contest,
  DeterminationBody,
  FactsBody,
  incidentMark,
  IncidentView,
  ProblemCode,
  RevisionOfReport,
  ScopeBody,
} from '@sekisho/contracts';
import type { z } from 'zod';

export type Claim = z.infer<typeof claim>;

/** What somebody other than an analyst said against a fact, and the claim that settled it. */
export type Contest = z.infer<typeof contest> & { readonly settledBy: string | null };

export type Mark = z.infer<typeof incidentMark>;

export interface CaseServer {
  readonly ref: string;
  readonly address: string | null;
  readonly reportRef: string | null;
}

export interface CaseTarget {
  readonly ref: string;
  readonly name: string;
  readonly reportRef: string | null;
}

/** One answer of the guideline to the case's facts; `version` counts the incident's answers. */
export interface MadeDetermination {
  readonly version: number;
  readonly facts: FactsBody;
  readonly determination: DeterminationBody;
  readonly madeAt: string;
}

export interface ProposedScope {
  readonly version: number;
  readonly scopeDigest: string;
  readonly scope: ScopeBody;
  readonly proposedBy: Actor;
  readonly proposedAt: string;
  /** It was confirmed and that confirmation has lapsed: its digest carries nothing any more. */
  readonly lapsed: boolean;
}

export type LapseReason = 'FACTS_CHANGED' | 'SCOPE_REPLACED' | 'GUIDELINE_CHANGED';

export interface Confirmation {
  readonly version: number;
  readonly determinationVersion: number;
  readonly digest: string;
  readonly scopeVersion: number | null;
  readonly scopeDigest: string | null;
  readonly confirmedBy: Actor;
  readonly confirmedAt: string;
  readonly lapse: { readonly reason: LapseReason; readonly at: string } | null;
}

/** A confirmation that no longer stands from now on. */
export interface Lapse {
  readonly confirmation: Confirmation;
  readonly reason: LapseReason;
  readonly at: string;
}

/** A case as it stands: its latest determination, scope and confirmation, and all claims in the order of recording. */
export interface Incident {
  readonly id: string;
  readonly version: number;
  readonly openedAt: string;
  readonly title: string;
  readonly reportIds: readonly string[];
  readonly servers: readonly CaseServer[];
  readonly targets: readonly CaseTarget[];
  readonly claims: readonly Claim[];
  readonly determination: MadeDetermination;
  readonly scope: ProposedScope | null;
  readonly confirmation: Confirmation | null;
  readonly contests: readonly Contest[];
  /** What its reports said since, the latest last. */
  readonly revisions: readonly RevisionOfReport[];
  readonly marks: readonly Mark[];
  /** In what its reports differ from the register, as they say it last. */
  readonly registerDifferences: IncidentView['registerDifferences'];
}

/** A contest that an analyst's claim settles. */
export interface Settled {
  readonly contestId: string;
  readonly fact: string;
  readonly claimId: string;
  /** The fact stays as it was. */
  readonly upheld: boolean;
  readonly settledAt: string;
}

/** Something that was asked and cannot be done, as it is told to the caller. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly extensions?: Record<string, unknown>;
}

/** The confirmation that carries something now: only the latest one can. */
export const standing = ({ confirmation }: Pick<Incident, 'confirmation'>): Confirmation | null =>
  confirmation !== null && confirmation.lapse === null ? confirmation : null;

/** What is contested and not settled yet. */
export const open = ({ contests }: Pick<Incident, 'contests'>): Contest[] =>
  contests.filter(({ settledBy }) => settledBy === null);

/** Is the scope, as it was proposed, no longer one that can be stood for? */
export const isStale = ({ scope, determination }: Incident): boolean =>
  scope !== null && (scope.lapsed || scope.scope.determination !== determination.determination.digest);
