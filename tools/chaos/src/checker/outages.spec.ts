import { finds } from '../../test/finds.js';
import { outages } from './outages.js';

describe('outages were borne', () => {
  finds(outages, '1 tried', [
    [
      'what did not go as it must',
      ({ observations }) =>
        observations.push({
          what: 'a report while PostgreSQL is down is told to come later',
          good: false,
          detail: 'it was answered 500',
        }),
      ['a report while PostgreSQL is down is told to come later: it was answered 500'],
    ],
  ]);
});
