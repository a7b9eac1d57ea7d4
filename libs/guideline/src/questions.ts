import { changed } from './change.js';
import type { Answer } from './determination.js';
import { answer, lookUp } from './determine.js';
import type { Facts } from './facts.js';
import type { Guideline } from './guideline.js';
import { readingOf } from './reading.js';

/** What a case would be answered if a fact had one of these values: they lead to the same. */
export interface QuestionAnswer {
  values: string[];
  /** In how many ways the case may then still end. */
  ends: number;
  leadsTo: Pick<Answer, 'outcome' | 'nscReview' | 'execution' | 'safeguards' | 'missingFacts'>;
}

/** A missing fact as a question. `alike` are the facts that could be asked in its place: they differ in name alone. */
export interface Question {
  fact: string;
  alike: string[];
  answers: QuestionAnswer[];
}

/** What to ask next. `ends` is in how many ways the case may end as it stands; the questions come with the most helpful first. */
export interface NextQuestions {
  ends: number;
  questions: Question[];
}

/**
 * The missing facts of a provisional case, ordered by how far settling them narrows the outcome: by the number of ends that the worst
 * answer leaves, then by those of all answers together, then in the guideline's order. No question where nothing is missing.
 * Source: our own [P].
 */
export function nextQuestions(guideline: Guideline, facts: Facts): NextQuestions {
  const { missingFacts } = answer(guideline, facts);
  const servers = missingFacts.filter((fact) => fact.startsWith('servers.'));
  const targets = missingFacts.filter((fact) => fact.startsWith('targets.'));
  const others = missingFacts.filter((fact) => !servers.includes(fact) && !targets.includes(fact));
  const { classes } = readingOf(guideline);
  const questions = [
    ...others.map((fact) => question(guideline, facts, [fact], [['TRUE'], ['FALSE']])),
    ...(servers.length > 0 ? [question(guideline, facts, servers, [['OVERSEAS'], ['DOMESTIC']])] : []),
    ...(targets.length > 0 ? [question(guideline, facts, targets, classes)] : []),
  ];
  const worst = ({ answers }: Question) => Math.max(...answers.map(({ ends }) => ends));
  const sum = ({ answers }: Question) => answers.reduce((total, { ends }) => total + ends, 0);
  return {
    ends: endsOf(guideline, facts),
    questions: questions.sort((one, two) => worst(one) - worst(two) || sum(one) - sum(two)),
  };
}

const endsOf = (guideline: Guideline, facts: Facts): number => lookUp(guideline, facts).found.ends;

function question(
  guideline: Guideline,
  facts: Facts,
  [fact, ...alike]: readonly string[],
  values: readonly (readonly string[])[],
): Question {
  const answers = values.map((each): QuestionAnswer => {
    const known = changed(facts, [{ fact: fact!, value: each[0]! }]);
    const { outcome, nscReview, execution, safeguards, missingFacts } = answer(guideline, known);
    const leadsTo = { outcome, nscReview, execution, safeguards, missingFacts };
    return { values: [...each], ends: endsOf(guideline, known), leadsTo };
  });
  return { fact: fact!, alike, answers };
}
