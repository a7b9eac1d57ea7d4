import { uuidv7 } from 'uuidv7';

/** The time, injected so that a test can say what it is. */
export class Clock {
  now(): Date {
    return new Date();
  }
}

/** Ids of new things: UUIDv7, so that they sort by age. */
export class Ids {
  next(): string {
    return uuidv7();
  }
}
