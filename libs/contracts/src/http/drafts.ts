import { z } from 'zod';
import { id, instant } from '../primitives.js';
import { fault } from '../problem.js';

/** Body of `POST /v1/report-drafts` and `PUT /v1/report-drafts/{id}`: a report as far as it has come, right or not. */
export const draftBody = z.looseObject({});
export type DraftBody = z.infer<typeof draftBody>;

/** Answer to a draft that was kept. Its `ETag` counts its changes. */
export const draftKept = z.object({
  draftId: id,
  version: z.int(),
  changedAt: instant,
  /** Untouched until then it is deleted. */
  expiresAt: instant,
});
export type DraftKept = z.infer<typeof draftKept>;

export const draftSummary = draftKept.extend({ title: z.string().nullable() });
export type DraftSummary = z.infer<typeof draftSummary>;

export const draftPage = z.object({ items: z.array(draftSummary), next: z.string().nullable() });

export const draftView = draftKept.extend({
  report: z.looseObject({}),
  /** What would keep it from being accepted now, as `POST /v1/report-checks` says it. */
  errors: z.array(fault),
});
export type DraftView = z.infer<typeof draftView>;
