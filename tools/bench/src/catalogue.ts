import { batchBenchmark } from './benchmarks/batch.js';
import { determineBenchmark } from './benchmarks/determine.js';
import { enginesBenchmark } from './benchmarks/engines.js';
import { eventsBenchmark } from './benchmarks/events.js';
import { intakeBenchmark } from './benchmarks/intake.js';
import { latencyBenchmark } from './benchmarks/latency.js';
import { footprintBenchmark } from './benchmarks/footprint.js';
import { previewBenchmark } from './benchmarks/preview.js';
import { replayBenchmark } from './benchmarks/replay.js';
import { startBenchmark } from './benchmarks/start.js';
import type { Benchmark } from './figure.js';

/** Every benchmark, in the order in which a whole run takes them. */
export const BENCHMARKS: readonly Benchmark[] = [
  determineBenchmark,
  enginesBenchmark,
  previewBenchmark,
  startBenchmark,
  intakeBenchmark,
  batchBenchmark,
  latencyBenchmark,
  eventsBenchmark,
  replayBenchmark,
  footprintBenchmark,
];
