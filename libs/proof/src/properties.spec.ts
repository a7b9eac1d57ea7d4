import {
  type Condition,
  type ExecutionProvision,
  findGuideline,
  type Guideline,
  guidelines,
  type ReviewProvision,
  type SafeguardProvision,
} from '@sekisho/guideline';
import { planted, provision, without } from '../test/planted.js';
import { enumerate, keeps } from './by-enumeration.js';
import { prove, proveStanding } from './by-solver.js';
import { MOST_UNKNOWN } from './case-space.js';
import {
  choiceIsReviewed,
  everyTargetHasExecutor,
  learningAddsNoExecutor,
  oneProvisionNamesExecutors,
  overseasReviewed,
  PROPERTIES,
  sdfAlone,
  unknownRemovesNoSafeguard,
} from './properties.js';
import { Solver } from './solver.js';
import type { StatedProperty } from './statement.js';

const unless: Condition = { fact: 'nationalSecurityImpact', is: 'TRUE' };

/** For each property a change that breaks it, the size of the smallest case that shows it, and what differs there from the plain case. */
const FAULTS: [string, StatedProperty, (copy: Guideline) => void, { size: number; facts: object; learned?: object }][] =
  [
    [
      'overseas servers are reviewed only where national security is affected',
      overseasReviewed,
      (copy) => provision<ReviewProvision>(copy, 'review-overseas-server').when.push(unless),
      { size: 2, facts: { servers: [{ ref: 's1', location: 'OVERSEAS' }] } },
    ],
    [
      'nobody waits for the approval of the NSC',
      overseasReviewed,
      (copy) => without(copy, 'nsc-approval'),
      { size: 2, facts: { servers: [{ ref: 's1', location: 'OVERSEAS' }] } },
    ],
    [
      'the police may act for the SDF',
      sdfAlone,
      (copy) =>
        provision<ExecutionProvision>(copy, 'executor-sdf-usfj-target').then.candidates.push({ executor: 'NPA_SOLE' }),
      { size: 2, facts: { targets: [{ ref: 't1', kind: 'SDF' }] } },
    ],
    [
      'the line between the SDF and others is lost',
      sdfAlone,
      (copy) => (copy.targetGroups = { SDF_OR_USFJ: ['SDF'], OTHER: [...copy.targetGroups['OTHER']!, 'USFJ'] }),
      { size: 2, facts: { targets: [{ ref: 't1', kind: 'USFJ' }] } },
    ],
    [
      'haste brings in the SDF',
      learningAddsNoExecutor,
      (copy) =>
        (provision<ExecutionProvision>(copy, 'executor-overseas-server').then.candidates[1]!.when = [
          { fact: 'noTimeForPriorApproval', is: 'TRUE' },
        ]),
      {
        size: 2,
        facts: { servers: [{ ref: 's1', location: 'OVERSEAS' }], noTimeForPriorApproval: 'UNKNOWN' },
        learned: { noTimeForPriorApproval: 'TRUE' },
      },
    ],
    [
      'joint action needs an order only once its conditions are known to be met',
      unknownRemovesNoSafeguard,
      (copy) =>
        provision<SafeguardProvision>(copy, 'joint-action').when.push({ fact: 'communicationProtection', is: 'TRUE' }),
      {
        size: 2,
        facts: { communicationProtection: 'UNKNOWN' },
        learned: { communicationProtection: 'TRUE' },
      },
    ],
    [
      'the commission is notified afterwards unless there is known to be time',
      unknownRemovesNoSafeguard,
      (copy) =>
        (provision<SafeguardProvision>(copy, 'commission-approval').then.timings = [
          { timing: 'PRIOR', when: [{ fact: 'communicationProtection', is: 'TRUE' }] },
          { timing: 'POST_NOTIFICATION' },
        ]),
      { size: 2, facts: { communicationProtection: 'UNKNOWN' }, learned: { communicationProtection: 'TRUE' } },
    ],
    [
      'nobody acts at home',
      everyTargetHasExecutor,
      (copy) => without(copy, 'executor-domestic-servers'),
      { size: 2, facts: {} },
    ],
    [
      'the rule for servers at home covers all',
      oneProvisionNamesExecutors,
      (copy) => provision<ExecutionProvision>(copy, 'executor-domestic-servers').when.shift(),
      { size: 2, facts: { servers: [{ ref: 's1', location: 'OVERSEAS' }] } },
    ],
    [
      'joint action at home without a review',
      choiceIsReviewed,
      (copy) => provision<ExecutionProvision>(copy, 'executor-domestic-servers').then.candidates[1]!.when!.pop(),
      { size: 2, facts: { communicationProtection: 'TRUE' } },
    ],
  ];

describe('the properties', () => {
  let solver: Solver;
  beforeAll(async () => void (solver = await Solver.start()));
  afterAll(() => solver.end());

  describe.each(guidelines.map((each) => [each.id, each] as const))('of %s', (_, guideline) => {
    it.each(PROPERTIES.map((each) => [each.id, each] as const))(
      '%s is proven, and no case is against it',
      async (_, each) => {
        expect(await prove(solver, guideline, each)).toBeNull();
        expect(enumerate(guideline, each).witness).toBeNull();
      },
    );
  });

  it.each(guidelines.map((each) => [each.id, each] as const))(
    'were asked of cases that stand for all others: %s',
    async (_, guideline) => {
      const most = { servers: MOST_UNKNOWN, targets: MOST_UNKNOWN };
      expect(await proveStanding(solver, guideline, most)).toBeNull();
      // Without an unknown target among them they would not.
      expect(await proveStanding(solver, guideline, { ...most, targets: 0 })).not.toBeNull();
    },
  );

  it('each have a fault planted for them', () => {
    expect(new Set(FAULTS.map(([, property]) => property))).toEqual(new Set(PROPERTIES));
  });

  it.each(FAULTS)('are not kept where %s', async (_, property, change, { size, facts, learned }) => {
    const copy = planted(change);
    const { witness } = enumerate(copy, property);
    expect(witness?.facts).toMatchObject(facts);
    expect(witness!.facts.servers.length + witness!.facts.targets.length).toBe(size);
    expect(witness?.learned ?? {}).toMatchObject(learned ?? {});
    // What the solver finds is a case too, if not the smallest.
    const found = await prove(solver, copy, property);
    expect(keeps(copy, property, found!)).toBe(false);
    expect(keeps(findGuideline(copy.id)!, property, found!)).toBe(true);
  });
});
