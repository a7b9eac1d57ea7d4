import type { Language, Role, WorklistItem } from '@sekisho/contracts';
import { dueOn, type Evidence, findGuideline, outstanding, type Outstanding, summaryLine } from '@sekisho/guideline';
import type { OpenCase } from './open-cases.js';

const WHY = {
  facts: {
    en: 'Orders wait until analysts have established it.',
    ja: '分析官が確定するまで、命令を出すことはできない。',
  },
  scope: {
    en: 'The confirmed scope has lapsed, and an order needs one that stands.',
    ja: '確認された措置案が失効しており、命令には有効な措置案を要する。',
  },
  order: { en: 'Nothing stands in the way of an order.', ja: '命令を妨げるものはない。' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

/** A case as one thing to do: what it waits for, who holds it, and until when. `at` is RFC 3339. */
export function caseItem(open: OpenCase, evidence: readonly Evidence[], at: string, language: Language): WorklistItem {
  const { incidentId, determination, scope, scopeDigest, lapsed, contested } = open;
  const papers = lapsed === null ? outstanding(determination, { ...scope, scopeDigest }, evidence, at) : null;
  const missingFacts = contested.length > 0 ? [...contested] : determination.missingFacts;
  const until = open.ends.toISOString();
  const line = { name: incidentId, determination: { ...determination, missingFacts }, outstanding: papers, until };
  const stage = missingFacts.length > 0 ? 'facts' : papers === null ? 'scope' : papers.length === 0 ? 'order' : null;
  return {
    kind: 'CASE',
    subject: incidentId,
    what: { text: summaryLine(line, language), scopeDigest, lapsed, contested, outstanding: papers },
    dueAt: until,
    dueOn: dueOn(until, language),
    why: stage === null ? askedBy(determination.guideline, papers ?? [], language) : WHY[stage][language],
    who: stage === null ? holders(papers ?? []) : [stage === 'order' ? 'tasking-officer' : 'analyst'],
    link: `/v1/incidents/${incidentId}/safeguards`,
  };
}

const holders = (papers: readonly Outstanding[]): Role[] => [...new Set(papers.map(({ suppliedBy }) => suppliedBy))];

/** The words of the provisions that ask for the papers. */
function askedBy(guideline: string, papers: readonly Outstanding[], language: Language): string {
  const named = new Set(papers.map(({ provision }) => provision));
  const provisions = findGuideline(guideline)?.provisions.filter(({ id }) => named.has(id)) ?? [];
  return provisions.map(({ words }) => words[language]).join(language === 'ja' ? '' : ' ');
}
