import { Rejected } from './event.js';
import { failureOf } from './failure.js';

const database = (code: string): Error =>
  Object.assign(new Error('invalid input: "secret"'), { code, severity: 'ERROR', constraint: 'claims_check' });

describe('failureOf', () => {
  test('a handler that says no is final, with its reason', () => {
    expect(failureOf(new Rejected('not ours'))).toMatchObject({
      kind: 'final',
      fault: { summary: 'rejected: not ours' },
    });
  });

  test.each(['22P02', '23514'])('%s is final; what the database says goes into the row alone', (state) => {
    const failure = failureOf(database(state));
    expect(failure).toEqual({
      kind: 'final',
      fault: {
        summary: `SQLSTATE ${state}, constraint claims_check`,
        detail: `SQLSTATE ${state}, constraint claims_check: invalid input: "secret"`,
      },
    });
  });

  test('what passes is transient', () => {
    expect(failureOf(database('40P01'))).toEqual({ kind: 'transient' });
    expect(failureOf(Object.assign(new Error('slow'), { code: 'P2028' }))).toEqual({ kind: 'transient' });
  });

  test('anything else may be a bug; its text can be stored', () => {
    expect(failureOf(new TypeError('x\u0000'))).toEqual({
      kind: 'unknown',
      fault: { summary: 'TypeError', detail: 'TypeError: x\ufffd' },
    });
    expect(failureOf('thrown')).toMatchObject({ kind: 'unknown' });
  });
});
