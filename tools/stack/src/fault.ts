/** Something the person at the terminal can put right: what is wrong, and what to do about it. Anything else is a bug. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    fault: string,
    readonly remedy: string,
  ) {
    super(fault);
  }
}
