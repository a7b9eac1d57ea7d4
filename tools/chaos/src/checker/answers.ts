import { type Check, grouped } from './world.js';

/** Whoever could not be served was told so, and when to try again: no answer says that something broke. */
export const answers: Check = ({ answers: all }) => {
  const failed = all.filter(({ status }) => status >= 500);
  const wrong = failed.filter(({ status, retryAfter }) => status !== 503 || !/^\d+$/.test(retryAfter ?? ''));
  const faults = [
    ...grouped(wrong, ({ status, method, url }) => `${status} to ${method} ${new URL(url).pathname}`),
  ].map(([what, same]) => `${same.length} × ${what}, Retry-After ${same[0]!.retryAfter}`);
  return {
    name: 'who could not be served was told to try again',
    counted: `${failed.length} of ${all.length} answers were 503`,
    faults,
  };
};
