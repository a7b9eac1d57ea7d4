import { commandOf, optionsOf, WrongUse } from './options.js';
import { FAULTS } from './schedule.js';

describe('the options of npm run chaos', () => {
  it('have usual values, and the command that tells the run again means the same', () => {
    const options = optionsOf([], () => 42);
    if (options === 'help') throw new Error('no help was asked for');
    expect(options).toMatchObject({ seed: 42, minutes: 5, kills: 55, cases: 4, faults: FAULTS });
    const again = commandOf({ ...options, faults: ['pause'], plant: 'offset-first' })
      .split(' ')
      .slice(4);
    expect(optionsOf(again, () => 0)).toEqual({ ...options, faults: ['pause'], plant: 'offset-first' });
  });

  it.each([
    [['--seed', 'x'], '--seed: takes a whole number from 0 to 4294967295, not "x"'],
    [['--minutes', '0'], '--minutes: takes a number from 0.1 to 120, not "0"'],
    [['--plant', 'weed'], 'there is no "weed"; there are offset-first'],
    [['--faults', 'rain'], '--faults: there is no "rain"'],
    [['--hours', '2'], "Unknown option '--hours'"],
  ])('say what is wrong with %j', (args, said) => {
    expect(() => optionsOf(args, () => 0)).toThrow(WrongUse);
    expect(() => optionsOf(args, () => 0)).toThrow(said);
  });
});
