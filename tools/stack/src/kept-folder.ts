import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where in `cache` lies what is made from a file: a folder that bears the digest of the file, so that another version is another folder. */
export const folderFor = (cache: string, file: string): string =>
  join(cache, createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16));

/** A folder that is made once. What was broken off leaves nothing that looks whole, and where two make it, the first counts. */
export async function keptFolder(folder: string, make: (partial: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const partial = `${folder}.partial-${randomBytes(4).toString('hex')}`;
  try {
    await make(partial);
    renameSync(partial, folder);
  } catch (error) {
    // Somebody else was faster: theirs is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}
