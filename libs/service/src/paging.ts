import { z } from 'zod';
import { invalid } from './problem-error.js';

/** Query of every list: how many, and the opaque cursor of an earlier answer's `next`. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

export interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

const encode = (position: string): string => Buffer.from(position).toString('base64url');

/** The position that a cursor stands for. Throws a problem where it is not one of ours. */
export function positionOf(
  cursor: string | undefined,
  shape: RegExp = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
): string | undefined {
  if (cursor === undefined) return undefined;
  const position = Buffer.from(cursor, 'base64url').toString();
  if (shape.test(position)) return position;
  throw invalid([{ pointer: '?cursor', code: 'invalid-cursor' }]);
}

/** One page out of `limit + 1` rows that were read: the one too many tells that there is more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  position: (row: Row) => string,
  show: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(show), next: rows.length > limit && last !== undefined ? encode(position(last)) : null };
}
