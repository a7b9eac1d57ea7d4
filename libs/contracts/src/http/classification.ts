import { CHANGES, GOALS } from '@sekisho/guideline';
import { z } from 'zod';
import { caseServer, caseTarget, claim, contest, incidentMark } from '../events/classification.js';
import { registerDifference } from '../events/intake.js';
import { basis, determination, facts, scope, serverLocation, targetKind } from '../facts.js';
import { digest, id, instant, text, threeValued } from '../primitives.js';
import { actor } from '../roles.js';

/** Body of `POST /v1/determination-previews`. Where no guideline is named, the one in force at `plannedActionAt` counts. */
export const previewBody = z.strictObject({ guideline: text(100).optional(), facts });
export type PreviewBody = z.infer<typeof previewBody>;

/** What a determination is answered with on request, in whatever order. */
export const WITH = ['questions', 'counterfactuals'] as const;
export const withQuery = z.strictObject({
  /** Names with commas between them. */
  with: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(WITH)).max(WITH.length))
    .optional(),
});
export type WithQuery = z.infer<typeof withQuery>;

/** A missing fact as a question: what each answer would lead to, and in how many ways the case may then still end. */
const question = z.object({
  fact: z.string(),
  /** Facts that could be asked in its place: they differ in name alone. */
  alike: z.array(z.string()),
  answers: z.array(
    z.object({
      /** Any of these leads to the same. */
      values: z.array(z.string()),
      ends: z.int(),
      leadsTo: determination.pick({
        outcome: true,
        nscReview: true,
        execution: true,
        safeguards: true,
        missingFacts: true,
      }),
    }),
  ),
});

/** The smallest changes of facts that would lead to a goal. `size` null: no facts lead there. */
const wayTo = z.object({
  goal: z.enum(GOALS),
  reached: z.boolean(),
  size: z.int().nullable(),
  ways: z.array(
    z.object({
      changes: z.array(
        z.object({ fact: z.string(), from: z.string(), to: z.array(z.string()), alike: z.array(z.string()) }),
      ),
      /** Provisions that would then be answered otherwise; null where one is not asked. */
      provisions: z.array(
        z.object({ provision: z.string(), from: threeValued.nullable(), to: threeValued.nullable() }),
      ),
    }),
  ),
});

/** A determination with what was asked for by `with`. */
export const determinationWith = determination.extend({
  /** The most helpful first. `ends`: in how many ways the case may end as it stands. */
  questions: z.object({ ends: z.int(), questions: z.array(question) }).optional(),
  counterfactuals: z.array(wayTo).optional(),
});
export type DeterminationWith = z.infer<typeof determinationWith>;

/** Body of `POST /v1/incidents/{id}/claims`: an analyst's assessment of one fact, and why. */
export const claimBody = z.strictObject({
  /** Spelt as in `missingFacts`; `plannedActionAt` too. */
  fact: text(200),
  value: text(64),
  note: text(2000),
  /** Claims about the same fact that no longer count; they stay on record. */
  setsAside: z
    .array(id)
    .max(200)
    .refine((ids) => new Set(ids).size === ids.length, { message: 'ids must be distinct' })
    .optional(),
});
export type ClaimBody = z.infer<typeof claimBody>;

export const claimRecorded = z.object({ claimId: id, determination });
export type ClaimRecorded = z.infer<typeof claimRecorded>;

/** Answer of `PUT /v1/incidents/{id}/scope`, whose body is a `scope`. */
export const scopeProposed = z.object({ version: z.int(), scopeDigest: digest, scope });
export type ScopeProposed = z.infer<typeof scopeProposed>;

/** Body of `POST /v1/incidents/{id}/confirmation`: exactly what the second person stands for. */
export const confirmationBody = z.strictObject({ digest, scopeDigest: digest.optional() });
export type ConfirmationBody = z.infer<typeof confirmationBody>;

export const incidentConfirmed = z.object({ digest, scopeDigest: digest.nullable(), confirmedAt: instant });
export type IncidentConfirmed = z.infer<typeof incidentConfirmed>;

/** The latest confirmation; `standing` is false once it has lapsed. */
export const confirmationView = incidentConfirmed.extend({
  confirmedBy: actor,
  standing: z.boolean(),
  lapsed: z.object({ reason: z.string(), at: instant }).nullable(),
});

/** A revision that came after the case was opened: what it implies, and since when it is part of the case, if it is. */
export const revisionOfReport = z.object({
  reportId: id,
  revision: z.int(),
  digest,
  receivedAt: instant,
  servers: z.array(
    z.object({ reportRef: z.string(), address: z.string().nullable(), location: serverLocation, note: z.string() }),
  ),
  targets: z.array(z.object({ reportRef: z.string(), name: z.string(), kind: targetKind, note: z.string() })),
  takenAt: instant.nullable(),
  takenBy: actor.nullable(),
  registerDifferences: z.array(registerDifference),
});
export type RevisionOfReport = z.infer<typeof revisionOfReport>;

/** Body of `POST /v1/incidents/{id}/adoptions`: an analyst takes the latest revision of a report into the case. */
export const adoptionBody = z.strictObject({ reportId: id, revision: z.int().min(1) });
export type AdoptionBody = z.infer<typeof adoptionBody>;

