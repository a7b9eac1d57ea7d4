import { z } from 'zod';
import { id, instant, text } from '../primitives.js';

/** Body of `POST /v1/reports/{id}/erasure`. */
export const erasureBody = z.strictObject({ reason: text(2000) });
export type ErasureBody = z.infer<typeof erasureBody>;

/** Asked for: nothing is erased until another person confirms it. */
export const erasureAsked = z.object({ reportId: id, askedAt: instant });
export type ErasureAsked = z.infer<typeof erasureAsked>;

/** The contacts of all revisions that there were by then are erased. */
export const contactErased = z.object({ reportId: id, erasedAt: instant });
export type ContactErased = z.infer<typeof contactErased>;
