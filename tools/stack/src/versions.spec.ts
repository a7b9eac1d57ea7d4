import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtModule, versionNamed } from './versions.js';

const amendment = join(import.meta.dirname, '../../../libs/guideline/test/amendment');
const draft = join(amendment, 'acd-2027-04-invented.ts');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sekisho-versions-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the version that a command is told', () => {
  it('is one that there is by its id, or a draft by its source file, which is in force at no time', async () => {
    expect((await versionNamed({ id: 'acd-2026-10' }, 'how')).id).toBe('acd-2026-10');
    expect(await versionNamed({ draft }, 'how')).toMatchObject({ id: 'acd-2027-04-invented', validFrom: null });
    expect(builtModule(draft)).toMatch(/libs\/guideline\/dist\/test\/amendment\/acd-2027-04-invented\.js$/);
  });

  it.each([
    [{}, 'Which version?'],
    [{ id: 'acd-1999' }, 'There is no version acd-1999.'],
    [{ id: 'acd-2026-10', draft }, 'acd-2026-10 and a draft are one version too many.'],
    [{ draft: 'nowhere.ts' }, 'There is no file nowhere.ts.'],
    [{ draft: join(amendment, 'review-government-target.ts') }, 'it exports 0 versions of the guideline'],
  ])('is not %s', (named, fault) => expect(versionNamed(named, 'how')).rejects.toThrow(fault));

  it('is no source file that is not built, nor one of no package', async () => {
    const source = join(folder, 'draft.ts');
    await writeFile(source, 'export const draft = {};');
    expect(() => builtModule(source)).toThrow('draft.ts is in no package.');
    await writeFile(join(folder, 'package.json'), '{}');
    expect(() => builtModule(source)).toThrow('draft.ts is not built.');
  });
});
