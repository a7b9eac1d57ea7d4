import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { type BatchAnswer, type Language, type Message, type ReportForm, reportForm } from '@sekisho/contracts';
import { named } from '@sekisho/identity';
import type { Logger } from '@sekisho/observability';
import { LOGGER, ProblemError, ProblemFilter, SchemaPipe, type WorkRequest } from '@sekisho/service';
import { TokenBuckets } from '../limits/token-buckets.js';
import { ReportWriter } from '../reports/report-writer.js';
import { ReportsService } from '../reports/reports.service.js';
import { type BatchLine, MOST_LINES } from './batch-line.js';

/** Lines of one batch that are under way at once: enough to fill what the writer writes together. More would only be more in memory. */
const LINES_AT_ONCE = 200;
const BATCHES_AT_ONCE = 8;
/** However many one client sends, there is room for others. */
const OF_ONE_CLIENT = 2;
const KEY_LENGTH = 240;

/** Takes batches: each line as if it had come alone, as fast as they can be stored and no faster. */
@Injectable()
export class BatchesService implements BeforeApplicationShutdown {
  private readonly pipe = new SchemaPipe();
  private readonly problems: ProblemFilter;
  /** The client of each batch that is being stored. */
  private readonly underWay: string[] = [];
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
  admit({ idempotencyKey, principal }: WorkRequest): void {
    if (idempotencyKey !== undefined && idempotencyKey.length > KEY_LENGTH) {
      throw new ProblemError('invalid-request', `Idempotency-Key: a batch’s has at most ${KEY_LENGTH} characters`);
    }
    if (this.underWay.length >= BATCHES_AT_ONCE || this.ending) throw busy('unavailable', { code: 'other-batches' });
    const client = named(principal);
    if (this.underWay.filter((other) => other === client).length >= OF_ONE_CLIENT) {
      throw busy('too-many-requests', { code: 'own-batches', values: { most: OF_ONE_CLIENT } });
    }
  }

  /** Stores the lines and tells of each as soon as that is durable, or why it is not. What is read is bounded by what is stored. */
  async store(
    request: WorkRequest,
    language: Language,
    lines: AsyncIterable<BatchLine>,
    tell: (answer: BatchAnswer) => void,
  ): Promise<void> {
    const client = named(request.principal);
    this.underWay.push(client);
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
      this.underWay.splice(this.underWay.indexOf(client), 1);
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

const busy = (type: 'unavailable' | 'too-many-requests', why: Message): ProblemError =>
  new ProblemError(type, why, {}, { 'retry-after': '5' });
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
