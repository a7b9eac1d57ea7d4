import { determine, findGuideline, type Facts } from '@sekisho/guideline';
import { KNOWN, unknownFacts } from '../facts.js';
import type { Benchmark } from '../figure.js';
import { median, p99 } from '../statistics.js';

const WARM_UP_MS = 300;
const MEASURED_MS = 1_500;

const guideline = findGuideline('acd-2026-10')!;
/** Added up and looked at, so that no answer can be left out as unused. */
let answered = 0;

function ask(facts: Facts): void {
  answered += determine(guideline, facts).because.length;
}

/** Milliseconds of each round of `work`, for so long. */
function rounds(milliseconds: number, work: () => void): number[] {
  const took: number[] = [];
  for (let now = performance.now(), end = now + milliseconds; now < end;) {
    const started = now;
    work();
    now = performance.now();
    took.push(now - started);
  }
  return took;
}

function measure(work: () => void): number[] {
  rounds(WARM_UP_MS, work);
  return rounds(MEASURED_MS, work);
}

export const determineBenchmark: Benchmark = {
  name: 'determine',
  title: 'what the guideline says of a case, one core, in this process',
  async run() {
    // A round is every known case many times over: one call is too short for the clock.
    const again = 100;
    const calls = again * KNOWN.length;
    const known = measure(() => {
      for (let time = 0; time < again; time += 1) for (const facts of KNOWN) ask(facts);
    });
    const facts = unknownFacts(1_000, 100);
    const unknown = measure(() => ask(facts));
    if (answered === 0) throw new Error('determine answered nothing');
    const note = `${unknown.length} calls`;
    return [
      { name: 'known facts', value: (1000 * calls) / median(known), unit: '1/s' },
      { name: 'known facts, a call', value: (1000 * median(known)) / calls, unit: 'µs' },
      {
        name: '1,000 servers, 100 targets, all unknown',
        value: median(unknown),
        unit: 'ms',
        aim: { atMost: 1 },
        note,
      },
      { name: 'the same, p99', value: p99(unknown), unit: 'ms', note },
    ];
  },
};
