import { BODY_LIMIT, ProblemError } from '@sekisho/service';

/** One line of a batch: a report as it was sent, or why it is none. */
export type BatchLine = { readonly line: number } & ({ readonly value: unknown } | { readonly problem: ProblemError });

/** Most lines of a batch that hold a report. */
export const MOST_LINES = 10_000;

/** A line may be as long as the body of a single report. In bytes. */
export const LINE_LIMIT = BODY_LIMIT;

export const lineTooLong = (): ProblemError =>
  new ProblemError('body-too-large', `A line has at most ${LINE_LIMIT} bytes.`);

export const unreadable = (detail: string): ProblemError =>
  new ProblemError('invalid-request', detail, { errors: [{ pointer: '', code: 'unreadable', detail }] });

/** A sender may keep us waiting so long in all, and a millisecond longer for so many bytes. */
const PATIENCE_MS = 30_000;
const BYTES_PER_MS = 10;

/** The pieces of a body as they come. Throws a problem where they come slower than anybody has to send; time that we take ourselves counts for nothing. */
export async function* inTime(body: AsyncIterable<Uint8Array>, patience = PATIENCE_MS): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  let [waited, bytes] = [0, 0];
  try {
    for (;;) {
      const begun = performance.now();
      const left = patience + bytes / BYTES_PER_MS - waited;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(tooSlow()), left)));
      const piece = await Promise.race([pieces.next(), late]).finally(() => clearTimeout(timer));
      if (piece.done) return;
      waited += performance.now() - begun;
      bytes += piece.value.length;
      yield piece.value;
    }
  } finally {
    // Not waited for: it would wait for the piece that did not come.
    void pieces.return?.();
  }
}

const tooSlow = (): ProblemError =>
  new ProblemError('request-timeout', 'The batch came too slowly. This line and what follows it was not read.');
