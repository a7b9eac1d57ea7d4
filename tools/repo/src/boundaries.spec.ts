import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(import.meta.dirname, '../../..');

/** What lint says of one line in a file that does not exist. */
async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await new ESLint({ cwd: root }).lintText(code, { filePath: join(root, filePath) });
  return result!.messages.map(({ ruleId }) => ruleId ?? 'parse');
}

describe('module boundaries', () => {
  it.each([
    ['libs/guideline/src/planted.ts', `export * from '@sekisho/contracts';`],
    ['libs/contracts/src/planted.ts', `export * from '@sekisho/messaging';`],
    ['libs/signing/src/planted.ts', `export * from '@sekisho/classification';`],
    ['apps/classification/src/planted.ts', `export * from '@sekisho/agency-tasking';`],
    ['apps/classification/src/planted.ts', `export * from '@sekisho/proof';`],
    ['apps/classification/src/planted.ts', `export * from '../../agency-tasking/src/app.module.js';`],
  ])('%s may not say %s', async (file, code) => {
    expect(await complaints(file, code)).toContain('@nx/enforce-module-boundaries');
  });

  it('lets an app use the law', async () => {
    expect(await complaints('apps/classification/src/planted.ts', `export * from '@sekisho/guideline';`)).toEqual([]);
  });

  it.each([
    ['kafkajs', `export * from 'kafkajs';`],
    ['the testing library', `export * from '@sekisho/testing';`],
  ])('keeps %s out of a service', async (_, code) => {
    expect(await complaints('apps/classification/src/planted.ts', code)).toContain('no-restricted-imports');
  });

  it('keeps clock and environment out of the law', async () => {
    const code = 'export const at = [Date.now(), new Date(), Math.random(), process.env];';
    expect(await complaints('libs/guideline/src/planted.ts', code)).toEqual([
      'no-restricted-syntax',
      'no-restricted-syntax',
      'no-restricted-syntax',
      'no-restricted-properties',
    ]);
  });
});
