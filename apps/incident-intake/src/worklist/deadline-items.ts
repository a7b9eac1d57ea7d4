import type { Language, WorklistItem } from '@sekisho/contracts';
import { dueOn } from '@sekisho/guideline';
import { stateOf } from '../deadlines/clock.js';
import { ruleOf, titleOf } from '../deadlines/deadline-view.js';
import type { OpenClock } from './open-clocks.js';

interface DeadlineItem extends Omit<WorklistItem, 'who' | 'link' | 'dueOn'> {
  readonly title: string;
  readonly dueOn: string;
}

function itemOf(open: OpenClock, at: Date, language: Language): DeadlineItem {
  const { clock, reportId } = open;
  const title = titleOf(clock, language);
  const due = dueOn(clock.dueAt, language);
  const { regime, kind, applies } = clock;
  return {
    kind: 'DEADLINE',
    subject: reportId,
    what: { text: title, regime, clock: kind, state: stateOf(clock, at).state, applies },
    dueAt: clock.dueAt,
    dueOn: due,
    why: whyOf(open, language),
    title,
  };
}

function whyOf({ clock }: OpenClock, language: Language): string {
  const rule = ruleOf(clock)?.regime;
  if (!rule) return clock.regime;
  const [title, why, onlyIf = ''] = [rule.title[language], rule.why[language], rule.onlyIf?.[language]];
  return language === 'ja' ? `${title}：${why}${onlyIf}` : `${title}: ${why} ${onlyIf}`.trim();
}

export function toSend(open: OpenClock, at: Date, language: Language): WorklistItem {
  const { title, ...item } = itemOf(open, at, language);
  const { report, reportId } = open;
  const text = TO_SEND[language](title, item.dueOn, item.what);
  return { ...item, what: { ...item.what, text, report }, who: ['partner'], link: `/v1/reports/${reportId}` };
}

type Say = (title: string, due: string, what: WorklistItem['what']) => string;
const TO_SEND: Readonly<Record<Language, Say>> = {
  en: (title, due, { state, applies }) => {
    const possible = applies === 'IF_CONFIRMED' ? ' (if it turns out to apply)' : '';
    return `${title}${possible}: ${state === 'MISSED' ? `was due on ${due}; send it at once` : `send it by ${due}`}`;
  },
  ja: (title, due, { state, applies }) => {
    const possible = applies === 'IF_CONFIRMED' ? '（該当する場合）' : '';
    const over = `期限（${due}）を過ぎています。直ちに提出してください`;
    return `${title}${possible}：${state === 'MISSED' ? over : `${due}までに提出してください`}`;
  },
};

export function toAskAfter(open: OpenClock, at: Date, language: Language): WorklistItem {
  const { title, ...item } = itemOf(open, at, language);
  const { organisation, reportId } = open;
  const text =
    language === 'ja'
      ? `${title}：${organisation} からの提出が期限（${item.dueOn}）までにありません。確認してください`
      : `${title}: nothing came from ${organisation} by ${item.dueOn}; ask after it`;
  return {
    ...item,
    what: { ...item.what, text, organisation },
    who: ['analyst'],
    link: `/v1/incidents?reportId=${reportId}`,
  };
}
