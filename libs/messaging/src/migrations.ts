import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function packageRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : packageRoot(dirname(from));
}

/** Folder of this library's migrations, to be merged with a service's own. */
export const messagingMigrations = join(packageRoot(dirname(fileURLToPath(import.meta.url))), 'prisma', 'migrations');
