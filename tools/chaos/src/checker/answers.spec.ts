import { finds, one } from '../../test/finds.js';
import type { SmallWorld } from '../../test/small-world.js';
import { answers } from './answers.js';

const unavailable = ({ answers: all }: SmallWorld) => one(all, ({ status }) => status === 503);

describe('who could not be served was told to try again', () => {
  finds(answers, '1 of 27 answers were 503', [
    [
      'a 503 that does not say when',
      (world) => (unavailable(world).retryAfter = null),
      ['1 × 503 to POST /v1/reports, Retry-After null'],
    ],
    [
      'a 503 that says it otherwise than in seconds',
      (world) => (unavailable(world).retryAfter = 'soon'),
      ['1 × 503 to POST /v1/reports, Retry-After soon'],
    ],
    [
      'an answer that something broke',
      (world) => (unavailable(world).status = 500),
      ['1 × 500 to POST /v1/reports, Retry-After 2'],
    ],
  ]);
});
