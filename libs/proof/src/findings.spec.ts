import {
  type Condition,
  determine,
  type ExecutionProvision,
  type Guideline,
  guidelines,
  type OutcomeProvision,
  type Provision,
  type ReviewProvision,
  type SafeguardProvision,
} from '@sekisho/guideline';
import { planted, provision, without } from '../test/planted.js';
import type { Finding, FindingCode } from './finding.js';
import { findingsOf } from './lint-guideline.js';
import { caseSpaceOf } from './case-space.js';
import { giversOf, readSettled } from './settled-reading.js';

const OVERSEAS = [{ ref: 's1', location: 'OVERSEAS' }];

/** What `determine` says of a witness: of a provision, whether it is met. */
const answerOf = (copy: Guideline, { witness }: Finding, id: string) =>
  determine(copy, witness!).because.find((each) => each.provision === id)?.answer;

/** One planted fault: the finding, and what its witness shows when `determine` is asked. */
interface Fault {
  code: FindingCode;
  where: string;
  change: (copy: Guideline) => void;
  provisions: string[];
  witness: object;
  shows: (copy: Guideline, finding: Finding) => void;
}

const copyOf = <P extends Provision>(copy: Guideline, id: string, changes: Partial<P>): P => {
  const other = { ...structuredClone(provision<P>(copy, id)), ...changes };
  copy.provisions.push(other);
  return other;
};

const FAULTS: Fault[] = [
  {
    code: 'GAP',
    where: 'nobody acts at home',
    change: (copy) => without(copy, 'executor-domestic-servers'),
    provisions: ['executor-overseas-server'],
    witness: { servers: [{ ref: 's1', location: 'DOMESTIC' }], targets: [{ ref: 't1', kind: 'PRIVATE' }] },
    shows: (copy, { witness }) =>
      expect(determine(copy, witness!)).toMatchObject({
        outcome: 'DETERMINED',
        execution: [{ target: 't1', candidates: [] }],
      }),
  },
  {
    code: 'OVERLAP',
    where: 'the rule for servers at home covers all',
    change: (copy) => provision<ExecutionProvision>(copy, 'executor-domestic-servers').when.shift(),
    provisions: ['executor-overseas-server', 'executor-domestic-servers'],
    witness: { servers: OVERSEAS, targets: [{ ref: 't1', kind: 'PRIVATE' }] },
    shows: (copy, finding) =>
      expect(finding.provisions.map((id) => answerOf(copy, finding, id))).toEqual(['TRUE', 'TRUE']),
  },
  {
    code: 'REDUNDANCY',
    where: 'a second review on the same basis asks for more',
    change: (copy) =>
      copyOf<ReviewProvision>(copy, 'review-overseas-server', {
        id: 'review-overseas-again',
        when: [{ servers: 'SOME_OVERSEAS' }, { fact: 'nationalSecurityImpact', is: 'TRUE' }],
      }),
    provisions: ['review-overseas-again', 'review-overseas-server'],
    witness: { servers: OVERSEAS, nationalSecurityImpact: 'TRUE' },
    shows: (copy, finding) =>
      expect(finding.provisions.map((id) => answerOf(copy, finding, id))).toEqual(['TRUE', 'TRUE']),
  },
  {
    code: 'CONTRADICTION',
    where: 'two conditions exclude one another',
    change: (copy) => provision<ReviewProvision>(copy, 'review-overseas-server').when.push({ servers: 'ALL_DOMESTIC' }),
    provisions: ['review-overseas-server'],
    witness: { servers: [{ ref: 's1', location: 'DOMESTIC' }] },
    shows: (copy, finding) => expect(answerOf(copy, finding, 'review-overseas-server')).toBe('FALSE'),
  },
  {
    code: 'CONTRADICTION',
    where: 'a review is required where there is no authority',
    change: (copy) =>
      provision<ReviewProvision>(copy, 'review-sdf-usfj-system').when.push({ fact: 'graveHarmUrgent', is: 'FALSE' }),
    provisions: ['review-sdf-usfj-system'],
    witness: { graveHarmUrgent: 'FALSE', targets: [{ ref: 't1', kind: 'SDF' }] },
    shows: (copy, { witness }) => expect(determine(copy, witness!).outcome).toBe('NO_AUTHORITY'),
  },
  {
    code: 'UNREACHABLE_PROVISION',
    where: 'an earlier outcome always wins',
    change: (copy) =>
      (provision<OutcomeProvision>(copy, 'no-authority').when = [
        { fact: 'measureContemplated', is: 'FALSE' },
        { fact: 'graveHarmUrgent', is: 'FALSE' },
      ]),
    provisions: ['no-authority'],
    witness: { measureContemplated: 'FALSE', graveHarmUrgent: 'FALSE' },
    shows: (copy, { witness }) => expect(determine(copy, witness!).outcome).toBe('NO_MEASURE'),
  },
  {
    code: 'UNREACHABLE_PROVISION',
    where: 'a safeguard waits for an executor whom nothing names',
    change: (copy) => {
      for (const id of ['executor-overseas-server', 'executor-domestic-servers']) {
        provision<ExecutionProvision>(copy, id).then.candidates.pop();
      }
    },
    provisions: ['joint-action'],
    witness: {},
    shows: (copy, finding) => expect(answerOf(copy, finding, 'joint-action')).toBe('FALSE'),
  },
  {
    code: 'UNREACHABLE_ALTERNATIVE',
    where: 'a candidate waits for what the provision excludes',
    change: (copy) => {
      const never: Condition[] = [{ servers: 'SOME_OVERSEAS' }];
      provision<ExecutionProvision>(copy, 'executor-domestic-servers').then.candidates[1]!.when = never;
    },
    provisions: ['executor-domestic-servers'],
    witness: { servers: [{ ref: 's1', location: 'DOMESTIC' }] },
    shows: (copy, { witness }) =>
      expect(determine(copy, witness!).execution).toEqual([{ target: 't1', candidates: ['NPA_SOLE'] }]),
  },
  {
    code: 'UNREACHABLE_ALTERNATIVE',
    where: 'one timing comes before the other in every case',
    change: (copy) => provision<SafeguardProvision>(copy, 'commission-approval').then.timings!.reverse(),
    provisions: ['commission-approval'],
    witness: {},
    shows: (copy, { witness }) =>
      expect(determine(copy, { ...witness!, noTimeForPriorApproval: 'TRUE' }).safeguards).toContainEqual({
        kind: 'COMMISSION_APPROVAL',
        timing: 'PRIOR',
      }),
  },
  {
    code: 'UNUSED_FACT',
    where: 'a matter of judgement is declared and not asked',
    change: (copy) => without(copy, 'no-authority'),
    provisions: ['grave-harm-urgent'],
    witness: { graveHarmUrgent: 'UNKNOWN' },
    shows: (copy, { witness }) => expect(determine(copy, witness!).outcome).toBe('DETERMINED'),
  },
];

