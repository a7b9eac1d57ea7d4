import type { EventContext } from '@sekisho/messaging';

/** Who or what led to a row: columns that every table has. */
export const provenance = (by: string, { correlationId, causationId }: EventContext) => ({
  recordedBy: by,
  correlationId,
  causationId: causationId ?? null,
});
