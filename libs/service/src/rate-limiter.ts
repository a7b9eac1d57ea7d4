import type { Principal } from '@sekisho/identity';

/** Whether a client may go on, and what it is told of its limits either way. */
export interface Allowance {
  readonly allowed: boolean;
  /** Seconds after which it may ask again, where it may not go on. */
  readonly retryAfter: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Limits how much one client asks for. A service that has one asks it for each request, before a body is read. */
export abstract class RateLimiter {
  abstract take(principal: Principal): Promise<Allowance>;
}
