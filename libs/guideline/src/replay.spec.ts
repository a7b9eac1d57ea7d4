import fc from 'fast-check';
import { acd202704Invented } from '../test/amendment/acd-2027-04-invented.js';
import { anyFacts } from '../test/any-facts.js';
import { FACTS } from '../test/cases.js';
import { determine, endOf, type Facts, findGuideline, replay } from './index.js';

const draft = findGuideline('acd-2025-12-draft')!;
const inForce = findGuideline('acd-2026-10')!;
const ministry: Facts = {
  ...FACTS,
  nationalSecurityImpact: 'FALSE',
  servers: [{ ref: 's1', location: 'DOMESTIC' }],
  targets: [{ ref: 't1', kind: 'GOVERNMENT' }],
};

describe('a case under another version', () => {
  it('shows how it ends under each, what changes and by which provisions', () => {
    const { from, to, change } = replay(inForce, acd202704Invented, ministry);
    expect([from, to]).toEqual(['DETERMINED, review NO, NPA_SOLE', 'DETERMINED, review YES, NPA_SOLE + JOINT_NPA_SDF']);
    expect(change?.provisions).toEqual([
      { provision: 'joint-action', from: 'FALSE', to: 'TRUE' },
      { provision: 'nsc-approval', from: 'FALSE', to: 'TRUE' },
      { provision: 'review-government-target', from: null, to: 'TRUE' },
    ]);
    expect(change?.to.safeguards.map(({ kind }) => kind)).toContain('NSC_APPROVAL');
  });

  it('names the provision that ends it', () => {
    const { from, to, change } = replay(draft, inForce, { ...FACTS, graveHarmUrgent: 'FALSE' });
    expect([from, to]).toEqual(['DETERMINED, review YES, NPA_SOLE + JOINT_NPA_SDF', 'NO_AUTHORITY']);
    expect(change?.provisions).toContainEqual({ provision: 'no-authority', from: null, to: 'TRUE' });
  });

  it('changes where the determinations differ, and nowhere else', () => {
    fc.assert(
      fc.property(fc.constantFrom(draft, acd202704Invented), anyFacts(), (other, facts) => {
        const [
          { because: _, guideline: __, inForce: ___, ...one },
          { because: _2, guideline: __2, inForce: ___2, ...two },
        ] = [determine(inForce, facts), determine(other, facts)];
        const { from, to, change } = replay(inForce, other, facts);
        const same = JSON.stringify(one) === JSON.stringify(two);
        expect(change).toEqual(same ? null : { from: one, to: two, provisions: change?.provisions });
        expect([from, to]).toEqual([endOf(one), endOf(two)]);
        if (!same) expect(change?.provisions.length).toBeGreaterThan(0);
      }),
    );
    expect(replay(inForce, inForce, ministry).change).toBeNull();
  });
});
