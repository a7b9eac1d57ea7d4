const HOUR_MS = 3_600_000;

/** How long an agency has to accept an order. Ours to set: the sources give no time [P]. Owner: the tasking office. */
export const ACKNOWLEDGE_WITHIN_MS = 2 * HOUR_MS;

/** How long an agency has to answer a stop [P]. Owner: the tasking office. */
export const ANSWER_STOP_WITHIN_MS = HOUR_MS;

/** An RFC 3339 instant some milliseconds later. */
export const later = (at: string, milliseconds: number): string =>
  new Date(Date.parse(at) + milliseconds).toISOString();

/** The earlier of two RFC 3339 instants. */
export const earlier = (one: string, two: string): string => (Date.parse(one) <= Date.parse(two) ? one : two);
