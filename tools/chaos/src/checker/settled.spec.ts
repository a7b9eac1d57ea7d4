import { finds } from '../../test/finds.js';
import { settled } from './settled.js';

describe('everything has flowed', () => {
  finds(settled, 'outboxes empty, topics read to their ends, all processes ready', [
    [
      'what still was under way',
      (world) => world.unsettled.push('oversight-reporting is behind on 2 partitions'),
      ['oversight-reporting is behind on 2 partitions'],
    ],
  ]);
});
