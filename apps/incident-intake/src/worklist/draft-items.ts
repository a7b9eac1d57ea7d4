import type { Fault, Language, WorklistItem } from '@sekisho/contracts';
import { dueOn } from '@sekisho/guideline';
import { type Draft, expiryOf, titleOfDraft } from '../drafts/draft.store.js';

/** A draft, with what it still lacks. */
export function toFinish(draft: Draft, errors: readonly Fault[], language: Language): WorklistItem {
  const expiresAt = expiryOf(draft).toISOString();
  const words = WORDS[language];
  const title = titleOfDraft(draft);
  return {
    kind: 'DRAFT',
    subject: draft.draftId,
    what: { text: words.text(title, errors.length), errors, expiresAt },
    dueAt: null,
    dueOn: null,
    why: words.why(dueOn(expiresAt, language)),
    who: ['partner'],
    link: `/v1/report-drafts/${draft.draftId}`,
  };
}

interface Words {
  text(title: string | null, missing: number): string;
  why(expiry: string): string;
}
const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    text: (title, missing) =>
      `The draft ${title === null ? 'without a title' : `“${title}”`} ${missing === 0 ? 'can be submitted' : `is not complete: ${missing} to put right`}`,
    why: (expiry) => `A draft is no report until it is submitted; untouched it is deleted on ${expiry}.`,
  },
  ja: {
    text: (title, missing) =>
      `下書き${title === null ? '（件名なし）' : `「${title}」`}：${missing === 0 ? '提出できます' : `あと${missing}件の修正が必要です`}`,
    why: (expiry) => `下書きは提出するまで報告になりません。変更がなければ${expiry}に削除されます。`,
  },
};
