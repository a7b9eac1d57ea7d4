import { createHash } from 'node:crypto';

/** A connection keeps its statements for as long as it lives: so many, and what is told apart by its values alone is among them. */
const MOST = 250;

/**
 * Names for the statements that a service runs again and again, by their text: the server parses and plans each once for a connection
 * instead of every time. Statements beyond the first few hundred texts, which only a text that is put together anew each time could
 * bring about, stay without a name, which is the empty string.
 */
export function statementNames(most = MOST): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= most) return '';
    const name = createHash('sha256').update(sql).digest('base64url');
    names.set(sql, name);
    return name;
  };
}
