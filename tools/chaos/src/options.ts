import { parseArgs } from 'node:util';
import { FAULTS, type Fault } from './schedule.js';
import { type Plant, PLANTS } from './plant.js';

export interface ChaosOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly kills: number;
  readonly faults: readonly Fault[];
  readonly cases: number;
  readonly plant: Plant | undefined;
  readonly keep: boolean;
}

export const USAGE = `npm run chaos -- [--seed N] [--minutes M] [--kills K] [--faults LIST] [--cases C] [--plant BUG] [--keep]

  --seed N       what happens and when follows from it; a new one unless told
  --minutes M    how long things go wrong: 0.1 to 120, 5 unless told
  --kills K      how many processes are killed; 11 a minute unless told
  --faults LIST  other faults, with commas, or none: ${FAULTS.join(', ')}
  --cases C      cases under way at once: 1 to 20, 4 unless told
  --plant BUG    with a bug that must be caught: ${PLANTS.join(', ')}
  --keep         the state folder stays, for a look at logs and data

It starts a stack of its own on free ports in a temporary folder. The exit code is 0 when every check holds, 1 when one does
not, 2 for wrong use, 130 when it was broken off.
`;

/** Wrong use, in words for the terminal. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

const oneOf = <Name extends string>(option: string, names: readonly Name[], name: string): Name => {
  if (!names.includes(name as Name))
    throw new WrongUse(`--${option}: there is no "${name}"; there are ${names.join(', ')}`);
  return name as Name;
};

export function optionsOf(args: readonly string[], newSeed: () => number): ChaosOptions | 'help' {
  const values = read(args);
  if (values.help) return 'help';
  const number = (
    name: 'seed' | 'minutes' | 'kills' | 'cases',
    least: number,
    most: number,
    usual: () => number,
    whole = true,
  ): number => {
    const text = values[name];
    if (text === undefined) return usual();
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      throw new WrongUse(`--${name}: takes a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not "${text}"`);
    }
    return value;
  };
  const minutes = number('minutes', 0.1, 120, () => 5, false);
  const { faults = FAULTS.join(), plant } = values;
  return {
    seed: number('seed', 0, 2 ** 32 - 1, newSeed),
    minutes,
    kills: number('kills', 0, 10_000, () => Math.ceil(minutes * 11)),
    faults: faults === 'none' ? [] : faults.split(',').map((name) => oneOf('faults', FAULTS, name.trim())),
    cases: number('cases', 1, 20, () => 4),
    plant: plant === undefined ? undefined : oneOf('plant', PLANTS, plant),
    keep: values.keep,
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string' },
        minutes: { type: 'string' },
        kills: { type: 'string' },
        faults: { type: 'string' },
        cases: { type: 'string' },
        plant: { type: 'string' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

/** The command that tells the same run again. */
export const commandOf = ({ seed, minutes, kills, faults, cases, plant }: ChaosOptions): string =>
  [
    `npm run chaos -- --seed ${seed} --minutes ${minutes} --kills ${kills} --cases ${cases}`,
    faults.length === FAULTS.length ? '' : ` --faults ${faults.join() || 'none'}`,
    plant === undefined ? '' : ` --plant ${plant}`,
  ].join('');
