import type { Actor, DecisionView, DeterminationBody, ScopeBody, WithdrawalView } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { json, type Provenance, recorded } from '../provenance.js';
import type { Review } from './review.js';

const WHOLE = {
  supersession: true,
  agenda: {
    include: {
      plan: {
        include: { meeting: { include: { closure: true, plans: { orderBy: { version: 'desc' }, take: 1 } } } },
      },
    },
  },
  decisions: {
    orderBy: { version: 'asc' },
    include: { confirmation: true, withdrawals: { orderBy: { version: 'asc' }, include: { confirmation: true } } },
  },
} as const satisfies Prisma.ReviewInclude;

type Row = Prisma.ReviewGetPayload<{ include: typeof WHOLE }>;
type Entered = Pick<Row, 'recordedBy' | 'recordedAt'>;

/** Rows of reviews. Whoever saves holds the locks of the incident and of the meetings since before it loaded. */
export class ReviewStore {
  async load(tx: Tx, id: string): Promise<Review | undefined> {
    const [review] = await this.find(tx, { id });
    return review;
  }

  /** Oldest first. */
  async find(tx: Tx, where: Prisma.ReviewWhereInput): Promise<Review[]> {
    return (await tx.review.findMany({ where, orderBy: { id: 'asc' }, include: WHOLE })).map(toReview);
  }

  /** Newest first, from just before the id `before`. */
  async page(tx: Tx, incidentId: string | undefined, before: string | undefined, take: number): Promise<Review[]> {
    const where = {
      ...(incidentId === undefined ? {} : { incidentId }),
      ...(before === undefined ? {} : { id: { lt: before } }),
    };
    return (await tx.review.findMany({ where, orderBy: { id: 'desc' }, take, include: WHOLE })).map(toReview);
  }

  /** Which incident a review belongs to never changes: it may be asked before anything is locked. */
  async incidentsOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.review.findMany({ where: { id: { in: [...ids] } }, select: { incidentId: true } });
    return rows.map(({ incidentId }) => incidentId);
  }

  async open(tx: Tx, review: Review, by: Provenance): Promise<void> {
    const { reviewId: id, incidentId, scopeDigest, required, determination, scope } = review;
    await tx.review.create({
      data: {
        ...{ id, incidentId, scopeDigest, required, scope },
        determinationDigest: determination.digest,
        determination: json(determination),
        ...caused(by),
      },
    });
  }

  async supersede(tx: Tx, reviewId: string, reason: 'LAPSED' | 'REPLACED', by: Provenance): Promise<void> {
    await tx.reviewSupersession.create({ data: { reviewId, reason, ...caused(by) } });
  }
}

/** Reviews begin and end with an event: the database wants to know which. */
function caused(by: Provenance) {
  if (by.causationId === undefined) throw new Error('a review changes by an event');
  return { ...recorded(by), causationId: by.causationId };
}

const toReview = (row: Row): Review => ({
  reviewId: row.id,
  incidentId: row.incidentId,
  scopeDigest: row.scopeDigest,
  required: row.required as Review['required'],
  determination: row.determination as DeterminationBody,
  scope: row.scope as ScopeBody,
  openedAt: row.recordedAt.toISOString(),
  supersededAt: row.supersession?.recordedAt.toISOString() ?? null,
  meetings: row.agenda
    // A meeting that was planned anew may have left it out.
    .filter(({ version, plan }) => plan.meeting.plans[0]?.version === version)
    .map(({ meetingId, plan }) => ({
      meetingId,
      startsAt: plan.startsAt.toISOString(),
      endsAt: plan.endsAt.toISOString(),
      closed: plan.meeting.closure !== null,
    }))
    .toSorted((a, b) => a.meetingId.localeCompare(b.meetingId)),
  decisions: row.decisions.map((decision) => toDecision(row, decision)),
  withdrawals: row.decisions.flatMap(({ withdrawals }) => withdrawals.map((each) => toWithdrawal(row, each))),
});

const toWithdrawal = (review: Row, row: Row['decisions'][number]['withdrawals'][number]): WithdrawalView => ({
  withdrawalId: row.id,
  decisionId: row.decisionId,
  reviewId: row.reviewId,
  incidentId: review.incidentId,
  scopeDigest: row.scopeDigest,
  outcome: 'WITHDRAWN',
  reason: row.reason,
  ...persons(row),
});

const toDecision = (review: Row, row: Row['decisions'][number]): DecisionView => {
  const plan = review.agenda.find(
    ({ meetingId, version }) => meetingId === row.meetingId && version === row.meetingVersion,
  )?.plan;
  if (plan === undefined) throw new Error('a decision is made at a meeting that had the review on its agenda');
  return {
    decisionId: row.id,
    reviewId: row.reviewId,
    incidentId: review.incidentId,
    scopeDigest: row.scopeDigest,
    meetingId: row.meetingId,
    form: plan.meeting.form as DecisionView['form'],
    urgent: plan.urgent,
    outcome: row.outcome as DecisionView['outcome'],
    conditions: row.conditions as string[],
    expiresAt: row.expiresAt.toISOString(),
    dissent: row.dissent,
    ...persons(row),
  };
};

/** Who entered it, who confirmed it, and when. */
const persons = (row: Entered & { confirmation: Entered | null }) => ({
  recordedBy: row.recordedBy as unknown as Actor,
  recordedAt: row.recordedAt.toISOString(),
  confirmedBy: (row.confirmation?.recordedBy as unknown as Actor | undefined) ?? null,
  confirmedAt: row.confirmation?.recordedAt.toISOString() ?? null,
});
