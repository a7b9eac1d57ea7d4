import { z } from 'zod';
import { instant } from '../primitives.js';
import { role } from '../roles.js';

/** One thing to do. Every service tells its own in this shape; `kind` says what of, and `what` has more for each kind. */
export const worklistItem = z.object({
  kind: z.string(),
  /** Id of what it is about: a report, an incident, an order. */
  subject: z.string(),
  /** In words, in the caller's language, and whatever a program needs to know of this kind. */
  what: z.looseObject({ text: z.string() }),
  /** Null where there is no end to it; such things come last. */
  dueAt: instant.nullable(),
  /** The date in Japan as people read it. */
  dueOn: z.string().nullable(),
  why: z.string(),
  /** Roles that can do it. */
  who: z.array(role),
  /** Path of where to look at it: at the service that lists it, or for `/v1/incidents` itself at classification. */
  link: z.string(),
});
export type WorklistItem = z.infer<typeof worklistItem>;

export const worklistPage = z.object({ items: z.array(worklistItem), next: z.string().nullable() });
