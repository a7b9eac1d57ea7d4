import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documents } from './documents.js';
import { guidelinePages } from './guideline-pages.js';

// `node check.js`: are the generated pages up to date? `node check.js --write` makes them.
const docs = join(import.meta.dirname, '../../../../docs');
const write = process.argv.includes('--write');
/** Folders of `docs` in which everything is generated. */
const folders = { generated: await documents(), guidelines: await guidelinePages() };
const faults: string[] = [];

for (const [folder, wanted] of Object.entries(folders)) {
  await mkdir(join(docs, folder), { recursive: true });
  for (const name of await readdir(join(docs, folder))) {
    if (wanted.has(name)) continue;
    if (write) await rm(join(docs, folder, name));
    else faults.push(`docs/${folder}/${name} is no longer generated`);
  }
  for (const [name, text] of wanted) {
    const path = join(docs, folder, name);
    if (write) await writeFile(path, text);
    else if ((await readFile(path, 'utf8').catch(() => '')) !== text)
      faults.push(`docs/${folder}/${name} is not up to date`);
  }
}
if (faults.length > 0) {
  console.error(`${faults.join('\n')}\nMake them anew: npm run generate`);
  process.exit(1);
}
const count = Object.values(folders).reduce((sum, { size }) => sum + size, 0);
console.log(write ? `${count} pages written` : `${count} generated pages are up to date`);
process.exit(0);
