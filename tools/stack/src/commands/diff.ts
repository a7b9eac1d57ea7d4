import { compareGuidelines, explainComparison } from '@sekisho/guideline';
import { DOCUMENT_USAGE, type DocumentOptions, writeDocument } from '../document.js';
import { versionNamed } from '../versions.js';

export interface DiffOptions extends DocumentOptions {
  /** Source file of a draft, in place of the later version. */
  readonly draft?: string | undefined;
  readonly ja: boolean;
  /** As `compareGuidelines` answers. */
  readonly json: boolean;
}

const HOW = `sekisho diff FROM TO [--ja] [--json | ${DOCUMENT_USAGE}]: what reads otherwise, side by side; --draft FILE in place of TO. It asks no service.`;

/** Sets two versions side by side for whoever sits at the terminal. */
export async function diff([one, other]: readonly (string | undefined)[], options: DiffOptions): Promise<number> {
  const from = await versionNamed({ id: one }, HOW);
  const to = await versionNamed({ id: other, draft: options.draft }, HOW);
  if (options.json) process.stdout.write(`${JSON.stringify(compareGuidelines(from, to), null, 2)}\n`);
  else await writeDocument(explainComparison(from, to, options.ja ? 'ja' : 'en'), options, HOW);
  return 0;
}
