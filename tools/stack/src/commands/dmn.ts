import { writeFileSync } from 'node:fs';
import { dmnOf } from '@sekisho/dmn';
import { findGuideline, type Guideline, guidelines } from '@sekisho/guideline';
import { Fault } from '../fault.js';

const HOW = 'sekisho export-dmn VERSION [--out FILE], sekisho check-dmn VERSION. They ask no service.';

/** Writes a version as a DMN 1.5 model, to standard output unless a file is named. */
export function exportDmn(
  version: string | undefined,
  { out }: { readonly out?: string | undefined },
): Promise<number> {
  const model = dmnOf(versionNamed(version));
  if (out === undefined) process.stdout.write(model);
  else writeFileSync(out, model);
  return Promise.resolve(0);
}

/**
 * Has Apache KIE decide every case that stands for all by a version's exported model, and compares. Answers 0 where it agrees with the
 * library, else 1.
 */
export async function checkDmn(root: string, version: string | undefined): Promise<number> {
  const guideline = versionNamed(version);
  // No other command needs them.
  const [{ caseSpaceOf }, { kieEngine }, { disagreement }] = await Promise.all([
    import('@sekisho/proof'),
    import('../dmn-engine.js'),
    import('../dmn-judge.js'),
  ]);
  const { all } = caseSpaceOf(guideline);
  const found = await disagreement(guideline, dmnOf(guideline), all, await kieEngine(root));
  const said =
    found === null
      ? [`${guideline.id}: Apache KIE decides ${all.length} cases by the exported model as the library does.`]
      : [
          `${guideline.id}: Apache KIE decides otherwise by the exported model. The smallest such case:`,
          ...Object.entries(found).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
        ];
  process.stdout.write(`${said.join('\n')}\n`);
  return found === null ? 0 : 1;
}

function versionNamed(version: string | undefined): Guideline {
  const guideline = version === undefined ? undefined : findGuideline(version);
  if (guideline !== undefined) return guideline;
  const versions = guidelines.map(({ id }) => id).join(', ');
  throw new Fault(
    version === undefined ? 'Which version of the guideline?' : `There is no guideline ${version}.`,
    `There are: ${versions}. ${HOW}`,
  );
}
