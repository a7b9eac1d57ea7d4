import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documents } from './documents.js';

// `node check.js`: are the generated pages up to date? `node check.js --write` makes them.
const folder = join(import.meta.dirname, '../../../../docs/generated');
const write = process.argv.includes('--write');
const wanted = await documents();
await mkdir(folder, { recursive: true });
const faults: string[] = [];

for (const name of await readdir(folder)) {
  if (wanted.has(name)) continue;
  if (write) await rm(join(folder, name));
  else faults.push(`docs/generated/${name} is no longer generated`);
}
for (const [name, text] of wanted) {
  const path = join(folder, name);
  if (write) await writeFile(path, text);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text)
    faults.push(`docs/generated/${name} is not up to date`);
}
if (faults.length > 0) {
  console.error(`${faults.join('\n')}\nMake them anew: npm run generate`);
  process.exit(1);
}
console.log(write ? `${wanted.size} pages written` : `${wanted.size} generated pages are up to date`);
process.exit(0);
