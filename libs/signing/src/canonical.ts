import { createHash } from 'node:crypto';
import serialise from 'canonicalize';

/** The RFC 8785 form of a JSON value: one text for one meaning. Throws on what JSON cannot say (functions, NaN, cycles). */
export function canonical(value: unknown): string {
  const text = serialise(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** `sha256:` and the hex SHA-256 of the value's RFC 8785 form. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonical(value)).digest('hex')}`;
}
