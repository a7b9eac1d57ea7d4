import { double, finds, lose, ofType, one, say } from '../../test/finds.js';
import { messages, table } from '../../test/small-world.js';
import { sequences } from './sequences.js';

const REPORTS = 'intake.reports.v1';
const withheld = ofType('report-withheld');

describe('numbers without gaps, nothing unsent', () => {
  finds(sequences, '54 events on our topics, 0 more messages that repeat one', [
    [
      'an event that is not sent',
      (world) => (table(world, 'incident-intake', 'outbox')[0]!['sent_at'] = null),
      ['incident-intake: 1 events are not sent'],
    ],
    [
      'a gap in the numbers',
      (world) => lose(messages(world, REPORTS), withheld),
      [`${REPORTS}: number 1 is missing`, `${REPORTS}: 1 intake.reports#1 report-0 {…} is missing`],
    ],
    [
      'an event that lies in the topic and not in the outbox',
      (world) => lose(table(world, 'incident-intake', 'outbox'), ({ sequence }) => sequence === 3),
      [`${REPORTS}: 3 intake.reports#3 report-2 {…} is there 1 time(s) too often`],
    ],
    [
      'two events under one number',
      (world) =>
        double(messages(world, REPORTS), withheld, {
          headers: { ce_id: 'other', ce_type: 'report-withheld.v1', ce_sequence: '1' },
        }),
      [
        `${REPORTS}: number 1 is borne by several events`,
        `${REPORTS}: 1 other report-0 {…} is there 1 time(s) too often`,
      ],
    ],
    [
      'an event under two numbers',
      (world) =>
        double(messages(world, REPORTS), withheld, {
          headers: { ce_id: 'intake.reports#1', ce_type: 'report-withheld.v1', ce_sequence: '6' },
        }),
      [
        `${REPORTS}: event intake.reports#1 bears several numbers`,
        `${REPORTS}: 6 intake.reports#1 report-0 {…} is there 1 time(s) too often`,
      ],
    ],
    [
      'an event that was sent otherwise than it was written',
      (world) => say(one(messages(world, REPORTS), withheld), { reportId: 'report-9' }),
      [
        `${REPORTS}: 1 intake.reports#1 report-0 {…} is missing`,
        `${REPORTS}: 1 intake.reports#1 report-0 {…} is there 1 time(s) too often`,
      ],
    ],
    [
      'nothing in a message that comes again',
      (world) => double(messages(world, REPORTS), withheld, { offset: '9' }),
      [],
    ],
  ]);
});
