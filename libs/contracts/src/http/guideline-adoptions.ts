import { z } from 'zod';
import { adoptionDocument } from '../events/guidelines.js';
import { digest, id, instant, text } from '../primitives.js';
import { actor } from '../roles.js';

/** Body of `POST /v1/guideline-adoptions`. `digest` is that of the version as `GET /v1/guidelines` shows it. */
export const guidelineAdoptionBody = z.strictObject({
  guideline: text(100),
  digest,
  from: instant,
  document: adoptionDocument,
});
export type GuidelineAdoptionBody = z.infer<typeof guidelineAdoptionBody>;

/** A proposed adoption, and what became of it: null while it is open. */
export const guidelineAdoption = z.object({
  adoptionId: id,
  guideline: z.string(),
  digest,
  from: instant,
  document: z.object(adoptionDocument.shape),
  proposedBy: actor,
  proposedAt: instant,
  decision: z
    .object({
      outcome: z.enum(['CONFIRMED', 'REJECTED']),
      /** Of a rejection. */
      reason: z.string().nullable(),
      decidedBy: actor,
      decidedAt: instant,
    })
    .nullable(),
});
export type GuidelineAdoption = z.infer<typeof guidelineAdoption>;

export const guidelineAdoptionPage = z.object({ items: z.array(guidelineAdoption), next: z.string().nullable() });
