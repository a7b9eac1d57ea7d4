import { masterKeys } from './master-keys.js';

const key = (letter: string): string => letter.repeat(43);

describe('CONTACT_MASTER_KEYS', () => {
  it('names keys, the current one first', () => {
    const { current, names } = masterKeys.parse(`b:${key('A')},a:${key('E')}`);
    expect([current, names]).toEqual(['b', ['b', 'a']]);
  });

  it.each([
    ['nothing', '', 'entry 1'],
    ['a key without a name', key('A'), 'entry 1'],
    ['a short key', `a:${key('A')},b:${key('A').slice(1)}`, 'entry 2'],
    ['a long key', `a:${key('A')}A`, 'entry 1'],
    ['one name twice', `a:${key('A')},a:${key('E')}`, 'the name a'],
  ])('is not %s, and the fault does not say the key', (_, text, told) => {
    const { error } = masterKeys.safeParse(text);
    expect(error?.message).toContain(told);
    expect(error?.message).not.toContain('AAAAAAAA');
  });
});
