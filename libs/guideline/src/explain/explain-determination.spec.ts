import fc from 'fast-check';
import { acd202704Invented } from '../../test/amendment/acd-2027-04-invented.js';
import { anyFacts } from '../../test/any-facts.js';
import { determined, FACTS } from '../../test/cases.js';
import { prose } from '../../test/prose.js';
import { determine, explainDetermination, findGuideline, guidelines, SUPPLIERS, type ThreeValued } from '../index.js';
import { OUTCOME_WORDS, REVIEW_WORDS, SUPPLIER_WORDS } from './code-words.js';
import { safeguardIn } from './explain-determination.js';

const anyVersion = fc.constantFrom(...guidelines, acd202704Invented);
const anyLanguage = fc.constantFrom('en' as const, 'ja' as const);
const SECTION: Readonly<Record<ThreeValued, RegExp>> = {
  TRUE: /^(Provisions that apply|適用する規定)$/,
  FALSE: /^(Provisions that do not apply|適用しない規定)$/,
  UNKNOWN: /^(Provisions whose application is open|適用の有無が確定していない規定)$/,
};
const ANSWER: Readonly<Record<ThreeValued, RegExp>> = {
  TRUE: /[:：](( applies| the case ends here)|適用する|判定はここで終わる)$/,
  FALSE: /[:：]( does not apply| does not stand in the way of a measure|適用しない|措置を妨げない)$/,
  UNKNOWN: /[:：]( not established .*|適用の有無は未確定|判定がここで終わるかどうかは未確定)$/,
};

describe('the explanation of any determination', () => {
  it('cites every provision of the trace once, under its answer, with a sentence for each condition', () => {
    fc.assert(
      fc.property(anyVersion, anyFacts(), anyLanguage, (guideline, facts, language) => {
        const determination = determine(guideline, facts);
        const { blocks } = explainDetermination(guideline, determination, language);
        let section = '';
        const cited = blocks.flatMap((block) => {
          if (block.kind === 'heading') section = block.text;
          return block.kind === 'citations' ? block.items.map((item) => ({ ...item, section })) : [];
        });
        expect(cited.map(({ provision }) => provision).sort()).toEqual(
          determination.because.map(({ provision }) => provision).sort(),
        );
        for (const { provision, answer, conditions } of determination.because) {
          const found = cited.find((each) => each.provision === provision)!;
          expect(found.answer).toBe(answer);
          expect(found.label.startsWith(provision)).toBe(true);
          expect(found.label).toMatch(ANSWER[answer]);
          expect(found.section).toMatch(SECTION[answer]);
          expect(found.reasons).toHaveLength(conditions.length);
        }
        const text = prose({ language, title: '', blocks }).join('\n');
        for (const { provision } of determination.because)
          expect(text.split(provision + (language === 'ja' ? '（' : ' (row'))).toHaveLength(2);
      }),
    );
  });

  it('says what was concluded: outcome, review, who may act, each safeguard with its supplier, each missing fact', () => {
    fc.assert(
      fc.property(anyVersion, anyFacts(), anyLanguage, (guideline, facts, language) => {
        const determination = determine(guideline, facts);
        const { outcome, nscReview, safeguards, execution, missingFacts } = determination;
        const lines = prose(explainDetermination(guideline, determination, language));
        const text = lines.join('\n').toLowerCase();
        expect(lines).toContain(OUTCOME_WORDS[outcome][language]);
        if (execution.length > 0) expect(text).toContain(REVIEW_WORDS[nscReview.required][language].toLowerCase());
        for (const { target } of execution) {
          expect(
            lines.filter((line) => new RegExp(`^(Targets? |攻撃対象)[^:：]*\\b${target}\\b`).test(line)),
          ).toHaveLength(1);
        }
        for (const safeguard of safeguards) {
          const line = lines.filter((each) => each.startsWith(safeguardIn(safeguard, language)));
          expect(line).toEqual([expect.stringContaining(SUPPLIER_WORDS[SUPPLIERS[safeguard.kind]][language])]);
        }
        for (const name of missingFacts) expect(said(name, lines, language)).toBe(true);
      }),
    );
  });

  it('leaves no code and no foreign tongue behind', () => {
    fc.assert(
      fc.property(anyVersion, anyFacts(), anyLanguage, (guideline, facts, language) => {
        const { title, blocks } = explainDetermination(guideline, determine(guideline, facts), language);
        const text = prose({ language, title, blocks }).join('\n');
        expect(text).not.toMatch(/[A-Z]+_[A-Z]+|undefined|\bUNKNOWN\b|\bFALSE\b|\bTRUE\b|\(\)|（）/);
        // Statutes keep their Japanese names in English.
        if (language === 'en') expect(text.replaceAll(/\([^ -~]+\)/g, '')).toMatch(/^[ -~\n]*$/);
        else expect(text).not.toMatch(/\b(the|is|of)\b/);
      }),
    );
  });
});

