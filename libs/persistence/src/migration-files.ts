import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface MigrationFile {
  /** Name of its folder, `20261001000000_messaging`: the order of names is the order in which they are applied. */
  readonly name: string;
  readonly script: string;
}

const NAME = /^\d{14}_[a-z0-9_]+$/;

/** Reads the migrations of several folders in Prisma's layout (`<time>_<name>/migration.sql`) as one history, sorted by name. */
export async function readMigrations(directories: readonly string[]): Promise<MigrationFile[]> {
  const found = new Map<string, MigrationFile & { readonly directory: string }>();
  for (const directory of directories) {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      if (!NAME.test(entry.name)) throw new Error(`${join(directory, entry.name)}: not named <14 digits>_<name>`);
      const twin = found.get(entry.name);
      if (twin) throw new Error(`migration ${entry.name} is both in ${twin.directory} and in ${directory}`);
      const script = await readFile(join(directory, entry.name, 'migration.sql'), 'utf8');
      found.set(entry.name, { name: entry.name, script, directory });
    }
  }
  return [...found.values()].map(({ name, script }) => ({ name, script })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
