export {
  CASE_FACTS,
  FACTS_SCHEMA_VERSION,
  SERVER_LOCATIONS,
  TARGET_KINDS,
  THREE_VALUES,
  factsFault,
  isSdfOrUsfj,
  type CaseFact,
  type Facts,
  type Server,
  type ServerLocation,
  type Target,
  type TargetKind,
  type ThreeValued,
} from './facts.js';
export {
  COMMISSION_TIMINGS,
  EXECUTORS,
  OUTCOMES,
  REVIEW_ANSWERS,
  SAFEGUARD_KINDS,
  type Answer,
  type AskedCondition,
  type AskedProvision,
  type Basis,
  type CommissionTiming,
  type Determination,
  type Execution,
  type Executor,
  type JudgedDetermination,
  type Outcome,
  type ReviewAnswer,
  type Safeguard,
  type SafeguardKind,
} from './determination.js';
export type { Source } from './sources.js';
export {
  isExecution,
  isOutcome,
  isReview,
  isSafeguard,
  type Condition,
  type ExecutionProvision,
  type KnownCondition,
  type OutcomeProvision,
  type Provision,
  type ReviewProvision,
  type SafeguardProvision,
  type TargetGroups,
  type Words,
} from './provision.js';
export type { Guideline, GuidelineClause, Judgement } from './guideline.js';
export { ENACTED, governing, knownAt, type Adoption } from './adoption.js';
export { BASES, findGuideline, guidelineFor, guidelineInForce, guidelines } from './guidelines.js';
export { answer, determine } from './determine.js';
export { CHANGES, compareGuidelines, type Compared, type Comparison } from './compare.js';
export { changed, valueIn, type Change } from './change.js';
export { nextQuestions, type NextQuestions, type Question, type QuestionAnswer } from './questions.js';
export {
  counterfactuals,
  GOALS,
  type Counterfactual,
  type Goal,
  type Otherwise,
  type ProvisionTurned,
  type WayTo,
} from './counterfactuals.js';
export { endOf, replay, type CaseChange, type Decided } from './replay.js';
export {
  MEASURE_KINDS,
  type JudgedScope,
  type Measure,
  type MeasureKind,
  type Scope,
  type ScopeServer,
} from './scope.js';
export {
  COMMISSION_OUTCOMES,
  NSC_OUTCOMES,
  type CommissionApproval,
  type CommissionOutcome,
  type Evidence,
  type ForeignMinisterConsultation,
  type NpscConsent,
  type NscApproval,
  type NscOutcome,
  type PrimeMinisterOrder,
  type UrgentRecord,
} from './evidence.js';
export { SCOPE_FAULT_CODES, checkScope, type ScopeFault, type ScopeFaultCode } from './check-scope.js';
export { FAULTS, type Fault } from './paper.js';
export { SUPPLIERS, outstanding, type Outstanding, type Supplier } from './outstanding.js';
export {
  REFUSAL_CODES,
  type Authorised,
  type OrderDraft,
  type Refusal,
  type RefusalCode,
  type Refused,
} from './order.js';
export { authorise } from './authorise.js';
export { RETURN_KINDS, type Agency, type OrderRecord, type ReturnKind } from './order-record.js';
export { TIME_LIMITS, type TimeLimits } from './time-limits.js';
export { OBLIGATION_KINDS, obligations, type Obligation, type ObligationKind } from './obligations.js';
export type { Block, Citation, Explanation } from './explain/explanation.js';
export { explainDetermination } from './explain/explain-determination.js';
export { explainComparison } from './explain/explain-comparison.js';
export { explainOutstanding } from './explain/explain-outstanding.js';
export {
  explainRefusal,
  type ExplainedReason,
  type ExplainedRefusal,
  type OtherReasons,
} from './explain/explain-refusal.js';
export { summaryLine, type CaseInLine } from './explain/summary-line.js';
export { dueOn } from './explain/japan-time.js';
export { endIn, endInLine, type EndInWords } from './explain/end-words.js';
export { questionIn } from './explain/fact-words.js';
export { aboutCase, type AboutCase } from './explain/about-case.js';
