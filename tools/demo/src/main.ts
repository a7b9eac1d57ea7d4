import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { assessOthers, judge } from './assessment.js';
import { Caller } from './caller.js';
import type { Journey } from './case.js';
import { readEndpoints } from './endpoints.js';
import { draft, issue } from './order.js';
import { figures, report as periodicReport } from './periodic.js';
import { report } from './reporting.js';
import { review } from './review.js';
import { safeguards } from './safeguards.js';
import { rendered, type Step, Telling } from './telling.js';

// `node main.js --endpoints .local/endpoints.json [--again]`: the journey of one incident, told step by step.
// A finished run is kept beside the endpoints and told again on the next start, unless `--again` asks for a new one.
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
  const startedAt = Date.now();
  const name = startedAt.toString(36);
  const journey: Journey = { at, call: new Caller(at, name), story: new Telling(write), startedAt };
  write('\n関所 Sekisho: one incident goes from a partner’s report to the commission’s periodic report.\n');
  // The agency's own program, with nothing but the endpoints file to go by.
  const agency = fork(join(import.meta.dirname, 'agency-main.js'), [values.endpoints, 'npa'], { silent: true });
  try {
    const before = await figures(journey);
    const opened = await report(journey, name);
    await assessOthers(journey, opened);
    const judged = await judge(journey, opened);
    const orderId = await draft(journey, judged);
    await review(journey, judged);
    const servers = opened
      .find(({ incident }) => incident.incidentId === judged.incidentId)!
      .incident.servers.map(({ ref }) => ref);
    await safeguards(journey, judged, servers);
    await issue(journey, orderId, judged);
    await periodicReport(journey, before, opened.length);
    const finishedAt = new Date().toISOString();
    await writeFile(stored, JSON.stringify({ finishedAt, orderId, ...judged, steps: journey.story.steps }, null, 2));
  } finally {
    const ended = new Promise((resolve) => agency.once('exit', resolve));
    agency.kill('SIGTERM');
    await ended;
  }
}
