import { double, finds, lose } from '../../test/finds.js';
import { table } from '../../test/small-world.js';
import { inboxes } from './inboxes.js';

const first = ({ event_id }: Readonly<Record<string, unknown>>): boolean => event_id === 'intake.reports#1';

describe('every event is taken in once', () => {
  finds(inboxes, '126 events in five inboxes', [
    [
      'an event that a service never took in',
      (world) => lose(table(world, 'classification', 'inbox'), first),
      ['classification, inbox of intake.reports.v1: intake.reports#1 is missing'],
    ],
    [
      'an event that was taken in twice',
      (world) => double(table(world, 'oversight-reporting', 'inbox'), first),
      ['oversight-reporting, inbox of intake.reports.v1: intake.reports#1 is there 1 time(s) too often'],
    ],
    [
      'an agency’s return that was not taken in',
      (world) => lose(table(world, 'agency-tasking', 'inbox'), ({ event_id }) => event_id === 'agency.npa.v1/0/2'),
      ['agency-tasking, inbox of agency.npa.v1: agency.npa.v1/0/2 is missing'],
    ],
    [
      'what was taken in and is nowhere',
      (world) => table(world, 'nsc-scheduling', 'inbox').push({ topic: 'oversight.rulings.v1', event_id: 'nowhere' }),
      [
        'nsc-scheduling, inbox of oversight.rulings.v1: oversight.rulings#1 is missing',
        'nsc-scheduling, inbox of oversight.rulings.v1: oversight.rulings#2 is missing',
        'nsc-scheduling, inbox of oversight.rulings.v1: nowhere is there 1 time(s) too often',
      ],
    ],
    [
      'what came to a service that does not read it',
      (world) =>
        table(world, 'incident-intake', 'inbox').push({ topic: 'agency.sdf.v1', event_id: 'agency.sdf.v1/0/0' }),
      ['incident-intake, inbox of agency.sdf.v1: agency.sdf.v1/0/0 is there 1 time(s) too often'],
    ],
  ]);
});
