import { join } from 'node:path';
import { findGuideline } from '@sekisho/guideline';
import { versionNamed } from '../versions.js';
import { replayFile } from './replay-file.js';
import { replay } from './replay.js';
import { spellReplay } from './replay-words.js';

const amendment = join(import.meta.dirname, '../../../../libs/guideline/test/amendment');
const draft = join(amendment, 'acd-2027-04-invented.ts');
const file = join(amendment, 'cases.ndjson');
const inForce = findGuideline('acd-2026-10')!;
const options = { as: undefined, ja: false };

describe('cases of a file under another version', () => {
  it('are told by how they end, and each that changes with the provisions by which it does', async () => {
    const result = replayFile(file, inForce, await versionNamed({ draft }, ''), 'en', 'how');
    const lines = spellReplay(result, 'en').split('\n');
    expect(lines[0]).toBe('acd-2026-10 → acd-2027-04-invented: 5 cases, 3 answered otherwise');
    const at = lines.indexOf("  a ministry's mail, from a server in Japan");
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '    determined; no NSC review, police alone → determined; NSC review, police alone',
      '    nsc-approval: does not apply → applies; review-government-target: not asked → applies',
    ]);
    expect(spellReplay(result, 'ja')).toContain(
      '    nsc-approval：不適用 → 適用、review-government-target：規定なし → 適用',
    );
    expect((await result.table()).split('\r\n')).toHaveLength(5);
    expect(await result.picture()).toContain('police alone');
  });

  it('are shown as far as they fit on a screen', () => {
    const result = replayFile(file, inForce, inForce, 'en', 'how');
    expect(spellReplay(result, 'en')).not.toContain('answered otherwise\n\nCases');
    const many = { ...result, changed: 40, changes: [] };
    expect(spellReplay(many, 'en')).toContain('  and 40 more: --csv FILE has all of them');
  });

  it('are named by their line where they are none', async () => {
    const lines = join(amendment, 'review-government-target.ts');
    await expect(replay('', ['acd-2026-10'], { ...options, facts: lines, draft })).rejects.toThrow(
      /^line 1 of .*review-government-target.ts is not JSON/,
    );
  });
});

describe('stored cases', () => {
  it('are asked of a platform, with versions that it knows, and cases of a file are opened on no day', async () => {
    await expect(replay('', ['acd-2026-10'], { ...options, draft })).rejects.toThrow('that it was started with');
    await expect(replay('', ['acd-2026-10'], options)).rejects.toThrow('Which two versions?');
    await expect(replay('/nowhere', ['acd-2025-12-draft', 'acd-2026-10'], options)).rejects.toThrow('no stack');
    await expect(
      replay('', ['acd-2026-10'], { ...options, draft, facts: file, 'opened-from': '2026-10-01T00:00:00Z' }),
    ).rejects.toThrow('no day');
  });
});
