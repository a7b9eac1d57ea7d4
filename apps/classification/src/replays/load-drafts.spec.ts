import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGuideline } from '@sekisho/guideline';
import { loadDrafts } from './load-drafts.js';
import { ReplayableVersions } from './replayable-versions.js';

const inForce = findGuideline('acd-2026-10')!;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sekisho-drafts-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function module(name: string, draft: object): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, `export const draft = ${JSON.stringify(draft)};`);
  return path;
}

describe('drafts of the guideline', () => {
  it('are known to replays beside the versions that there are, and are in force at no time', async () => {
    const path = await module('good', { ...inForce, id: 'acd-2027-04', validFrom: '2026-10-02T00:00:00+09:00' });
    const versions = new ReplayableVersions(await loadDrafts([path]));
    expect(versions.ids).toEqual(['acd-2025-12-draft', 'acd-2026-10', 'acd-2027-04']);
    expect(versions.get('acd-2027-04')).toMatchObject({ id: 'acd-2027-04', validFrom: null });
    expect(versions.get('acd-2026-10')).toBe(inForce);
    expect(() => versions.get('acd-2028')).toThrow('there is no version acd-2028');
    expect(findGuideline('acd-2027-04')).toBeUndefined();
  });

  it('are all looked at before the service is refused its start', async () => {
    const one = await module('one', { ...inForce, id: 'acd-2027-04' });
    const paths = [
      one,
      await module('again', { ...inForce, id: 'acd-2027-04' }),
      await module('instead', { ...inForce, provisions: [] }),
      join(folder, 'missing.mjs'),
    ];
    await expect(loadDrafts(paths)).rejects.toThrow(
      /^These are no drafts of the guideline:\n {2}\S+again.mjs: it is called acd-2027-04, as another draft\n {2}\S+instead.mjs: it is called acd-2026-10, as a version that there is.*\n {2}\S+missing.mjs: /,
    );
  });
});
