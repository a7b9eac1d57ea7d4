import { type Fault, type ProblemCode } from '@sekisho/contracts';

/** Something that can be expected went wrong: it undoes the work and becomes an RFC 9457 answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly extensions: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }
}

export const notFound = (): ProblemError => new ProblemError('not-found', 'It does not exist, or not for you.');

/** A request whose shape is right and whose content is not: every fault with its JSON pointer. */
export const invalid = (errors: Fault[]): ProblemError =>
  new ProblemError('invalid-request', errors.map((fault) => `${fault.pointer}: ${fault.detail}`).join('; '), {
    errors,
  });
