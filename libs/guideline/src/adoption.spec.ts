import fc from 'fast-check';
import { FACTS } from '../test/cases.js';
import { type Adoption, counterfactuals, determine, ENACTED, governing, guidelineFor, knownAt } from './index.js';

const adopted = (guideline: string | null, from: string, adoptedAt: string): Adoption => ({
  guideline,
  from,
  adoptedAt,
});
const APRIL = adopted('acd-2025-12-draft', '2027-04-01T00:00:00+09:00', '2026-12-01T10:00:00Z');
const UNDONE = adopted('acd-2026-10', '2027-03-31T15:00:00Z', '2026-12-02T10:00:00Z');
const UNKNOWN = adopted(null, '2027-04-01T00:00:00+09:00', '2026-12-03T10:00:00Z');

describe('what was adopted', () => {
  it.each([
    ['the day before', [...ENACTED, APRIL], '2027-03-31T23:59:59+09:00', 'acd-2026-10'],
    ['the very instant', [...ENACTED, APRIL], '2027-03-31T15:00:00Z', 'acd-2025-12-draft'],
    ['years later', [APRIL, ...ENACTED], '2031-01-01T00:00:00Z', 'acd-2025-12-draft'],
    ['undone before it took effect', [UNDONE, APRIL, ...ENACTED], '2027-04-02T00:00:00Z', 'acd-2026-10'],
    ['before anything', [...ENACTED, APRIL], '2026-09-30T23:59:59+09:00', undefined],
    ['nothing', [], '2027-04-02T00:00:00Z', undefined],
    [
      'a time that cannot be read',
      [adopted('acd-2025-12-draft', 'soon', 'now'), ...ENACTED],
      '2027-04-02T00:00:00Z',
      'acd-2026-10',
    ],
  ])('governs: %s', (_what, adoptions, at, guideline) => {
    expect(governing(adoptions, at)?.guideline).toBe(guideline);
    expect(
      determine(
        guidelineFor({ ...FACTS, plannedActionAt: at }, undefined, adoptions)!,
        { ...FACTS, plannedActionAt: at },
        adoptions,
      ),
    ).toMatchObject({
      guideline: guideline ?? 'acd-2026-10',
      inForce: guideline !== undefined,
    });
  });

  it('leaves nothing in force where this release does not have the text', () => {
    const facts = { ...FACTS, plannedActionAt: '2027-04-02T00:00:00Z' };
    const adoptions = [...ENACTED, APRIL, UNKNOWN];
    const guideline = guidelineFor(facts, undefined, adoptions)!;
    expect(determine(guideline, facts, adoptions)).toMatchObject({ guideline: 'acd-2026-10', inForce: false });
    expect(counterfactuals(guideline, facts, adoptions)).toContainEqual({
      goal: 'ORDER_POSSIBLE',
      reached: false,
      size: null,
      ways: [],
    });
  });

  it('is known from its record on', () => {
    expect(knownAt([...ENACTED, APRIL, UNDONE], '2026-12-01T09:59:59Z')).toEqual(ENACTED);
    expect(knownAt([...ENACTED, APRIL, UNDONE], '2026-12-01T19:00:00+09:00')).toEqual([...ENACTED, APRIL]);
    expect(knownAt(ENACTED, 'soon')).toEqual([]);
  });

  it('governs the same in whichever order it is listed', () => {
    const time = fc.integer({ min: 0, max: 9 }).map((hour) => `2027-01-01T0${hour}:00:00Z`);
    const one = fc.record({ guideline: fc.constantFrom('a', 'b', null), from: time, adoptedAt: time });
    // Two made in the same instant, from the same instant on, cannot be: adoptions are recorded one after the other.
    const list = fc.uniqueArray(one, { maxLength: 8, selector: ({ from, adoptedAt }) => `${from} ${adoptedAt}` });
    fc.assert(
      fc.property(list, time, fc.infiniteStream(fc.nat()), (adoptions, at, keys) => {
        const shuffled = adoptions.map((each) => ({ each, key: keys.next().value })).sort((a, b) => a.key - b.key);
        const found = governing(adoptions, at);
        expect(
          governing(
            shuffled.map(({ each }) => each),
            at,
          ),
        ).toEqual(found);
        const held = adoptions.filter(({ from }) => from <= at);
        expect(held.every(({ from }) => found !== undefined && from <= found.from)).toBe(true);
      }),
    );
  });
});
