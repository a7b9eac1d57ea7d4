import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation } from '@sekisho/guideline';
import { writeDocument } from './document.js';

const text: Explanation = { language: 'en', title: 'A text', blocks: [{ kind: 'paragraph', text: 'One sentence.' }] };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sekisho-document-'));
});
afterAll(() => rm(folder, { recursive: true }));

it.each([
  [undefined, 'A text\n'],
  ['md', '# A text'],
  ['html', '<!doct'],
  ['pdf', '%PDF-'],
])('a document is written as %s', async (format, begins) => {
  const out = join(folder, 'document');
  await writeDocument(text, { format, out }, 'how');
  expect((await readFile(out)).toString('latin1').startsWith(begins)).toBe(true);
});

it('a document is refused in a form that there is not, and on a terminal that could not show it', async () => {
  await expect(writeDocument(text, { format: 'doc' }, 'how')).rejects.toThrow('There is no format doc.');
  await expect(writeDocument(text, { format: 'pdf' }, 'how')).rejects.toThrow('A PDF is no text');
});
