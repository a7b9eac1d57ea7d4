import { determine, explainDetermination, type Explanation, guidelineFor } from '@sekisho/guideline';
import { DOCUMENT_USAGE, type DocumentOptions, writeDocument } from '../document.js';
import { factsIn, readText } from '../facts-file.js';
import { Fault } from '../fault.js';
import { versionNamed } from '../versions.js';

export interface ExplainOptions extends DocumentOptions {
  /** File of the facts, as `POST /v1/determination-previews` takes them. */
  readonly facts?: string | undefined;
  /** The version to ask; the one in force at the planned time unless named. */
  readonly guideline?: string | undefined;
  /** Source file of a draft, in place of a version. */
  readonly draft?: string | undefined;
  /** In Japanese. */
  readonly ja: boolean;
}

const HOW = `sekisho explain --facts FILE [--guideline VERSION | --draft FILE] [--ja] ${DOCUMENT_USAGE}: what the guideline says of these facts, and why. It asks no service.`;

/** Explains a determination to whoever sits at the terminal. */
export async function explain(options: ExplainOptions): Promise<number> {
  if (options.facts === undefined) throw new Fault('Which facts?', HOW);
  await writeDocument(await explained(readText(options.facts, HOW), options), options, HOW);
  return 0;
}

/** What the version says of the facts in the text; `facts` is what their file is called. */
export async function explained(
  text: string,
  { facts: file = 'facts', guideline: id, draft, ja }: Partial<ExplainOptions>,
): Promise<Explanation> {
  const { facts } = factsIn(text, file, HOW);
  const named = id !== undefined || draft !== undefined;
  // Before any version is in force, the first that will be counts.
  const guideline = named ? await versionNamed({ id, draft }, HOW) : guidelineFor(facts)!;
  return explainDetermination(guideline, determine(guideline, facts), ja ? 'ja' : 'en');
}
