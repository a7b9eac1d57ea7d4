import { pathToFileURL } from 'node:url';
import { draftIn } from '@sekisho/contracts';
import type { Guideline } from '@sekisho/guideline';

/**
 * The drafts that these modules export, each never to be in force. Throws one error that names every module that cannot be taken: one that
 * is not there, exports no draft or one under the name of a version that there is, or of another draft.
 */
export async function loadDrafts(paths: readonly string[]): Promise<Guideline[]> {
  const drafts: Guideline[] = [];
  const faults: string[] = [];
  for (const path of paths) {
    try {
      const draft = draftIn((await import(pathToFileURL(path).href)) as Record<string, unknown>);
      if (drafts.some(({ id }) => id === draft.id)) throw new Error(`it is called ${draft.id}, as another draft`);
      drafts.push(draft);
    } catch (error) {
      faults.push(`  ${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (faults.length > 0) throw new Error(`These are no drafts of the guideline:\n${faults.join('\n')}`);
  return drafts;
}
