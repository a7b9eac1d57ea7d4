import { ENACTED, findGuideline, guidelineInForce } from '@sekisho/guideline';
import { adoptionOf, digestOfGuideline } from './index.js';

const guideline = findGuideline('acd-2026-10')!;
const recorded = {
  guideline: guideline.id,
  digest: digestOfGuideline(guideline),
  from: '2027-04-01T00:00:00+09:00',
  confirmedAt: '2026-12-01T00:00:00Z',
};

describe('the text that was adopted', () => {
  it('has a digest, which any word of it changes', () => {
    expect(digestOfGuideline(guideline)).toMatch(/^sha256:[0-9a-f]{64}$/);
    const [first, ...rest] = guideline.provisions;
    const other = { ...guideline, provisions: [{ ...first!, words: { ...first!.words, en: 'Whatever.' } }, ...rest] };
    expect(digestOfGuideline(other)).not.toBe(digestOfGuideline(guideline));
  });

  it('is never edited: what changes a version in force is a new version, and an adoption of that', () => {
    expect(digestOfGuideline(guideline)).toBe(
      'sha256:e13fab809bc3cd5c75b1367eb6396cd28e430d93384dd95af940bf8aa134e95c',
    );
  });

  it('is in force where this release has it, word for word', () => {
    expect(adoptionOf(recorded)).toEqual({
      guideline: 'acd-2026-10',
      from: recorded.from,
      adoptedAt: recorded.confirmedAt,
    });
  });

  it.each([
    ['another text under its name', { ...recorded, digest: `sha256:${'0'.repeat(64)}` }],
    ['no such version', { ...recorded, guideline: 'acd-2030' }],
  ])('leaves nothing in force where this release has %s', (_what, adopted) => {
    const adoptions = [...ENACTED, adoptionOf(adopted)];
    expect(guidelineInForce('2027-03-31T23:59:59+09:00', adoptions)?.id).toBe('acd-2026-10');
    expect(guidelineInForce('2027-04-01T00:00:00+09:00', adoptions)).toBeUndefined();
  });
});
