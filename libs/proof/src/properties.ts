import { EXECUTORS, SAFEGUARD_KINDS } from '@sekisho/guideline';
import type { CaseProperty, LearningProperty, SettledProperty, StatedProperty } from './statement.js';

/**
 * What every version has to keep, each stated once. The solver proves it of any number of servers and targets, and `determine` is
 * asked of every case that stands for the others.
 */
export const overseasReviewed: CaseProperty = {
  id: 'overseas-reviewed',
  words: {
    en: 'No overseas server without review: a known one is reviewed by the NSC, a possible one is or may be, and the measure waits for its approval.',
    ja: '国外のサーバーに対する措置は、審議なしには行われない。国外にあると判明しているときは必ず、その可能性があるときは審議され得るものとして、国家安全保障会議の了承を待つ。',
  },
  over: 'CASES',
  holds: ({ all, some, not, implies }, it) =>
    implies(
      not(it.ended),
      all([
        implies(it.server('OVERSEAS'), it.review('YES')),
        implies(it.server('UNKNOWN'), some([it.review('YES'), it.review('PROVISIONAL')])),
        implies(some([it.server('OVERSEAS'), it.server('UNKNOWN')]), it.asks('NSC_APPROVAL')),
      ]),
    ),
};

export const sdfAlone: CaseProperty = {
  id: 'sdf-alone',
  words: {
    en: 'No SDF or USFJ system without the SDF: its executor is the SDF alone, and a target that may be one may be theirs.',
    ja: '自衛隊又は在日米軍のシステムに係る対処は自衛隊のみが行い、その可能性がある対象については自衛隊が候補から外れない。',
  },
  over: 'CASES',
  holds: ({ all, not, implies }, it) =>
    all([
      ...(['SDF', 'USFJ'] as const).map((kind) =>
        implies(
          all([not(it.ended), it.target(kind)]),
          all(
            EXECUTORS.map((executor) =>
              executor === 'SDF' ? it.mayAct(kind, executor) : not(it.mayAct(kind, executor)),
            ),
          ),
        ),
      ),
      implies(all([not(it.ended), it.target('UNKNOWN')]), it.mayAct('UNKNOWN', 'SDF')),
    ]),
};

export const learningAddsNoExecutor: LearningProperty = {
  id: 'learning-adds-no-executor',
  words: {
    en: 'Learning a fact never adds an executor.',
    ja: '事実が新たに判明しても、実施主体の候補が増えることはない。',
  },
  over: 'LEARNING',
  holds: ({ all, implies }, before, after, kinds) =>
    all(
      EXECUTORS.flatMap((executor) => [
        ...kinds.map((kind) =>
          implies(all([before.target(kind), after.mayAct(kind, executor)]), before.mayAct(kind, executor)),
        ),
        ...kinds.map((kind) =>
          implies(all([after.became(kind), after.mayAct(kind, executor)]), before.mayAct('UNKNOWN', executor)),
        ),
        implies(all([after.target('UNKNOWN'), after.mayAct('UNKNOWN', executor)]), before.mayAct('UNKNOWN', executor)),
      ]),
    ),
};

export const unknownRemovesNoSafeguard: LearningProperty = {
  id: 'unknown-removes-no-safeguard',
  words: {
    en: 'An unknown never removes a safeguard: whatever is asked for once it is known was asked for before, and no later than then.',
    ja: '不明な事実があることを理由に、必要な手続が省かれることはない。判明後に求められる手続は、判明前にも、より緩い時期によらずに求められている。',
  },
  over: 'LEARNING',
  holds: ({ all, not, implies }, before, after) =>
    implies(
      not(after.ended),
      all([
        ...SAFEGUARD_KINDS.map((kind) => implies(after.asks(kind), before.asks(kind))),
        implies(after.asksIn('PRIOR'), before.asksIn('PRIOR')),
      ]),
    ),
};

export const everyTargetHasExecutor: SettledProperty = {
  id: 'every-target-has-executor',
  words: {
    en: 'Once everything is known and a measure is possible, every target has somebody who may act.',
    ja: 'すべての事実が判明し措置が可能であるときは、どの対象についても対処し得る主体がある。',
  },
  over: 'SETTLED_CASES',
  holds: ({ all, some, not, implies }, it, kinds) =>
    implies(
      not(it.ended),
      all(kinds.map((kind) => implies(it.target(kind), some(EXECUTORS.map((each) => it.mayAct(kind, each)))))),
    ),
};

export const oneProvisionNamesExecutors: SettledProperty = {
  id: 'one-provision-names-executors',
  words: {
    en: 'No two provisions name executors for the same target.',
    ja: '同一の対象について、二つの規定が重ねて実施主体を定めることはない。',
  },
  over: 'SETTLED_CASES',
  holds: ({ all, not, implies }, it, kinds) =>
    all(
      kinds.map((kind) => {
        const givers = it.givers(kind);
        const pairs = givers.flatMap((one, at) => givers.slice(at + 1).map((other) => all([one, other])));
        return implies(all([not(it.ended), it.target(kind)]), all(pairs.map(not)));
      }),
    ),
};

export const choiceIsReviewed: SettledProperty = {
  id: 'choice-is-reviewed',
  words: {
    en: 'Where several may act, the NSC reviews the case: there is somebody to choose.',
    ja: '複数の主体が対処し得るときは、国家安全保障会議が審議し、いずれによるかを定めることができる。',
  },
  over: 'SETTLED_CASES',
  holds: ({ all, implies, not }, it, kinds) =>
    all(
      kinds.flatMap((kind) =>
        EXECUTORS.flatMap((one, at) =>
          EXECUTORS.slice(at + 1).map((other) =>
            implies(
              all([not(it.ended), it.target(kind), it.mayAct(kind, one), it.mayAct(kind, other)]),
              it.review('YES'),
            ),
          ),
        ),
      ),
    ),
};

export const PROPERTIES: readonly StatedProperty[] = [
  overseasReviewed,
  sdfAlone,
  learningAddsNoExecutor,
  unknownRemovesNoSafeguard,
  everyTargetHasExecutor,
  oneProvisionNamesExecutors,
  choiceIsReviewed,
];
