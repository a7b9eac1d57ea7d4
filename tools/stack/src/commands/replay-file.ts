import { type ChangedCase, csvHeader, csvLine, replayDiagram } from '@sekisho/documents';
import { type Guideline, replay } from '@sekisho/guideline';
import { factsInLines, readText } from '../facts-file.js';
import type { ReplayResult } from './replay-words.js';

const SHOWN = 20;

/** The cases of a file under two versions, without any service. */
export function replayFile(
  file: string,
  from: Guideline,
  to: Guideline,
  language: 'en' | 'ja',
  how: string,
): ReplayResult {
  const cases = factsInLines(readText(file, how), file, how);
  const ends = new Map<string, { from: string; to: string; cases: number }>();
  const changes: ChangedCase[] = [];
  for (const { name, facts } of cases) {
    const { change, ...end } = replay(from, to, facts);
    const key = `${end.from}\n${end.to}`;
    ends.set(key, { ...end, cases: (ends.get(key)?.cases ?? 0) + 1 });
    if (change !== null) changes.push({ incidentId: name, determinationVersion: null, ...change });
  }
  const found = {
    from: from.id,
    to: to.id,
    done: cases.length,
    changed: changes.length,
    ends: [...ends.values()],
  };
  return {
    ...found,
    changes: changes.slice(0, SHOWN),
    table: async () => [csvHeader(), ...changes.map((each) => csvLine(each, language))].join(''),
    picture: async () => replayDiagram({ ...found, state: 'FINISHED' }, language),
  };
}
