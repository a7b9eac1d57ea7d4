import { type Fault, type Finding, type Language, type Message, type ProblemCode, say, tell } from '@sekisho/contracts';

/** Something that can be expected went wrong: it undoes the work and becomes an RFC 9457 answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  /** @param told a message of the catalogue, or words for those who read English alone. */
  constructor(
    readonly code: ProblemCode,
    private readonly told: string | Message,
    readonly extensions: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(typeof told === 'string' ? told : say(told, 'en'));
  }

  detail(language: Language): string {
    return typeof this.told === 'string' ? this.told : say(this.told, language);
  }

  /** What the answer says beside type, title, status and detail. */
  members(_language: Language): Record<string, unknown> {
    return this.extensions;
  }
}

/** A request whose shape is right and whose content is not: every fault with its JSON pointer. */
export class InvalidContent extends ProblemError {
  constructor(
    private readonly faults: readonly (Fault | Finding)[],
    code: ProblemCode = 'invalid-request',
  ) {
    super(code, summed(told(faults, 'en')), { errors: told(faults, 'en') });
  }

  override detail(language: Language): string {
    return summed(told(this.faults, language));
  }

  override members(language: Language): Record<string, unknown> {
    return { errors: told(this.faults, language) };
  }
}

const told = (faults: readonly (Fault | Finding)[], language: Language): Fault[] =>
  faults.map((fault) => ('detail' in fault ? fault : tell(fault, language)));

/** All faults in one sentence, for those who show a problem's detail alone. */
export const summed = (faults: readonly Fault[]): string =>
  faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');

export const notFound = (): ProblemError => new ProblemError('not-found', { code: 'not-found' });

export const invalid = (faults: readonly (Fault | Finding)[]): ProblemError => new InvalidContent(faults);

/** A request that would be right elsewhere or at another time: what of it is not, each with its JSON pointer. */
export const refused = (code: ProblemCode, faults: readonly (Fault | Finding)[]): ProblemError =>
  new InvalidContent(faults, code);
