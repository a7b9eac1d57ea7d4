/** Whether every text in `value` (field names too) can be stored: PostgreSQL takes neither U+0000 nor lone surrogates. */
export function isStorable(value: unknown): boolean {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string') {
      if (next.includes('\u0000') || !next.isWellFormed()) return false;
    } else if (Array.isArray(next)) {
      // One by one: spreading a very long array into push() overflows the stack.
      for (const item of next as unknown[]) pending.push(item);
    } else if (typeof next === 'object' && next !== null) {
      for (const [name, item] of Object.entries(next)) pending.push(name, item);
    }
  }
  return true;
}

/** As {@link isStorable}, of a value whose JSON is at hand: there, what cannot be stored is an escape. */
export const isStorableJson = (value: unknown, json: string): boolean =>
  !(json.includes('\\u0000') || json.includes('\\ud')) || isStorable(value);

/** Text that can be stored and logged whatever came in: at most `max` UTF-16 units. */
export const storable = (value: string, max: number): string =>
  value.replaceAll('\u0000', '\ufffd').slice(0, max).toWellFormed();
