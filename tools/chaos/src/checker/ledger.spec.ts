import { double, finds, lose, one } from '../../test/finds.js';
import { type SmallWorld, table } from '../../test/small-world.js';
import { ledger } from './ledger.js';

const recorded = (world: SmallWorld) => table(world, 'oversight-reporting', 'recorded_event');
const ruling = ({ event_id }: Readonly<Record<string, unknown>>): boolean => event_id === 'oversight.rulings#1';
const rewritten = (world: SmallWorld, column: string, value: unknown): void => {
  one(recorded(world), ruling)[column] = value;
};

describe('the ledger is what was published', () => {
  finds(ledger, '55 recorded events of 10 topics', [
    [
      'an event that was not recorded',
      (world) => lose(recorded(world), ruling),
      ['ledger of oversight.rulings.v1: oversight.rulings#1 is missing'],
    ],
    [
      'an event that was recorded twice',
      (world) => double(recorded(world), ruling),
      ['ledger of oversight.rulings.v1: oversight.rulings#1 is there 1 time(s) too often'],
    ],
    [
      'other data',
      (world) => rewritten(world, 'data', { rulingId: 'ruling-1', outcome: 'UNJUSTIFIED' }),
      ['oversight.rulings.v1: event oversight.rulings#1 was recorded with other data'],
    ],
    [
      'another number',
      (world) => rewritten(world, 'sequence', 2),
      ['oversight.rulings.v1: event oversight.rulings#1 was recorded under another number'],
    ],
    [
      'another type',
      (world) => rewritten(world, 'type', 'ruling-confirmed.v1'),
      ['oversight.rulings.v1: event oversight.rulings#1 was recorded as another'],
    ],
    [
      'another key',
      (world) => rewritten(world, 'key', 'incident-2'),
      ['oversight.rulings.v1: event oversight.rulings#1 was recorded as another'],
    ],
    [
      'an agency’s return with other data',
      (world) =>
        (one(recorded(world), ({ event_id }) => event_id === 'agency.npa.v1/0/1')['data'] = { return: 'forged' }),
      ['agency.npa.v1/0/1 was recorded with other data'],
    ],
    [
      'an event of a topic that is not its to read',
      (world) => recorded(world).push({ topic: 'tasking.npa.v1', event_id: 'tasking.npa#1' }),
      ['1 recorded events are of topics that oversight does not read'],
    ],
    [
      'nothing in fields that stand in another order',
      (world) => rewritten(world, 'data', { outcome: 'JUSTIFIED', rulingId: 'ruling-1' }),
      [],
    ],
  ]);
});
