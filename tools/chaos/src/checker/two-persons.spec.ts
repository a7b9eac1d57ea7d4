import { finds, type Planted } from '../../test/finds.js';
import { type SmallWorld, table } from '../../test/small-world.js';
import { twoPersons } from './two-persons.js';

/** What is done in two steps: where the second is kept, and who did the first. */
const STEPS: readonly (readonly [string, Parameters<typeof table>[1], string, string, string])[] = [
  ['scope scope-1', 'classification', 'confirmation', 'confirmed_by', 'analyst-1'],
  ['decision decision-1', 'nsc-scheduling', 'decision_confirmation', 'recorded_by', 'secretary-1'],
  ['withdrawal withdrawal-1', 'nsc-scheduling', 'decision_withdrawal_confirmation', 'recorded_by', 'secretary-1'],
  ['ruling ruling-1', 'oversight-reporting', 'ruling_confirmation', 'confirmed_actor', 'commissioner-1'],
  ['order order-1', 'agency-tasking', 'tasking_order', 'issued_actor', 'officer-1'],
];

describe('two persons behind each step that needs two', () => {
  finds(twoPersons, '11 steps', [
    ...STEPS.map(([what, service, name, column, person]): Planted => [
      `one person twice: ${what}`,
      (world) => (table(world, service, name)[0]![column] = { person, client: 'another' }),
      [`${what}: ${person} did both steps`],
    ]),
    [
      'one person twice: evidence evidence-1',
      (world) => (evidence(world)['confirmed_by_person'] = 'officer-1'),
      ['evidence evidence-1: officer-1 did both steps'],
    ],
    [
      'a confirmation of something that nobody proposed',
      (world) => table(world, 'classification', 'scope').shift(),
      ['scope scope-1: nobody stands for a step of it'],
    ],
    [
      'a step without a person',
      (world) => (table(world, 'nsc-scheduling', 'decision')[0]!['recorded_by'] = { client: 'a machine' }),
      ['decision decision-1: nobody stands for a step of it'],
    ],
    [
      'nothing in a confirmation without a scope, which has no proposer',
      (world) => (table(world, 'classification', 'confirmation')[0]!['scope_digest'] = null),
      [],
    ],
  ]);
});

const evidence = (world: SmallWorld) =>
  table(world, 'agency-tasking', 'evidence_confirmation').find(({ evidence_id }) => evidence_id === 'evidence-1')!;
