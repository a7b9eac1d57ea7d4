/** What a benchmark aims at: at least so much, or at most. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number };

/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: Aim;
  /** What the number rests on, where that is not plain: how many samples, what else went on. */
  readonly note?: string;
}

export const meets = ({ value, aim }: Figure): boolean | undefined =>
  aim === undefined ? undefined : 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost;

/** One benchmark of the catalogue: alone or with others, it measures the same. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** Measures and answers its figures; tells of its steps by `tell`. */
  run(bench: Bench): Promise<Figure[]>;
}

/** What a run lends its benchmarks. */
export interface Bench {
  /** The repository, built. */
  readonly root: string;
  /** A folder of the run's own, gone after it. */
  readonly folder: string;
  readonly options: { readonly freshClone: boolean };
  /** A whole platform of the run's own, started when it is first asked for and shared from then on. */
  platform(): Promise<BenchPlatform>;
  /** Ends that platform, for a benchmark that needs the machine for itself. */
  endPlatform(): Promise<void>;
  tell(line: string): void;
}

/** A running platform, and its state folder. */
export interface BenchPlatform {
  readonly directory: string;
  /** Process id of its head, under which all others hang. */
  readonly pid: number;
}
