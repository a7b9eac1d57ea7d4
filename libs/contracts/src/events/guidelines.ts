import { z } from 'zod';
import { digest, id, instant, text } from '../primitives.js';
import { actor } from '../roles.js';

/** What a version of the guideline was adopted by: the name of the paper and the digest of its file. */
export const adoptionDocument = z.strictObject({ name: text(500), digest });

export const guidelineEvents = {
  /**
   * Two people have recorded that a version of the guideline takes effect, which it does at `from` and not before the confirmation.
   * `digest` is that of the version's text and provisions: a release that has another text under this name has nothing in force then.
   */
  'guideline-adopted.v1': z.object({
    adoptionId: id,
    guideline: z.string(),
    digest,
    document: z.object(adoptionDocument.shape),
    from: instant,
    proposedBy: actor,
    proposedAt: instant,
    confirmedBy: actor,
    confirmedAt: instant,
  }),
};
