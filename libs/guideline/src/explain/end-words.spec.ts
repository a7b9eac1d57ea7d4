import fc from 'fast-check';
import { acd202704Invented } from '../../test/amendment/acd-2027-04-invented.js';
import { anyFacts } from '../../test/any-facts.js';
import { determine, endIn, endInLine, endOf, guidelines } from '../index.js';

describe('how a case ends, in words', () => {
  it.each([
    ['NO_AUTHORITY', 'no authority for a measure', '措置の権限なし'],
    [
      'DETERMINED, review YES, NPA_SOLE + JOINT_NPA_SDF',
      'determined; NSC review, police alone or police and SDF jointly',
      '確定。国家安全保障会議の審議あり、警察単独又は警察・自衛隊共同',
    ],
    [
      'PROVISIONAL, review PROVISIONAL, nobody',
      'provisional; NSC review open, nobody may act',
      '暫定。国家安全保障会議の審議は未確定、対処できる者なし',
    ],
  ])('%s is told', (end, en, ja) => expect([endInLine(end, 'en'), endInLine(end, 'ja')]).toEqual([en, ja]));

  it('keeps no code, whatever the case, and tells different ends differently', () => {
    const told = { en: new Map<string, string>(), ja: new Map<string, string>() };
    fc.assert(
      fc.property(fc.constantFrom(...guidelines, acd202704Invented), anyFacts(), (guideline, facts) => {
        const end = endOf(determine(guideline, facts));
        for (const language of ['en', 'ja'] as const) {
          const line = endInLine(end, language);
          expect(line).not.toMatch(/[A-Z]+_[A-Z]|review [A-Z]|undefined/);
          expect(told[language].get(line) ?? end).toBe(end);
          told[language].set(line, end);
        }
      }),
    );
  });

  it('is given back where it is spelt as no version spells it', () =>
    expect(endIn('SOMETHING_ELSE', 'ja')).toEqual({ outcome: 'SOMETHING_ELSE', more: '' }));
});
