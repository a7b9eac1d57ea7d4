import type { ScopeFaultCode } from '../check-scope.js';
import { EXECUTORS, type Executor, OUTCOMES, type Outcome } from '../determination.js';
import type { Guideline } from '../guideline.js';
import { instant } from '../instant.js';
import type { RefusalCode, Refused } from '../order.js';
import type { Words } from '../provision.js';
import { EXECUTOR_WORDS, OUTCOME_NAMES } from './code-words.js';
import { byGuideline } from './explain-determination.js';
import { outstandingBlocks } from './explain-outstanding.js';
import { type Explanation, heading, type Language, list, paragraph } from './explanation.js';
import { dueOn } from './japan-time.js';
import { beside, saidOf, sentence } from './phrases.js';
import { REFUSAL_WORDS, SCOPE_FAULT_WORDS } from './refusal-words.js';

/** A refusal as it is explained: a service may refuse for reasons of its own beside the guideline's. */
export type ExplainedRefusal = Pick<Refused, 'outstanding'> & {
  reasons: readonly ExplainedReason[];
};

/** One reason; whatever a service says with reasons of its own comes along. */
export interface ExplainedReason {
  code: string;
  detail?: string | undefined;
  provision?: string | undefined;
  owner?: string | undefined;
  fault?: string | undefined;
}

export type OtherReasons = Readonly<Record<string, (reason: ExplainedReason) => Words>>;

const TITLE: Words = { en: 'Why no order was given', ja: '命令を出すことができない理由' };
const INTRODUCTION: Words = {
  en: 'The order was refused. Every reason is listed.',
  ja: '命令は認められなかった。その理由をすべて次に示す。',
};
const REASONS: Words = { en: 'Reasons', ja: '理由' };
const SAFEGUARDS: Words = { en: 'What is outstanding', ja: '済んでいない手続' };

/**
 * What `authorise` refused, for people. `others` has words for reasons that are not the guideline's, by code; one without words is told by
 * its code and detail.
 */
export function explainRefusal(
  guideline: Guideline,
  { reasons, outstanding }: ExplainedRefusal,
  language: Language,
  others: OtherReasons = {},
): Explanation {
  const own = reasons.filter(({ code }) => code !== 'SAFEGUARD_OUTSTANDING');
  const named = reasons.flatMap(({ provision }) => provision ?? []);
  return {
    language,
    title: TITLE[language],
    blocks: [
      paragraph(byGuideline(guideline, language)),
      paragraph(INTRODUCTION[language]),
      ...(own.length > 0 ? [heading(REASONS[language])] : []),
      ...list(own.map((reason) => sentence(reasonIn(reason, language, others), language))),
      heading(SAFEGUARDS[language]),
      ...outstandingBlocks(guideline, outstanding, language, named),
    ],
  };
}

function reasonIn(reason: ExplainedReason, language: Language, others: OtherReasons): string {
  const { code, detail } = reason;
  if (Object.hasOwn(REFUSAL_WORDS, code)) {
    const known = code as RefusalCode;
    return beside(REFUSAL_WORDS[known][language], detailIn(known, detail ?? '', language), language);
  }
  if (Object.hasOwn(others, code)) return others[code]!(reason)[language];
  return detail === undefined ? code : saidOf(code, detail, language);
}

/** Persons are not named here: whoever reads may not be meant to know them. */
function detailIn(code: RefusalCode, detail: string, language: Language): string {
  switch (code) {
    case 'NOT_DETERMINED':
      return (OUTCOMES as readonly string[]).includes(detail) ? OUTCOME_NAMES[detail as Outcome][language] : detail;
    case 'EXECUTOR_UNUSED':
      return (EXECUTORS as readonly string[]).includes(detail) ? EXECUTOR_WORDS[detail as Executor][language] : detail;
    case 'OUTSIDE_WINDOW':
    case 'WINDOW_OVER':
      return Number.isNaN(instant(detail)) ? detail : dueOn(detail, language);
    case 'SCOPE_FAULTY':
      return scopeFaultIn(detail, language);
    case 'PERSON_MISSING':
      return PERSONS[detail]?.[language] ?? '';
    case 'SAME_PERSON':
      return '';
    default:
      return detail;
  }
}

const PERSONS: Readonly<Record<string, Words>> = {
  draftedBy: { en: 'who drafted it', ja: '起案した者' },
  issuedBy: { en: 'who issues it', ja: '発出する者' },
};

/** `CODE /pointer` as `authorise` spells it. */
function scopeFaultIn(detail: string, language: Language): string {
  const [code = '', pointer = ''] = detail.split(' ');
  if (!Object.hasOwn(SCOPE_FAULT_WORDS, code)) return detail;
  return saidOf(pointer, SCOPE_FAULT_WORDS[code as ScopeFaultCode][language], language);
}
