import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Regime, regime } from './regime.js';

export type { Regime };

/** Reads the regimes of a folder, one a file. Throws with every fault of every file: what is wrong there must not wait for a report. */
export function loadRegimes(folder: string): Regime[] {
  const faults: string[] = [];
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const regimes = files.flatMap((name): Regime[] => {
    const read = readRegime(join(folder, name));
    if (Array.isArray(read)) faults.push(...read.map((fault) => `  ${name}: ${fault}`));
    return Array.isArray(read) ? [] : [read];
  });
  if (files.length === 0) faults.push('  there are none');
  if (faults.length > 0) throw new Error(`The regimes in ${folder} have faults:\n${faults.join('\n')}`);
  return regimes;
}

/** The regime, or what is wrong with its file. */
function readRegime(path: string): Regime | string[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return [(error as Error).message];
  }
  const parsed = regime.safeParse(content);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  const { id } = parsed.data;
  return `${id}.json` === basename(path) ? parsed.data : [`id: ${id} is not the file’s name`];
}

const HERE = dirname(createRequire(import.meta.url).resolve('@sekisho/incident-intake/package.json'));

/** The regimes that this service knows, read when it starts: it does not come up with one that is faulty. */
export const REGIMES: readonly Regime[] = loadRegimes(join(HERE, 'regimes'));
