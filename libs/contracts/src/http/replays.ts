import { z } from 'zod';
import { determination } from '../facts.js';
import { id, instant, text, threeValued } from '../primitives.js';
import { actor } from '../roles.js';

/** Which of the stored cases: opened in this span (the end not included), and answered so as they stand. */
const replayFilter = z.strictObject({
  openedFrom: instant.optional(),
  openedBefore: instant.optional(),
  outcome: determination.shape.outcome.optional(),
});

/** Body of `POST /v1/guideline-replays`: the stored cases under two versions of the guideline. */
export const replayBody = z.strictObject({ from: text(100), to: text(100), filter: replayFilter.default({}) });
export type ReplayBody = z.infer<typeof replayBody>;

/** So many cases end in this way under the one version and in that under the other. */
const replayEnds = z.object({ from: z.string(), to: z.string(), cases: z.int() });
export type ReplayEnds = z.infer<typeof replayEnds>;

/** A replay as far as it has come. `total` is null until the cases were counted. */
export const replayView = z.object({
  replayId: id,
  from: z.string(),
  to: z.string(),
  filter: replayFilter,
  /** The cases are taken as they were on record then. */
  knownAt: instant,
  requestedBy: actor,
  state: z.enum(['RUNNING', 'FINISHED']),
  total: z.int().nullable(),
  done: z.int(),
  changed: z.int(),
  ends: z.array(replayEnds),
  finishedAt: instant.nullable(),
});
export type ReplayView = z.infer<typeof replayView>;

/** The grounds of a review are the version's own: a draft may name one that no version has. */
const grounds = z.array(z.string());
const decided = determination
  .pick({ outcome: true, nscReview: true, execution: true, safeguards: true, missingFacts: true })
  .extend({ nscReview: determination.shape.nscReview.extend({ bases: grounds, possibleBases: grounds }) });

/** A case that the other version answers otherwise, and by which provisions: null where one is not asked. */
export const replayChange = z.object({
  incidentId: id,
  determinationVersion: z.int(),
  from: decided,
  to: decided,
  provisions: z.array(z.object({ provision: z.string(), from: threeValued.nullable(), to: threeValued.nullable() })),
});
export type ReplayChange = z.infer<typeof replayChange>;
export const replayChangePage = z.object({ items: z.array(replayChange), next: z.string().nullable() });
