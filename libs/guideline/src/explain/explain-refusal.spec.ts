import { question } from '../../test/cases.js';
import { prose } from '../../test/prose.js';
import {
  authorise,
  ENACTED,
  explainRefusal,
  findGuideline,
  questionIn,
  REFUSAL_CODES,
  type ExplainedReason,
  type Refused,
  SCOPE_FAULT_CODES,
} from '../index.js';
import { REFUSAL_WORDS, SCOPE_FAULT_WORDS } from './refusal-words.js';

const guideline = findGuideline('acd-2026-10')!;
const LANGUAGES = ['en', 'ja'] as const;
const refusal = (reasons: Refused['reasons']): Refused => ({ verdict: 'REFUSED', reasons, outstanding: [] });
const lower = (lines: string[]) => lines.join('\n').toLowerCase();

describe.each(LANGUAGES)('a refusal, in %s', (language) => {
  it.each(REFUSAL_CODES.filter((code) => code !== 'SAFEGUARD_OUTSTANDING'))('says %s in words', (code) => {
    const lines = prose(explainRefusal(guideline, refusal([{ code }]), language));
    expect(lower(lines)).toContain(REFUSAL_WORDS[code][language].toLowerCase());
    expect(lines.join()).not.toContain(code);
  });

  it.each(SCOPE_FAULT_CODES)('says of a scope that it has the fault %s, and where', (fault) => {
    const detail = `${fault} /servers/3/ref`;
    const text = prose(explainRefusal(guideline, refusal([{ code: 'SCOPE_FAULTY', detail }]), language)).join();
    expect(text).toContain(SCOPE_FAULT_WORDS[fault][language]);
    expect(text).toContain('/servers/3/ref');
    expect(text).not.toContain(fault);
  });
});

it('is told whole: each reason, then each safeguard, then each provision once', () => {
  const asked = question();
  asked.evidence = [];
  asked.order.plannedActionAt = '2026-12-20T12:00:00+09:00';
  asked.order.issuedBy = asked.order.draftedBy;
  const { determination, facts, scope, evidence, order, at } = asked;
  const refused = authorise(determination, facts, scope, evidence, order, at, ENACTED) as Refused;
  const lines = prose(explainRefusal(guideline, refused, 'en'));
  expect(lines.slice(4, 6)).toEqual([
    'The planned time lies outside the window of the scope (Sunday 20 December 2026, 12:00).',
    'The same person drafted and issues the order; a second person is needed.',
  ]);
  expect(lines.filter((line) => line.endsWith('to supply it.'))).toHaveLength(refused.outstanding.length);
  for (const id of ['nsc-approval', 'commission-approval', 'foreign-minister-consultation', 'joint-action']) {
    expect(lines.filter((line) => line.startsWith(id))).toHaveLength(1);
  }
});

it('names no person, and tells what a service refused for in the words that it brings', () => {
  const reasons = [
    { code: 'SAME_PERSON', detail: 'person-77' },
    { code: 'FACT_CONTESTED', detail: 'graveHarmUrgent' },
    { code: 'NOT_STANDING' },
    { code: 'ELSE', detail: 'more' },
  ];
  const contested = ({ detail: fact = '' }: ExplainedReason) => ({
    en: fact,
    ja: `争いがある事実：${questionIn(fact, 'ja')}`,
  });
  const words = { FACT_CONTESTED: contested };
  const lines = prose(explainRefusal(guideline, { reasons, outstanding: [] }, 'ja', words));
  expect(lines.join()).not.toContain('person-77');
  expect(lines).toContain('争いがある事実：放置すれば重大な危害が発生するおそれがあり、緊急の必要があるかどうか。');
  expect(lines).toContain('ELSE：more。');
  expect(lines).toContain('NOT_STANDING。');
});
