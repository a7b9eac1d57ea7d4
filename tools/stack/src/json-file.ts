import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { Fault } from './fault.js';

/** What `npm run reset` is the answer to. */
export const RESET = 'npm run reset throws the local state away, data included; the next npm start makes it anew.';

/** Reads one of the state folder's files; undefined where there is none. A damaged one is the user's to decide about. */
export function readJson<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | undefined {
  if (!existsSync(file)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Fault(`${file} is damaged: it is not JSON.`, RESET);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new Fault(`${file} is damaged: ${first?.path.join('.')}: ${first?.message}.`, RESET);
}

/** In one step, so that a program that is killed leaves the old file or the new one; for the owner's eyes only. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  writeFileSync(partial, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
}
