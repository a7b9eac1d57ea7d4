import { type RealIncident, recentIncidents } from '@sekisho/demo';

/** Endless reports like the real incidents, each with a number of its own, as the text of a request's body. */
export class ReportSource {
  private sent = 0;

  private constructor(
    private readonly run: string,
    /** Each report cut in two where its number goes: to print a thousand of them a second should cost the machine nothing. */
    private readonly halves: readonly (readonly [string, string])[],
  ) {}

  /** `run` tells the numbers of two sources apart. */
  static async of(run: string, now = Date.now()): Promise<ReportSource> {
    return new ReportSource(run, (await recentIncidents(now, MARK)).map(cut));
  }

  next(): string {
    const [before, after] = this.halves[this.sent % this.halves.length]!;
    this.sent += 1;
    return `${before}${this.run}-${this.sent}${after}`;
  }
}

const MARK = 'number-of-the-report';

function cut({ report }: RealIncident): readonly [string, string] {
  const halves = JSON.stringify(report).split(MARK);
  if (halves.length !== 2) throw new Error(`${report.externalId} names its number ${halves.length - 1} times`);
  return halves as [string, string];
}
