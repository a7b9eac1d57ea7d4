import type { Language, WorklistItem } from '@sekisho/contracts';
import { dueOn } from '@sekisho/guideline';
import type { OpenQuestion, WatchedQuestion } from './open-questions.js';

const end = (answerBy: Date | null, language: Language): Pick<WorklistItem, 'dueAt' | 'dueOn'> => {
  const dueAt = answerBy?.toISOString() ?? null;
  return { dueAt, dueOn: dueAt && dueOn(dueAt, language) };
};

const WHY: Readonly<Record<Language, string>> = {
  en: 'Analysts need to know it to assess the report.',
  ja: '報告の評価に必要な情報です。',
};

/** A question, for the organisation that is asked. */
export function toAnswer(open: OpenQuestion, at: Date, language: Language): WorklistItem {
  const { questionId, reportId, answerBy, report, text: question } = open;
  const ends = end(answerBy, language);
  const late = answerBy !== null && answerBy < at;
  return {
    kind: 'QUESTION',
    subject: reportId,
    what: { text: TO_ANSWER[language](ends.dueOn, late), questionId, question, report, late },
    ...ends,
    why: WHY[language],
    who: ['partner'],
    link: `/v1/reports/${reportId}/questions`,
  };
}

const TO_ANSWER: Readonly<Record<Language, (due: string | null, late: boolean) => string>> = {
  en: (due, late) => {
    if (due === null) return 'Answer the question about your report';
    return late ? `The question about your report was to be answered by ${due}` : `Answer the question by ${due}`;
  },
  ja: (due, late) => {
    if (due === null) return '報告についての質問に回答してください';
    return late ? `質問への回答期限（${due}）を過ぎています` : `${due}までに質問に回答してください`;
  },
};

/** A question, for those who ask. */
export function toWatch(watched: WatchedQuestion, language: Language): WorklistItem {
  const { questionId, reportId, organisation, state, answerBy } = watched;
  const ends = end(answerBy, language);
  return {
    kind: 'QUESTION',
    subject: reportId,
    what: { text: TO_WATCH[state][language](organisation, ends.dueOn), questionId, organisation, state },
    ...ends,
    why: WHY[language],
    who: ['analyst'],
    link: `/v1/reports/${reportId}/questions`,
  };
}

type Say = (organisation: string, due: string | null) => string;
const TO_WATCH: Readonly<Record<WatchedQuestion['state'], Readonly<Record<Language, Say>>>> = {
  OVERDUE: {
    en: (organisation, due) => `${organisation} has not answered by ${due}; ask after it`,
    ja: (organisation, due) => `${organisation} から期限（${due}）までに回答がありません。確認してください`,
  },
  ANSWERED: {
    en: (organisation) => `${organisation} has answered; nobody has read it yet`,
    ja: (organisation) => `${organisation} から回答が届いています（未読）`,
  },
};
