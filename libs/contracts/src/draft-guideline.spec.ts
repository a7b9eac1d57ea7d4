import { determine, type Facts, findGuideline, guidelineInForce } from '@sekisho/guideline';
import { draftIn } from './draft-guideline.js';

const inForce = findGuideline('acd-2026-10')!;
const draft = { ...inForce, id: 'acd-2027-04', validFrom: '2020-01-01T00:00:00+09:00' };
const refused = (module: Record<string, unknown>) => expect(() => draftIn(module));

describe('a draft of the guideline', () => {
  it('is the version that its module exports, and is never in force', () => {
    const found = draftIn({ draft, somethingElse: 'a title' });
    expect(found).toEqual({ ...draft, validFrom: null });
    expect(guidelineInForce('2020-06-01T00:00:00+09:00')).toBeUndefined();
    const facts: Facts = {
      plannedActionAt: '2027-06-01T00:00:00+09:00',
      measureContemplated: 'TRUE',
      graveHarmUrgent: 'TRUE',
      nationalSecurityImpact: 'TRUE',
      communicationProtection: 'TRUE',
      noTimeForPriorApproval: 'FALSE',
      servers: [{ ref: 's1', location: 'OVERSEAS' }],
      targets: [{ ref: 't1', kind: 'PRIVATE' }],
    };
    expect(determine(found, facts)).toMatchObject({ guideline: 'acd-2027-04', inForce: false });
  });

  it('takes the place of no version that there is', () => {
    refused({ draft: { ...draft, id: 'acd-2026-10' } }).toThrow('it is called acd-2026-10, as a version that there is');
  });

  it('is one, and whole', () => {
    refused({}).toThrow('it exports 0 versions of the guideline, and one is wanted');
    refused({ draft, other: draft }).toThrow('it exports 2 versions');
    const { title: _, ...untitled } = draft;
    refused({ untitled }).toThrow('it exports no version of the guideline: /title');
  });

  it('answers cases', () => {
    refused({ draft: { ...draft, targetGroups: { SDF_OR_USFJ: ['SDF', 'USFJ'] } } }).toThrow(
      'it cannot be asked: acd-2027-04: GOVERNMENT is in no group of targets',
    );
  });
});
