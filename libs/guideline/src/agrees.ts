/**
 * Does `given` say at least what `expected` says? Keys may come in any order, as from a database, and there may be more
 * of them; lists must be of the same length and order.
 */
export function agrees(expected: unknown, given: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, given);
  if (typeof given !== 'object' || given === null || Array.isArray(expected) !== Array.isArray(given)) return false;
  const values = new Map<string, unknown>(Object.entries(given));
  const expectations = Object.entries(expected);
  if (Array.isArray(expected) && expectations.length !== values.size) return false;
  return expectations.every(([key, value]) => values.has(key) && agrees(value, values.get(key)));
}
