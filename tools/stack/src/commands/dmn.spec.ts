import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { dmnOf } from '@sekisho/dmn';
import { findGuideline } from '@sekisho/guideline';
import { Fault } from '../fault.js';
import { exportDmn } from './dmn.js';

describe('sekisho export-dmn', () => {
  const model = dmnOf(findGuideline('acd-2026-10')!);
  afterEach(() => jest.restoreAllMocks());

  it('writes the model to standard output, or into a file', async () => {
    const written: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
    expect(await exportDmn('acd-2026-10', {})).toBe(0);
    expect(written.join('')).toBe(model);

    const folder = mkdtempSync(join(tmpdir(), 'sekisho-'));
    try {
      const out = join(folder, 'acd-2026-10.dmn');
      expect(await exportDmn('acd-2026-10', { out })).toBe(0);
      expect(readFileSync(out, 'utf8')).toBe(model);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([undefined, 'acd-2099'])('knows no version %s, and names those there are', (version) => {
    const fault = (): unknown => {
      try {
        return exportDmn(version, {});
      } catch (error) {
        return error;
      }
    };
    expect(fault()).toBeInstanceOf(Fault);
    expect((fault() as Fault).remedy).toContain('There are: acd-2025-12-draft, acd-2026-10.');
  });
});