describe('findings', () => {
  it.each(guidelines.map((each) => [each.id, each] as const))('are no errors in %s', (_, guideline) => {
    expect(findingsOf(guideline).filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('are notes where a version never asks a fact, and does not say that it would', () => {
    const draft = findingsOf(guidelines.find(({ id }) => id === 'acd-2025-12-draft')!);
    expect(draft.map(({ code, level, witness }) => [code, level, determine(guidelines[0]!, witness!).outcome])).toEqual(
      Array(3).fill(['UNUSED_FACT', 'note', 'DETERMINED']),
    );
  });

  it.each(FAULTS.map((each) => [each.code, each.where, each] as const))('%s: %s', (code, _, fault) => {
    const copy = planted(fault.change);
    const found = findingsOf(copy).filter((each) => each.code === code);
    expect(found).toMatchObject([{ level: 'error', provisions: fault.provisions, witness: fault.witness }]);
    expect([found[0]!.witness!.servers.length, found[0]!.witness!.targets.length]).toEqual([1, 1]);
    fault.shows(copy, found[0]!);
  });
});

describe('text and provisions', () => {
  const found = (change: (copy: Guideline) => void) =>
    findingsOf(planted(change))
      .filter(({ code }) => code === 'CLAUSE_WITHOUT_EFFECT' || code === 'IN_NO_CLAUSE')
      .map(({ code, provisions, words, witness }) => [code, provisions, words.en.split(/[:,]/)[0], witness]);
  const clause = ({ text }: Guideline, id: string) => text.find((each) => each.id === id)!;

  it('part where a clause was overlooked', () =>
    expect(found((copy) => copy.text.push({ ...clause(copy, 'A1'), id: 'P9', provisions: [] }))).toEqual([
      ['CLAUSE_WITHOUT_EFFECT', [], 'Clause P9 was overlooked', null],
    ]));

  it('part where a clause names what there is not', () =>
    expect(found((copy) => clause(copy, 'A1').provisions.push('no-such-provision'))).toEqual([
      ['CLAUSE_WITHOUT_EFFECT', ['no-such-provision'], 'Clause A1 names no-such-provision', null],
    ]));

  it.each(['no-measure', 'measure-appropriate'])('part where %s stands in no clause', (id) =>
    expect(
      found((copy) => {
        for (const each of copy.text) {
          each.provisions = each.provisions.filter((name) => name !== id);
          each.judgements = each.judgements.filter((name) => name !== id);
          // So that no clause is left without effect by it.
          if (each.provisions.length + each.judgements.length === 0) each.provisions = ['nsc-approval'];
        }
      }),
    ).toEqual([['IN_NO_CLAUSE', [id], `${id} stands in no clause of the text`, null]]),
  );
});

describe('the second reading of settled cases', () => {
  it.each(guidelines.map((each) => [each.id, each] as const))('says what determine says: %s', (_, guideline) => {
    for (const facts of caseSpaceOf(guideline).settled) {
      const reading = readSettled(guideline, facts);
      const { outcome, nscReview, execution, because } = determine(guideline, facts);
      expect(reading.ended?.then.outcome ?? 'DETERMINED').toBe(outcome);
      if (reading.ended) continue;
      expect(reading.bases).toEqual(nscReview.bases);
      for (const [{ id }, { held }] of reading.asked) {
        expect(because.find((each) => each.provision === id)?.answer).toBe(held ? 'TRUE' : 'FALSE');
      }
      facts.targets.forEach(({ kind }, at) => {
        const named = giversOf(guideline, reading, kind).flatMap((each) => reading.candidates.get(each)!);
        expect(named).toEqual(execution[at]!.candidates);
      });
    }
  });
});
