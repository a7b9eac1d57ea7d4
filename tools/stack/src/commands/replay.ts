import { writeFileSync } from 'node:fs';
import { endpointsIn } from '../calling.js';
import { Fault } from '../fault.js';
import { versionNamed } from '../versions.js';
import { replayFile } from './replay-file.js';
import { replayOnPlatform } from './replay-on-platform.js';
import { spellReplay } from './replay-words.js';

export interface ReplayOptions {
  /** Offline: a file of facts, one case in a line. The stored cases of the platform unless named. */
  readonly facts?: string | undefined;
  /** Source file of a draft, in place of the later version. Offline alone. */
  readonly draft?: string | undefined;
  /** Which stored cases: opened from then on, RFC 3339. */
  readonly 'opened-from'?: string | undefined;
  /** Opened before then. */
  readonly 'opened-to'?: string | undefined;
  /** Where to write the table of changes, and the picture. */
  readonly csv?: string | undefined;
  readonly svg?: string | undefined;
  /** The client that asks the platform. */
  readonly as?: string | undefined;
  readonly ja: boolean;
}

const HOW =
  'sekisho replay FROM TO [--opened-from TIME] [--opened-to TIME] [--as analyst-1]: the stored cases of the platform; or offline, ' +
  'sekisho replay FROM TO --facts FILE, where --draft FILE may stand in place of TO. Both: [--csv FILE] [--svg FILE] [--ja].';

/** Tries another version on cases, and says which end otherwise and by which provisions. */
export async function replay(directory: string, versions: readonly string[], options: ReplayOptions): Promise<number> {
  const language = options.ja ? 'ja' : 'en';
  const { csv, svg } = options;
  const result = await begun(directory, versions, options);
  process.stdout.write(`${spellReplay(result, language)}\n`);
  if (csv !== undefined) writeFileSync(csv, await result.table());
  if (svg !== undefined) writeFileSync(svg, await result.picture());
  return 0;
}

async function begun(directory: string, [one, other]: readonly string[], options: ReplayOptions) {
  const { facts, draft, ja } = options;
  const language = ja ? 'ja' : 'en';
  if (facts !== undefined) {
    if (options['opened-from'] !== undefined || options['opened-to'] !== undefined) {
      throw new Fault('Cases of a file have no day on which they were opened.', HOW);
    }
    const from = await versionNamed({ id: one }, HOW);
    return replayFile(facts, from, await versionNamed({ id: other, draft }, HOW), language, HOW);
  }
  if (draft !== undefined) {
    throw new Fault(
      'The platform replays versions that it was started with, and a file of yours may have changed since.',
      'Start it with the draft and name the version by its id: npm start -- --draft FILE. Or try the draft on a file of cases: --facts FILE.',
    );
  }
  if (one === undefined || other === undefined) throw new Fault('Which two versions?', HOW);
  return replayOnPlatform(
    endpointsIn(directory),
    { from: one, to: other, filter: spanOf(options) },
    { as: options.as ?? 'analyst-1', language },
  );
}

const spanOf = ({ 'opened-from': openedFrom, 'opened-to': openedBefore }: ReplayOptions) => ({
  ...(openedFrom !== undefined && { openedFrom }),
  ...(openedBefore !== undefined && { openedBefore }),
});
