import type { Check } from '../src/checker/world.js';
import { type SmallMessage, type SmallWorld, smallWorld } from './small-world.js';

/** What is wrong, how it is brought about, and all that the check must say of it. */
export type Planted = readonly [fault: string, plant: (world: SmallWorld) => void, said: readonly string[]];

/** In the small world a check counts so much and finds nothing; with a fault planted it finds that, and nothing else. */
export function finds(check: Check, counted: string, planted: readonly Planted[]): void {
  it('finds nothing in a good world', () => {
    expect(check(smallWorld())).toEqual({ name: expect.any(String), counted, faults: [] });
  });

  it.each(planted)('finds %s', (_, plant, said) => {
    const world = smallWorld();
    plant(world);
    expect(check(world).faults).toEqual(said);
  });
}

/** The one of these that is meant. Throws when there is none or are several: the fault would be planted beside it. */
export function one<Value>(all: Iterable<Value>, meant: (value: Value) => boolean): Value {
  const found = [...all].filter(meant);
  if (found.length !== 1) throw new Error(`${found.length} are meant, not one`);
  return found[0]!;
}

/** Takes away the one that is meant. */
export function lose<Value>(all: Value[], meant: (value: Value) => boolean): void {
  all.splice(all.indexOf(one(all, meant)), 1);
}

/** Puts the one that is meant there once more. */
export function double<Value>(all: Value[], meant: (value: Value) => boolean, more: Partial<Value> = {}): void {
  all.push({ ...one(all, meant), ...more });
}

export const ofType =
  (type: string) =>
  ({ headers }: SmallMessage): boolean =>
    headers['ce_type'] === `${type}.v1`;

/** Says something else in an event that lies in its topic. */
export function say(message: SmallMessage, data: object): void {
  message.value = JSON.stringify({ ...(JSON.parse(message.value) as object), ...data });
}
