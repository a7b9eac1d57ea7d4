import { z } from 'zod';
import { determination, facts, scope } from '../facts.js';
import { digest, id, instant } from '../primitives.js';
import { actor } from '../roles.js';

/** One statement about one fact: what a report implies, or what an analyst assesses. */
export const claim = z.object({
  claimId: id,
  /** Spelt as in `missingFacts`: `nationalSecurityImpact`, `servers.s1.location`, `targets.t1.kind`, `plannedActionAt`. */
  fact: z.string(),
  value: z.string(),
  origin: z.enum(['REPORT', 'ASSESSMENT']),
  note: z.string(),
  /** Claims that this one sets aside: they stay on record and no longer count. */
  setsAside: z.array(id),
  assertedBy: actor.nullable(),
  assertedAt: instant,
});

export const caseServer = z.object({
  ref: z.string(),
  address: z.string().nullable(),
  reportRef: z.string().nullable(),
});
export const caseTarget = z.object({ ref: z.string(), name: z.string(), reportRef: z.string().nullable() });

/** What somebody other than an analyst says against a fact that was confirmed. The fact stays as it is until an analyst has settled it. */
export const contest = z.object({
  contestId: id,
  fact: z.string(),
  value: z.string(),
  note: z.string(),
  /** Who says so: `/agency-npa`. */
  source: z.string(),
  contestedAt: instant,
});

/** What analysts are to know of a case's report before they go on; nothing is closed or changed by it. */
export const incidentMark = z.object({
  reportId: id,
  mark: z.enum(['REPORT_WITHDRAWN', 'CONSENT_WITHDRAWN', 'CONSENT_GIVEN']),
  reason: z.string().nullable(),
  markedAt: instant,
});

export const classificationEvents = {
  'incident-opened.v1': z.object({
    incidentId: id,
    reportId: id,
    openedAt: instant,
    servers: z.array(caseServer),
    targets: z.array(caseTarget),
  }),
  'claim-recorded.v1': z.object({ incidentId: id, claim }),
  /** The answer to the case's facts as they stand; `version` counts the incident's determinations. */
  'determination-made.v1': z.object({ incidentId: id, version: z.int(), facts, determination, madeAt: instant }),
  'scope-proposed.v1': z.object({
    incidentId: id,
    version: z.int(),
    scopeDigest: digest,
    scope,
    proposedBy: actor,
    proposedAt: instant,
  }),
  /** A second person stands for the determination, and for the scope where one is named. All that was judged is in it. */
  'determination-confirmed.v1': z.object({
    incidentId: id,
    version: z.int(),
    facts,
    claims: z.array(claim),
    determination,
    scope: scope.nullable(),
    scopeVersion: z.int().nullable(),
    scopeDigest: digest.nullable(),
    proposedBy: actor.nullable(),
    assertedBy: z.array(actor),
    confirmedBy: actor,
    confirmedAt: instant,
  }),
  /** What was confirmed no longer stands: its digests carry nothing from now on. */
  'confirmation-lapsed.v1': z.object({
    incidentId: id,
    digest,
    scopeDigest: digest.nullable(),
    /** `GUIDELINE_CHANGED`: another version was adopted from before the planned time on, and the case is answered by that. */
    reason: z.enum(['FACTS_CHANGED', 'SCOPE_REPLACED', 'GUIDELINE_CHANGED']),
    lapsedAt: instant,
  }),
  /** From now on new orders wait, and unstarted ones are suspended, until it is settled. */
  'fact-contested.v1': contest.extend({ incidentId: id }),
  /** An analyst's claim settled it: the fact was upheld, or changed, and then the confirmation lapses. */
  'contest-settled.v1': z.object({
    incidentId: id,
    contestId: id,
    fact: z.string(),
    claimId: id,
    upheld: z.boolean(),
    settledAt: instant,
  }),
  /**
   * A revision of the report was taken into the case. `servers` and `targets` are those that are new to it, or of which it was not known
   * before which they are. The facts are in the determination that follows, if they changed.
   */
  'revision-taken.v1': z.object({
    incidentId: id,
    reportId: id,
    revision: z.int(),
    digest,
    servers: z.array(caseServer),
    targets: z.array(caseTarget),
    /** Null where nothing was confirmed that stood in its way. */
    takenBy: actor.nullable(),
    takenAt: instant,
  }),
  /** A revision came while a confirmation stands: it changes nothing until an analyst takes it in. What it contradicts is contested. */
  'revision-held.v1': z.object({ incidentId: id, reportId: id, revision: z.int(), digest, heldAt: instant }),
  'incident-marked.v1': incidentMark.extend({ incidentId: id }),
};
