/**
 * Does `given` say at least what `expected` says? Keys may come in any order, as from a database, and there may be more
 * of them; lists must be of the same length and order.
 */
export function agrees(expected: unknown, given: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, given);
  if (typeof given !== 'object' || given === null || Array.isArray(expected) !== Array.isArray(given)) return false;
  const [wanted, values] = [expected as Record<string, unknown>, given as Record<string, unknown>];
  const keys = Object.keys(wanted);
  if (Array.isArray(expected) && keys.length !== Object.keys(values).length) return false;
  return keys.every((key) => Object.hasOwn(values, key) && agrees(wanted[key], values[key]));
}
