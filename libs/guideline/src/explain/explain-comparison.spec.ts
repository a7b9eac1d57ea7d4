import { acd202704Invented } from '../../test/amendment/acd-2027-04-invented.js';
import { prose } from '../../test/prose.js';
import { compareGuidelines, explainComparison, findGuideline, type Guideline, guidelines } from '../index.js';

const draft = findGuideline('acd-2025-12-draft')!;
const inForce = findGuideline('acd-2026-10')!;
const VERSIONS = [draft, inForce, acd202704Invented];
const PAIRS = VERSIONS.flatMap((from) => VERSIONS.filter((to) => to !== from).map((to) => [from, to] as const));

const cited = (from: Guideline, to: Guideline, language: 'en' | 'ja') =>
  explainComparison(from, to, language).blocks.flatMap((block) => (block.kind === 'citations' ? block.items : []));

describe.each(['en', 'ja'] as const)('two versions side by side, in %s', (language) => {
  it.each(PAIRS.map(([from, to]) => [from.id, to.id, from, to] as const))(
    'tell of %s and %s every part that is not the same, with its words, and of no other',
    (_, __, from, to) => {
      const { clauses, provisions, judgements } = compareGuidelines(from, to);
      const changed = [...clauses, ...provisions, ...judgements].filter(({ change }) => change !== 'SAME');
      const told = cited(from, to, language);
      expect(told.map(({ provision, words }) => [provision, words])).toEqual(
        changed.map((each) => [(each.to ?? each.from)!.id, (each.to ?? each.from)!.words[language]]),
      );
      changed.forEach((each, at) => {
        const { reasons } = told[at]!;
        // What stood there before, in the words of then.
        if (each.from && each.to && each.parts.includes('words'))
          expect(reasons.join('\n')).toContain(each.from.words[language].replace(/[.。]$/, ''));
        expect(reasons.length).toBeGreaterThan(0);
        expect(reasons.join('\n')).not.toMatch(/undefined|\b(TRUE|FALSE|SOME_|ALL_|REQUIRED|NPA_SOLE)/);
      });
    },
  );

  it.each(guidelines)('tell of $id beside itself that nothing differs', (version) => {
    const { blocks } = explainComparison(version, version, language);
    expect(blocks.map(({ kind }) => kind)).toEqual(['list', 'paragraph']);
  });
});

describe('what reads otherwise', () => {
  it('is told with what stood there before', () => {
    const [overseas] = cited(draft, inForce, 'en').filter(({ provision }) => provision === 'executor-overseas-server');
    expect(overseas?.label).toBe(
      'executor-overseas-server (row 7): in place of executor-overseas-server-draft, changed (name, words, sources, what follows)',
    );
    expect(overseas?.reasons.slice(-2)).toEqual([
      'What follows (acd-2025-12-draft): against attacks on systems of others than the Self-Defense Forces and U.S. Forces Japan: the police alone or the police and the Self-Defense Forces jointly.',
      'What follows (acd-2026-10): against attacks on systems of others than the Self-Defense Forces and U.S. Forces Japan: the police alone or the police and the Self-Defense Forces jointly (where the conditions of a communication-protection measure are met).',
    ]);
    const domestic = cited(draft, inForce, 'ja').find(({ provision }) => provision === 'executor-domestic-servers');
    expect(domestic?.reasons.at(-1)).toContain(
      '（通信防護措置の要件を満たす場合であって、国家安全保障会議による事前の審議を要する場合）',
    );
  });

  it('is all that an amendment does: its clause, its provision, its line between targets', () => {
    const lines = prose(explainComparison(inForce, acd202704Invented, 'en'));
    expect(lines).toEqual(
      expect.arrayContaining([
        'Clauses of the text: 1 added, 13 as before.',
        'review-government-target (row 4): added',
        'When it applies: a system of the government is attacked.',
        'What follows: the National Security Council reviews the measures in advance.',
        'GOVERNMENT: acd-2026-10: none; acd-2027-04-invented: the government.',
      ]),
    );
  });
});
