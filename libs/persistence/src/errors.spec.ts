import { constraintName, isTransient, sqlState } from './errors.js';

const pg = (code: string, over: object = {}): Error =>
  Object.assign(new Error('pg'), { code, severity: 'ERROR', ...over });
const prisma = (code: string, cause?: object): Error =>
  Object.assign(new Error('prisma'), {
    code,
    meta: cause && { driverAdapterError: Object.assign(new Error('adapter'), { cause }) },
  });

describe('errors of the database', () => {
  test('the SQLSTATE, whoever reports it', () => {
    expect(sqlState(pg('23505'))).toBe('23505');
    expect(sqlState(prisma('P2010', { kind: 'postgres', code: '23514', originalCode: '23514' }))).toBe('23514');
    expect(sqlState(new Error('outer', { cause: pg('40P01') }))).toBe('40P01');
    expect(sqlState(pg('P0001'))).toBe('P0001');
  });

  test('other codes are none', () => {
    expect(sqlState(prisma('P2028'))).toBeUndefined();
    expect(sqlState(Object.assign(new Error('write'), { code: 'EPIPE' }))).toBeUndefined();
    expect(sqlState('23505')).toBeUndefined();
    expect(sqlState(undefined)).toBeUndefined();
  });

  test('the constraint, from its field or from the message', () => {
    expect(constraintName(pg('23514', { constraint: 'claims_two_persons' }))).toBe('claims_two_persons');
    const cause = {
      kind: 'postgres',
      originalCode: '23514',
      originalMessage: 'new row for relation "claims" violates check constraint "claims_two_persons"',
    };
    expect(constraintName(prisma('P2010', cause))).toBe('claims_two_persons');
    expect(
      constraintName(
        prisma('P2002', { kind: 'UniqueConstraintViolation', originalCode: '23505', constraint: { index: 'a_key' } }),
      ),
    ).toBe('a_key');
    expect(constraintName(new Error('constraint "x"'))).toBeUndefined();
  });

  test.each(['40001', '40P01', '08006', '53300', '57P01', '55P03', '57014'])('%s passes', (state) => {
    expect(isTransient(pg(state))).toBe(true);
  });

  test.each(['23505', '22P02', '42P01', 'P0001'])('%s stays', (state) => {
    expect(isTransient(pg(state))).toBe(false);
  });

  test('connections that are lost and transactions that ran out of time pass', () => {
    expect(isTransient(prisma('P2028'))).toBe(true);
    expect(isTransient(prisma('P1001'))).toBe(true);
    expect(isTransient(prisma('P2010', { kind: 'ConnectionClosed' }))).toBe(true);
    expect(isTransient(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe(true);
    expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isTransient(new TypeError('x is undefined'))).toBe(false);
    expect(isTransient(undefined)).toBe(false);
  });
});
