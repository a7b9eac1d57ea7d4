import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { batchAnswer } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, preferredLanguage, ProblemError, type WorkRequest } from '@sekisho/service';
import { type BatchLine, inTime } from './batch-line.js';
import { BatchesService } from './batches.service.js';
import { namedCharset } from './charset.js';
import { csvLines } from './csv-lines.js';
import { ndjsonLines } from './ndjson-lines.js';

export const NDJSON = 'application/x-ndjson';
export const CSV = 'text/csv';

const FAREWELL_MS = 5_000;

interface Sent {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

interface Answering {
  header(name: string, value: string): Answering;
  send(body: Readable): unknown;
}

/** Many reports at once, answered line by line while they are stored. */
@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/report-batches')
export class BatchesController {
  constructor(private readonly batches: BatchesService) {}

  @Post()
  @HttpCode(200)
  @Permit('report:submit')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'At most 240 characters. The same key and line get the same answer: a batch that was cut off is sent again whole.',
  })
  @ApiConsumes(NDJSON, CSV)
  @ApiBody({
    schema: {
      type: 'string',
      format: 'binary',
      description: 'Up to 10,000 reports: a JSON object on each line, or records of CSV.',
    },
  })
  @ApiProduces(NDJSON)
  @ApiResponse({
    status: 200,
    description: 'A line of JSON for each line of the batch, as they are stored.',
    standardSchema: batchAnswer,
  })
  async store(
    @CurrentWork() request: WorkRequest,
    @Req() { headers, body }: Sent,
    @Res() reply: Answering,
  ): Promise<void> {
    const lines = linesOf(headers['content-type'] ?? '', body);
    this.batches.admit(request);
    const answers = new PassThrough();
    // Whoever has gone away hears nothing more; what was read of it is stored.
    answers.on('error', () => undefined);
    // Its body may end before it was read: then nothing else can come on this connection.
    reply.header('content-type', NDJSON).header('connection', 'close').send(answers);
    // Not held up by a caller that first sends all and then reads: there are only so many lines, and their answers are short.
    const tell = (answer: object): void => {
      if (!answers.destroyed) answers.write(`${JSON.stringify(answer)}\n`);
    };
    await this.batches
      .store(request, preferredLanguage(headers['accept-language']), lines, tell)
      .then(() => sentWhole(body as Readable))
      .then(
        () => answers.end(),
        (error: Error) => answers.destroy(error),
      );
  }
}

/** Until what nobody will read has come, for a while: a connection that is closed before would take the last answers with it. */
async function sentWhole(body: Readable): Promise<void> {
  if (body.readableEnded || body.destroyed) return;
  body.resume();
  await finished(body, { signal: AbortSignal.timeout(FAREWELL_MS) }).catch(() => undefined);
}

/** What is left of it when reading ends stays, and its connection with it. */
const unread = (body: Readable): AsyncIterable<Uint8Array> => body.iterator({ destroyOnReturn: false });

function linesOf(contentType: string, body: unknown): AsyncIterable<BatchLine> {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (body instanceof Readable && type === NDJSON) return ndjsonLines(inTime(unread(body)));
  if (body instanceof Readable && type === CSV) return csvLines(inTime(unread(body)), namedCharset(contentType));
  throw new ProblemError('unsupported-media-type', `A batch is ${NDJSON} or ${CSV}.`);
}
