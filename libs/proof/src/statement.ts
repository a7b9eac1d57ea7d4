import type {
  CommissionTiming,
  Executor,
  ReviewAnswer,
  SafeguardKind,
  ServerLocation,
  TargetKind,
  Words,
} from '@sekisho/guideline';

/**
 * A property is stated once and read twice: over truth values, on the answers of `determine` to one case after the other, and over
 * terms, by the solver, on any case at all. `B` is what a truth value is there.
 */
export interface Logic<B> {
  all(each: readonly B[]): B;
  some(each: readonly B[]): B;
  not(one: B): B;
  implies(one: B, other: B): B;
}

/** A case as properties see it: its servers and targets, and what the guideline answers. */
export interface CaseView<B> {
  /** An outcome ends the case: no measure, or no authority. */
  readonly ended: B;
  /** Something is missing. */
  readonly provisional: B;
  server(location: ServerLocation): B;
  target(kind: TargetKind): B;
  review(answer: ReviewAnswer): B;
  /** Is this executor a candidate for targets of the kind? Of kinds that are not there, nothing counts. */
  mayAct(kind: TargetKind, executor: Executor): B;
  asks(safeguard: SafeguardKind): B;
  asksIn(timing: CommissionTiming): B;
}

/** A case in which everything is known. */
export interface SettledView<B> extends CaseView<B> {
  /** Of each execution provision, whether it names an executor for targets of the kind. */
  givers(kind: TargetKind): B[];
}

/** The same case after something unknown has become known. */
export interface LaterView<B> extends CaseView<B> {
  /** A target that was unknown has turned out to be of this kind. */
  became(kind: TargetKind): B;
}

interface Named {
  readonly id: string;
  readonly words: Words;
}

/** Holds of every case, whatever is unknown in it. `kinds` has one kind of each class. */
export interface CaseProperty extends Named {
  readonly over: 'CASES';
  holds<B>(logic: Logic<B>, it: CaseView<B>, kinds: readonly TargetKind[]): B;
}

export interface SettledProperty extends Named {
  readonly over: 'SETTLED_CASES';
  holds<B>(logic: Logic<B>, it: SettledView<B>, kinds: readonly TargetKind[]): B;
}

/** Holds between a case and the same case when more is known. */
export interface LearningProperty extends Named {
  readonly over: 'LEARNING';
  holds<B>(logic: Logic<B>, before: CaseView<B>, after: LaterView<B>, kinds: readonly TargetKind[]): B;
}

export type StatedProperty = CaseProperty | SettledProperty | LearningProperty;
