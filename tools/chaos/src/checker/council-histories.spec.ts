import { double, finds, lose, ofType } from '../../test/finds.js';
import { messages, type SmallMessage, type SmallWorld, table } from '../../test/small-world.js';
import { councilHistories } from './council-histories.js';

const council = (world: SmallWorld, name: string) => table(world, 'nsc-scheduling', name);
const told = (world: SmallWorld): SmallMessage[] => messages(world, 'nsc.reviews.v1');

/** Tells an event of the first case once more, or of another type, after all others. */
const tellLast = (world: SmallWorld, like: string, type: string): void => {
  const headers = { ce_id: 'other', ce_type: `${type}.v1`, ce_sequence: '99' };
  double(told(world), (message) => ofType(like)(message) && message.key !== 'incident-2', { headers });
};

describe('reviews and meetings went their legal way', () => {
  finds(councilHistories, '2 reviews, 1 meetings, 1 confirmed decisions', [
    [
      'a planning that is left out',
      (world) => lose(council(world, 'meeting_plan'), ({ version }) => version === 1),
      ['meeting meeting-1 was planned as 2'],
    ],
    [
      'attendance before the meeting',
      (world) => (council(world, 'attendance')[0]!['recorded_at'] = '2026-11-25T01:09:59.999+00:00'),
      ['meeting meeting-1: attendance was recorded before it began'],
    ],
    [
      'a decision that was confirmed as another',
      (world) => (council(world, 'decision_confirmation')[0]!['outcome'] = 'REJECTED'),
      ['decision decision-1 was confirmed as another'],
    ],
    [
      'a confirmation of what nobody recorded',
      (world) => council(world, 'decision').splice(0),
      ['decision decision-1 was confirmed and never recorded'],
    ],
    [
      'a review that was decided twice in a round',
      (world) => double(council(world, 'decision_confirmation'), () => true),
      ['review review-1, round 1, was decided 2 times'],
    ],
    [
      'a member in two meetings at once',
      (world) => (council(world, 'booking')[1]!['starts_at'] = '2026-11-25T01:19:00+00:00'),
      ['CYBERSECURITY_MINISTER sits in two meetings at once'],
    ],
    [
      'a review that was opened twice',
      (world) => tellLast(world, 'review-opened', 'review-opened'),
      ['incident incident-1: review-opened.v1 of review review-1 for the second time'],
    ],
    [
      'a review that was never opened',
      (world) => lose(told(world), (message) => ofType('review-opened')(message) && message.key === 'incident-2'),
      ['incident incident-2: review-superseded.v1 of review review-2 before it was opened'],
    ],
    [
      'a decision that was confirmed and never told as recorded',
      (world) => lose(told(world), ofType('decision-recorded')),
      ['incident incident-1: decision-confirmed.v1 of review review-1 that nobody recorded'],
    ],
    [
      'a review that was superseded twice',
      (world) => {
        const headers = { ce_id: 'other', ce_type: 'review-superseded.v1', ce_sequence: '99' };
        double(told(world), ofType('review-superseded'), { headers });
      },
      ['incident incident-2: review-superseded.v1 of review review-2 for the second time'],
    ],
    [
      'a decision on a review that is superseded',
      (world) => {
        const headers = { ce_id: 'other', ce_type: 'decision-recorded.v1', ce_sequence: '99' };
        double(told(world), ofType('review-superseded'), { headers });
      },
      ['incident incident-2: decision-recorded.v1 of review review-2 after it was superseded'],
    ],
    [
      'nothing in a deferred review that is decided later',
      (world) => {
        double(council(world, 'decision'), () => true, { id: 'decision-0', outcome: 'DEFERRED' });
        double(council(world, 'decision_confirmation'), () => true, { decision_id: 'decision-0', outcome: 'DEFERRED' });
      },
      [],
    ],
  ]);
});
