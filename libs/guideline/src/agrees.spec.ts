import { agrees } from './agrees.js';

describe('agreement with what is expected', () => {
  it.each([
    ['equal values', 'YES', 'YES'],
    ['null', null, null],
    ['keys in another order', { a: 1, b: ['x'] }, { b: ['x'], a: 1 }],
    ['more than expected', { a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }],
    ['empty lists', [], []],
  ])('is there: %s', (_, expected, given) => expect(agrees(expected, given)).toBe(true));

  it.each([
    ['other values', 'YES', 'NO'],
    ['other types', 1, '1'],
    ['null for an object', {}, null],
    ['an object for null', null, {}],
    ['nothing for an object', {}, undefined],
    ['a value for an object', {}, 'x'],
    ['a list for an object', {}, []],
    ['an object for a list', [], {}],
    ['an object that looks like the list', ['x'], { 0: 'x', length: 1 }],
    ['a key that is missing', { a: undefined }, {}],
    ['a shorter list', ['x', 'y'], ['x']],
    ['a longer list', ['x'], ['x', 'y']],
    ['another order in a list', ['x', 'y'], ['y', 'x']],
    ['a difference deep within', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
  ])('is not there: %s', (_, expected, given) => expect(agrees(expected, given)).toBe(false));
});
