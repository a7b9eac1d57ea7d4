import { readFileSync, writeFileSync } from 'node:fs';
import { facts } from '@sekisho/contracts';
import { type MediaType, render, type Rendered } from '@sekisho/documents';
import { determine, explainDetermination, type Facts, guidelineFor, guidelines } from '@sekisho/guideline';
import { Fault } from '../fault.js';

export interface ExplainOptions {
  /** File of the facts, as `POST /v1/determination-previews` takes them. */
  readonly facts?: string | undefined;
  /** The version to ask; the one in force at the planned time unless named. */
  readonly guideline?: string | undefined;
  readonly format?: string | undefined;
  /** In Japanese. */
  readonly ja: boolean;
  /** Where to write; standard output unless named. */
  readonly out?: string | undefined;
}

const FORMATS = {
  text: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  pdf: 'application/pdf',
} as const satisfies Record<string, MediaType>;
type Format = keyof typeof FORMATS;

const HOW =
  `sekisho explain --facts FILE [--guideline VERSION] [--format ${Object.keys(FORMATS).join('|')}] [--ja] [--out FILE]: what the guideline says of ` +
  'these facts, and why. It asks no service.';

/** Explains a determination to whoever sits at the terminal. */
export async function explain(options: ExplainOptions): Promise<number> {
  const format = formatNamed(options.format ?? 'text');
  if (format === 'pdf' && options.out === undefined) throw new Fault('A PDF is no text: say where to write it.', HOW);
  const { body } = await explained(read(options.facts), options, format, new Date());
  if (options.out === undefined) process.stdout.write(body);
  else writeFileSync(options.out, body);
  return 0;
}

export async function explained(
  text: string,
  { facts: file = 'facts', guideline: version, ja }: Partial<ExplainOptions>,
  format: Format,
  at: Date,
): Promise<Rendered> {
  const known = factsIn(text, file);
  const guideline = guidelineFor(known, version);
  if (!guideline) {
    const versions = guidelines.map(({ id }) => id).join(', ');
    throw new Fault(`There is no guideline ${version}.`, `There are: ${versions}.`);
  }
  return render(explainDetermination(guideline, determine(guideline, known), ja ? 'ja' : 'en'), FORMATS[format], at);
}

function formatNamed(name: string): Format {
  if (!Object.hasOwn(FORMATS, name)) throw new Fault(`There is no format ${name}.`, HOW);
  return name as Format;
}

function read(file: string | undefined): string {
  if (file === undefined) throw new Fault('Which facts?', HOW);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, HOW);
  }
}

/** The facts alone, or the body of a preview. */
function factsIn(text: string, file: string): Facts {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Fault(`${file} is not JSON.`, HOW);
  }
  const inside = typeof content === 'object' && content !== null && 'facts' in content ? content.facts : content;
  const parsed = facts.safeParse(inside);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
  throw new Fault(`${file} holds no facts: ${faults}`, HOW);
}
