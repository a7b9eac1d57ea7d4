import { z } from 'zod';
import { instant } from '../primitives.js';

export const parkedEvents = {
  /** A message could not be handled. Ids and the error only: the payload stays in the service's own table. */
  'message-parked.v1': z.object({
    parkedId: z.string(),
    group: z.string(),
    topic: z.string(),
    partition: z.int(),
    offset: z.string(),
    key: z.string().nullable(),
    eventId: z.string().nullable(),
    type: z.string().nullable(),
    error: z.string(),
    parkedAt: instant,
  }),
};
