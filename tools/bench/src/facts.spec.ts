import { determine, factsFault, findGuideline } from '@sekisho/guideline';
import { KNOWN, unknownFacts } from './facts.js';

const guideline = findGuideline('acd-2026-10')!;

describe('facts to be timed', () => {
  it('are known: each is determined, and they are not all one case', () => {
    const answers = KNOWN.map((facts) => determine(guideline, facts));
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['DETERMINED']));
    expect(new Set(answers.map(({ execution }) => JSON.stringify(execution))).size).toBeGreaterThan(2);
    expect(new Set(answers.map(({ nscReview }) => nscReview.required))).toEqual(new Set(['YES', 'NO']));
  });

  it('are unknown: every one of them is missing', () => {
    const facts = unknownFacts(1_000, 100);
    expect(factsFault(facts)).toBeNull();
    const { outcome, missingFacts } = determine(guideline, facts);
    expect(outcome).toBe('PROVISIONAL');
    expect(missingFacts.filter((fact) => fact.startsWith('servers.'))).toHaveLength(1_000);
    expect(missingFacts.filter((fact) => fact.startsWith('targets.'))).toHaveLength(100);
  });
});
