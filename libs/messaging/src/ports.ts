/** The part of a structured logger that this library needs: fields first, then a constant message. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Clock {
  now(): Date;
}

/** Figures for operators; the `Metrics` of `@sekisho/observability` has this shape. */
export interface MessagingMetrics {
  /** `result`: handled, skipped, duplicate, waiting, parked, held. */
  readonly messages: { inc(labels: { topic: string; result: string }, value?: number): void };
  /** `state`: WAITING, PARKED, HELD, RELEASED, and OVERDUE for those that have waited for more than ten minutes. */
  readonly held: { set(labels: { state: string }, value: number): void };
  readonly outboxBacklog: { set(value: number): void };
}