const QUESTIONS = {
  measureContemplated: /whether a measure is contemplated|措置を検討しているかどうか/i,
  graveHarmUrgent: /whether grave harm is likely|重大な危害が発生するおそれがあり/i,
  nationalSecurityImpact: /whether the attack affects|影響を及ぼすかどうか/i,
  communicationProtection: /whether the conditions of a communication|要件を満たすかどうか/i,
} as Readonly<Record<string, RegExp>>;

function said(name: string, lines: readonly string[], language: 'en' | 'ja'): boolean {
  const [of, ref] = name.split('.');
  const asked = lines.slice(lines.findIndex((line) => /^(What is to be established|確定を要する事実)$/.test(line)));
  if (ref === undefined) return asked.some((line) => QUESTIONS[name]?.test(line));
  const about = { servers: { en: 'servers', ja: 'サーバー' }, targets: { en: 'targets', ja: '攻撃対象' } }[
    of as 'servers'
  ];
  return asked.some((line) => line.includes(about[language]) && new RegExp(`\\b${ref}\\b`).test(line));
}

describe('a changed trace changes the prose', () => {
  it('whichever answer, condition or count it is', () => {
    fc.assert(
      fc.property(anyVersion, anyFacts(), anyFacts(), anyLanguage, (guideline, one, two, language) => {
        const [before, after] = [determine(guideline, one), determine(guideline, two)];
        fc.pre(JSON.stringify(before.because) !== JSON.stringify(after.because));
        expect(explainDetermination(guideline, before, language)).not.toEqual(
          explainDetermination(guideline, after, language),
        );
      }),
    );
  });

  it('is read and not worked out again: what the trace says is told, whatever the facts were', () => {
    const guideline = findGuideline('acd-2026-10')!;
    const determination = structuredClone(determined(FACTS));
    const overseas = determination.because.find(({ provision }) => provision === 'review-overseas-server')!;
    Object.assign(overseas, { answer: 'FALSE' });
    Object.assign(overseas.conditions[0]!, { answer: 'FALSE', value: 'DOMESTIC 7' });
    const lines = prose(explainDetermination(guideline, determination, 'en'));
    expect(lines).toContain('review-overseas-server (row 3): does not apply');
    expect(lines).toContain('Not met: no server is overseas (7 in Japan).');
  });
});

it('tells why a provision does not apply, and that what is unknown counts as no where it does', () => {
  const guideline = findGuideline('acd-2026-10')!;
  const found = determined({ ...FACTS, noTimeForPriorApproval: 'UNKNOWN' });
  const reasons = (language: 'en' | 'ja', id: string) =>
    explainDetermination(guideline, found, language).blocks.flatMap((block) =>
      block.kind === 'citations' ? (block.items.find(({ provision }) => provision === id)?.reasons ?? []) : [],
    );
  expect(reasons('en', 'review-domestic-national-security')).toEqual([
    'Not met: no server is in Japan (1 overseas).',
    'Met: the attack affects national security.',
  ]);
  expect(reasons('ja', 'review-domestic-national-security')).toEqual([
    '非該当：国内のサーバーはない（国外1台）。',
    '該当：攻撃が国家の安全保障に影響を及ぼす。',
  ]);
  expect(reasons('en', 'commission-approval')[1]).toBe(
    'For notification afterwards, not met: whether there is time for the prior approval of the commission is not established, which counts as no.',
  );
});

it('has words for the grounds and groups of a version that it has never seen', () => {
  const facts = {
    ...FACTS,
    servers: [{ ref: 's1', location: 'DOMESTIC' as const }],
    targets: [{ ref: 't1', kind: 'GOVERNMENT' as const }],
  };
  const lines = prose(explainDetermination(acd202704Invented, determine(acd202704Invented, facts), 'ja')).join('\n');
  const own = acd202704Invented.provisions.find(({ id }) => id === 'review-government-target')!.words.ja;
  expect(lines).toContain(`理由：${own}`);
  expect(lines).toContain('政府機関のシステムが攻撃を受けている');
});

it('keeps a provision that the version does not have, as the trace has it', () => {
  const guideline = { ...findGuideline('acd-2026-10')!, provisions: [] };
  const lines = prose(explainDetermination(guideline, determined(), 'en'));
  expect(lines).toContain('no-measure: does not apply');
  expect(lines.filter((line) => line.startsWith('[A] The Japan News')).length).toBeGreaterThan(0);
});