export const revisionAdopted = adoptionBody.extend({ determination });
export type RevisionAdopted = z.infer<typeof revisionAdopted>;

/** `GET /v1/incidents/{id}`: the whole case as it stands. */
export const incidentView = z.object({
  incidentId: id,
  reportIds: z.array(id),
  title: z.string(),
  openedAt: instant,
  /** Counts every change of the incident; the `ETag` of the answer. */
  version: z.int(),
  servers: z.array(caseServer.extend({ location: serverLocation })),
  targets: z.array(caseTarget.extend({ kind: targetKind })),
  facts,
  claims: z.array(claim),
  determination: determinationWith,
  determinationVersion: z.int(),
  /** `stale`: the determination has changed since, or the scope's confirmation has lapsed; propose it again. */
  scope: scopeProposed.extend({ proposedBy: actor, proposedAt: instant, stale: z.boolean() }).nullable(),
  confirmation: confirmationView.nullable(),
  /** What was said against the facts, and by which claim it was settled: null is open. */
  contests: z.array(contest.extend({ settledBy: id.nullable() })),
  /** Revisions of the case's reports since it was opened, the latest last. */
  revisions: z.array(revisionOfReport),
  marks: z.array(incidentMark),
  /** In what its reports differ from the register of organisations, as they say it last. */
  registerDifferences: z.array(registerDifference.extend({ reportId: id })),
});
export type IncidentView = z.infer<typeof incidentView>;

export const incidentSummary = z.object({
  incidentId: id,
  reportIds: z.array(id),
  title: z.string(),
  openedAt: instant,
  version: z.int(),
  guideline: z.string(),
  outcome: determination.shape.outcome,
  nscReview: z.object({ required: z.enum(['YES', 'NO', 'PROVISIONAL']), bases: z.array(basis) }),
  missingFacts: z.array(z.string()),
  digest,
  scopeDigest: digest.nullable(),
  confirmed: z.boolean(),
  /** What an analyst is to look at: marks of its reports, a revision that is held, and that one differs from the register. */
  marks: z.array(z.enum([...incidentMark.shape.mark.options, 'REVISION_HELD', 'REGISTER_DIFFERS'])),
  /**
   * What it waits for, who holds it and until when, in one line of the caller's language. Null once a scope is confirmed: what is missing
   * then is on agency-tasking's worklist.
   */
  summary: z.string().nullable(),
});
export type IncidentSummary = z.infer<typeof incidentSummary>;

export const determinationVersion = z.object({ version: z.int(), madeAt: instant, facts, determination });
export type DeterminationVersion = z.infer<typeof determinationVersion>;

export const incidentPage = z.object({ items: z.array(incidentSummary), next: z.string().nullable() });
export const determinationPage = z.object({ items: z.array(determinationVersion), next: z.string().nullable() });

const words = z.object({ en: z.string(), ja: z.string() });
const source = z.object({ mark: z.enum(['A', 'S', 'P']), citation: z.string() });

export const guidelineSummary = z.object({
  id: z.string(),
  title: words,
  /** By its own text it cannot take effect earlier; null: a draft, which nobody can adopt. */
  validFrom: instant.nullable(),
  /** Now. */
  inForce: z.boolean(),
  /** Of all that it says, text and provisions: whoever adopts it names this. */
  digest,
  /** By what it takes effect, and from when, in the order in which it was adopted; `adoptionId` is null for what the statute itself says. */
  adoptions: z.array(z.object({ adoptionId: id.nullable(), from: instant, adoptedAt: instant })),
});
export const guidelinePage = z.object({ items: z.array(guidelineSummary), next: z.null() });

const guidelineClause = z.object({
  id: z.string(),
  words,
  sources: z.array(source),
  provisions: z.array(z.string()),
  judgements: z.array(z.string()),
});
const provision = z.looseObject({ id: z.string(), row: z.int(), words, sources: z.array(source) });
const judgement = z.object({
  id: z.string(),
  words,
  arrivesAs: z.string(),
  judgedBy: z.string(),
  sources: z.array(source),
});

/** A guideline as text: its clauses, the provisions that give them effect, and what it leaves to people. */
export const guidelineText = guidelineSummary.extend({
  text: z.array(guidelineClause),
  provisions: z.array(provision),
  /** The kinds of target between which it draws lines, by name. */
  targetGroups: z.record(z.string(), z.array(targetKind)),
  judgements: z.array(judgement),
});

/** What became of one part from one version to another. `parts` names what of it reads otherwise. */
const compared = <Part extends z.ZodType>(part: Part) =>
  z.object({ change: z.enum(CHANGES), from: part.nullable(), to: part.nullable(), parts: z.array(z.string()) });

/** Two versions of the guideline, clause by clause and provision by provision. */
export const guidelineDifference = z.object({
  from: guidelineSummary,
  to: guidelineSummary,
  clauses: z.array(compared(guidelineClause)),
  provisions: z.array(compared(provision)),
  judgements: z.array(compared(judgement)),
  /** Groups of targets that only one of them has, or that hold other kinds there. */
  targetGroups: z.array(z.string()),
});
