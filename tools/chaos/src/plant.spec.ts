import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apply, PATCHES } from './plant.js';

const root = resolve(import.meta.dirname, '../../..');

describe('planted bugs', () => {
  it.each(Object.entries(PATCHES))('%s still finds its place in what is built, and only once', (_, patches) => {
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-plant-'));
    try {
      for (const patch of patches!) {
        cpSync(join(root, patch.file), join(folder, patch.file));
        apply(folder, patch);
        expect(readFileSync(join(folder, patch.file), 'utf8')).toContain(patch.to);
        writeFileSync(join(folder, patch.file), 'something else');
        expect(() => apply(folder, patch)).toThrow('no longer finds its place');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
