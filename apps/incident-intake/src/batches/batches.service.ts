import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { type BatchAnswer, type Language, type ReportForm, reportForm } from '@sekisho/contracts';
import type { Logger } from '@sekisho/observability';
import { LOGGER, ProblemError, ProblemFilter, SchemaPipe, type WorkRequest } from '@sekisho/service';
import { TokenBuckets } from '../limits/token-buckets.js';
import { ReportWriter } from '../reports/report-writer.js';
import { ReportsService } from '../reports/reports.service.js';
import { type BatchLine, MOST_LINES } from './batch-line.js';

/** Lines of one batch that are under way at once: enough to fill what the writer writes together. More would only be more in memory. */
const LINES_AT_ONCE = 200;
const BATCHES_AT_ONCE = 8;
const KEY_LENGTH = 240;

/** Takes batches: each line as if it had come alone, as fast as they can be stored and no faster. */
@Injectable()
export class BatchesService implements BeforeApplicationShutdown {
  private readonly pipe = new SchemaPipe();
  private readonly problems: ProblemFilter;
  private underWay = 0;
  private ending = false;

  constructor(
    private readonly reports: ReportsService,
    private readonly writer: ReportWriter,
    private readonly limits: TokenBuckets,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.problems = new ProblemFilter(logger);
  }

  beforeApplicationShutdown(): void {
    this.ending = true;
  }

  /** Throws a problem where the batch cannot be begun. */
  admit({ idempotencyKey }: WorkRequest): void {
    if (idempotencyKey !== undefined && idempotencyKey.length > KEY_LENGTH) {
      throw new ProblemError('invalid-request', `Idempotency-Key: a batch’s has at most ${KEY_LENGTH} characters`);
    }
    if (this.underWay >= BATCHES_AT_ONCE || this.ending) {
      throw new ProblemError('unavailable', 'Other batches are being stored just now.', {}, { 'retry-after': '5' });
    }
  }

  /** Stores the lines and tells of each as soon as that is durable, or why it is not. What is read is bounded by what is stored. */
  async store(
    request: WorkRequest,
    language: Language,
    lines: AsyncIterable<BatchLine>,
    tell: (answer: BatchAnswer) => void,
  ): Promise<void> {
    this.underWay += 1;
    const slots = new Slots(LINES_AT_ONCE);
    const failed = (line: number, error: unknown): BatchAnswer => {
      const { status, problem } = this.problems.describe(error, language, '/v1/report-batches');
      return { line, status, problem };
    };
    let [reports, last] = [0, 0];
    try {
      for await (const each of lines) {
        if (this.ending) throw endsNow();
        if (reports === MOST_LINES) throw tooMany();
        last = each.line;
        reports += 1;
        await this.limits.pace(request.principal);
        await slots.take();
        await this.writer.room();
        const stored = 'problem' in each ? Promise.reject(each.problem) : this.storeLine(request, last, each.value);
        const { line } = each;
        void stored.then(tell, (error: unknown) => tell(failed(line, error))).finally(() => slots.give());
      }
    } catch (error) {
      // What the batch itself did wrong is told in its last line. Whoever has gone away is told nothing.
      if (!(error instanceof ProblemError)) throw error;
      tell(failed(last + 1, error));
    } finally {
      await slots.all();
      this.underWay -= 1;
    }
  }

  private async storeLine(request: WorkRequest, line: number, value: unknown): Promise<BatchAnswer> {
    const report = (await this.pipe.transform(value, { type: 'body', schema: reportForm })) as ReportForm;
    const { idempotencyKey: key } = request;
    const { status, body } = await this.reports.submit(
      { ...request, idempotencyKey: key === undefined ? undefined : `${key}/${line}` },
      report,
    );
    return { line, status, ...body };
  }
}

const endsNow = (): ProblemError =>
  new ProblemError('unavailable', 'This instance is being stopped. Send this line and what follows it again.');
const tooMany = (): ProblemError =>
  new ProblemError(
    'body-too-large',
    `A batch has at most ${MOST_LINES} reports. This line and what follows it was not read.`,
  );

/** So many at once. */
class Slots {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  async take(): Promise<void> {
    while (this.taken >= this.most) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.taken += 1;
  }

  give(): void {
    this.taken -= 1;
    for (const goOn of this.waiting.splice(0)) goOn();
  }

  /** Resolves when none is taken. */
  async all(): Promise<void> {
    while (this.taken > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
