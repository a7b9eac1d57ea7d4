import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Agency } from './agency.js';
import { Caller } from './caller.js';
import { type Platform, Turns } from './case.js';
import { counts, together } from './counts.js';
import { readEndpoints } from './endpoints.js';
import { journey, journeyCounts, periodicReport, reports } from './journey.js';
import { KINDS } from './kinds/all.js';
import type { Kind, Seen } from './kinds/kind.js';
import { look, rendered, type Step, Telling } from './telling.js';

// `node main.js --endpoints .local/endpoints.json [--again]`: the journey of one incident, told step by step, and then every other
// kind of case. A finished run is kept beside the endpoints and told again on the next start, unless `--again` asks for a new one.
const { values } = parseArgs({
  options: {
    endpoints: { type: 'string', default: '.local/endpoints.json' },
    again: { type: 'boolean', default: false },
  },
});
const stored = join(dirname(values.endpoints), 'journey.json');
const write = (text: string): void => void process.stdout.write(text);

if (existsSync(stored) && !values.again) {
  const { finishedAt, steps } = JSON.parse(await readFile(stored, 'utf8')) as { finishedAt: string; steps: Step[] };
  write(`\nThe journey as it went on ${finishedAt} (npm start -- --again makes a new one):\n`);
  steps.forEach((step, position) => write(rendered(step, position + 1)));
} else {
  await run();
}

async function run(): Promise<void> {
  const at = await readEndpoints(values.endpoints);
  const platform: Platform = { at, call: new Caller(at), council: new Turns() };
  const story = new Telling(write);
  const now = Date.now();
  const name = now.toString(36);
  const before = await counts(platform);
  write('\n関所 Sekisho: one incident goes from a partner’s report to the commission’s periodic report.\n');
  const all = await reports(platform, story, now, name);
  const judged = await withStation(() => journey(platform, story, all));
  write('\nOther kinds of case, each through the same routes and topics:\n');
  const others = await everyKind(platform, story, name);
  const moved = others.map(({ counts: each }) => each);
  await periodicReport(platform, story, before, together([journeyCounts(all), ...moved]));
  const finishedAt = new Date().toISOString();
  await writeFile(stored, JSON.stringify({ finishedAt, ...judged, kinds: others, steps: story.steps }, null, 2));
}

/** With the agency's own program beside it, which has nothing but the endpoints file to go by. */
async function withStation<Value>(work: () => Promise<Value>): Promise<Value> {
  const station: ChildProcess = fork(join(import.meta.dirname, 'agency-main.js'), [values.endpoints, 'npa'], {
    silent: true,
  });
  try {
    return await work();
  } finally {
    const ended = new Promise((resolve) => station.once('exit', resolve));
    station.kill('SIGTERM');
    await ended;
  }
}

/** All kinds at once, told in their order; answers what was seen of each. */
async function everyKind(platform: Platform, story: Telling, run: string): Promise<(Seen & { name: string })[]> {
  const [npa, sdf] = await Promise.all(
    (['npa', 'sdf'] as const).map((agency) => Agency.connect(platform.at, agency, { group: `kinds-${run}` })),
  );
  const stage = { ...platform, agencies: { npa: npa!, sdf: sdf! } };
  const under = KINDS.map((kind) => kind.run(stage, `${kind.name}-${run}`));
  // Each is waited for in its turn; one that fails meanwhile is heard then.
  for (const seen of under) seen.catch(() => undefined);
  try {
    const seen: (Seen & { name: string })[] = [];
    for (const [index, kind] of KINDS.entries()) {
      const one = await under[index]!;
      tell(story, platform, kind, one);
      seen.push({ name: kind.name, ...one });
    }
    return seen;
  } finally {
    await Promise.allSettled(under);
    await Promise.all([npa!.stop(), sdf!.stop()]);
  }
}

function tell(story: Telling, { at }: Platform, kind: Kind, { incidentId, said, got, counts: moved }: Seen): void {
  const agency = (name: string, messages: readonly string[]): string =>
    `${name} got: ${messages.length === 0 ? 'nothing' : messages.join(' · ')}`;
  const notable = Object.entries(moved).filter(([name]) => /^(orders|commission|nsc\.(byOutcome|recus))/.test(name));
  story.tell({
    what: `${kind.title.en} (${kind.title.ja})`,
    who: 'the same people, each with a token of their own',
    provision: kind.provision,
    invented: 'the assessments, papers and decisions, on an incident like a real one',
    detail: [
      ...said,
      ...(got.npa.length + got.sdf.length === 0
        ? ['neither agency got anything']
        : [agency('agency-npa', got.npa), agency('agency-sdf', got.sdf)]),
      `the report counts: ${notable.map(([figure, count]) => `${figure} ${count}`).join(', ') || 'the report and the case'}`,
    ],
    look: look(`${at.classification}/v1/incidents/${incidentId}`, 'analyst-1'),
  });
}
