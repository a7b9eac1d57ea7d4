import { z } from 'zod';
import { id, instant } from '../primitives.js';
import { actor } from '../roles.js';

/**
 * Somebody other than its organisation has read what a report says. The same person reading of the same report again within the same hour
 * of the clock is told by the service once.
 */
export const recordViewed = z.object({
  /** What was opened: `INCIDENT`, `DETERMINATIONS`, `QUESTIONS`, `SIMILAR`, `EXPLANATION`; more may come. */
  record: z.string(),
  reportId: id,
  /** The case by which it was read, where it was one. */
  incidentId: id.optional(),
  /** The organisation whose report it is. */
  organisation: z.string(),
  viewedBy: actor,
  /** The reader's roles, as they were then. */
  roles: z.array(z.string()),
  viewedAt: instant,
});

export const readingsEvents = { 'record-viewed.v1': recordViewed };
