import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { draftIn } from '@sekisho/contracts';
import { findGuideline, type Guideline, guidelines } from '@sekisho/guideline';
import { Fault } from './fault.js';

/** A version of the guideline as a command is told it: by its id, or with `--draft` by the source file of one that is being drafted. */
export interface NamedVersion {
  readonly id?: string | undefined;
  readonly draft?: string | undefined;
}

/** The version that is meant. `how` is what to write instead, where none is. */
export async function versionNamed({ id, draft }: NamedVersion, how: string): Promise<Guideline> {
  if (id !== undefined && draft !== undefined) {
    throw new Fault(`${id} and a draft are one version too many.`, how);
  }
  if (draft !== undefined) return loadDraft(draft);
  if (id === undefined) throw new Fault('Which version?', `${how}\n  ${THERE_ARE}`);
  const found = findGuideline(id);
  if (found === undefined) throw new Fault(`There is no version ${id}.`, `${THERE_ARE} ${DRAFTS}`);
  return found;
}

const THERE_ARE = `There are ${guidelines.map(({ id }) => id).join(', ')}.`;
const DRAFTS = 'One that is being drafted is named by its file: --draft FILE.';

async function loadDraft(path: string): Promise<Guideline> {
  const file = builtModule(path);
  try {
    return draftIn((await import(pathToFileURL(file).href)) as Record<string, unknown>);
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    throw new Fault(`${path} holds no draft: ${fault}.`, 'docs/drafters-afternoon.md shows what one is made of.');
  }
}

/**
 * The absolute path of the built module of a source file: `dist/src/x.js` in the package of `src/x.ts`. Any other file is a module itself.
 */
export function builtModule(path: string): string {
  const source = resolve(path);
  if (!existsSync(source)) throw new Fault(`There is no file ${path}.`, DRAFTS);
  if (!source.endsWith('.ts')) return source;
  const root = packageOf(source);
  const built = join(root, 'dist', relative(root, source)).replace(/\.ts$/, '.js');
  if (!existsSync(built)) throw new Fault(`${path} is not built.`, 'npm run build says why, where that fails.');
  return built;
}

function packageOf(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Fault(`${file} is in no package.`, 'A draft is written within libs/guideline.');
    folder = above;
  }
  return folder;
}
