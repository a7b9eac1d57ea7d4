import { statementNames } from './statement-names.js';

describe('names of statements', () => {
  it('are the same for the same text, others for others, and short enough for the server', () => {
    const nameOf = statementNames();
    const name = nameOf({ sql: 'SELECT 1' });
    expect(nameOf({ sql: 'SELECT 1' })).toBe(name);
    expect(nameOf({ sql: 'SELECT 2' })).not.toBe(name);
    expect(name.length).toBeGreaterThan(0);
    expect(name.length).toBeLessThanOrEqual(63);
  });

  it('are given to so many texts only: a text that differs each time must not fill a connection', () => {
    const nameOf = statementNames(2);
    const [first, second, third] = ['a', 'b', 'c'].map((sql) => nameOf({ sql }));
    expect(third).toBe('');
    expect(nameOf({ sql: 'a' })).toBe(first);
    expect(nameOf({ sql: 'b' })).toBe(second);
  });
});
