import { Injectable } from '@nestjs/common';
import type { Finding, GuidelineAdoption, GuidelineAdoptionBody } from '@sekisho/contracts';
import { findGuideline, guidelines } from '@sekisho/guideline';
import { named, type Principal, toActor } from '@sekisho/identity';
import { type NewEvent, Outbox } from '@sekisho/messaging';
import {
  Answer,
  Clock,
  Ids,
  invalid,
  notFound,
  type Page,
  pageOf,
  type PageQuery,
  positionOf,
  ProblemError,
  Work,
  type WorkRequest,
} from '@sekisho/service';
import { digestOfGuideline } from '@sekisho/signing';
import type { Tx } from '../database.js';
import { ADOPTED, AdoptionStore, type Proposal } from './adoption.store.js';
import { beginEffect } from './effect.store.js';

type Decision = NonNullable<GuidelineAdoption['decision']>;
/** A rejection says why. */
type Verdict = Pick<Decision, 'outcome' | 'reason'>;

/** One person records that a version of the guideline was adopted, another confirms it: so, and no otherwise, it takes effect. */
@Injectable()
export class GuidelineAdoptionsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: AdoptionStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  list(principal: Principal, { limit, cursor }: PageQuery): Promise<Page<GuidelineAdoption>> {
    const after = positionOf(cursor);
    return this.work.read(principal, async (tx) =>
      pageOf(
        await this.store.list(tx, after, limit + 1),
        limit,
        ({ adoptionId }) => adoptionId,
        (shown) => shown,
      ),
    );
  }

  show(principal: Principal, adoptionId: string): Promise<GuidelineAdoption> {
    return this.work.read(principal, (tx) => this.found(tx, adoptionId));
  }

  propose(request: WorkRequest, body: GuidelineAdoptionBody): Promise<Answer<GuidelineAdoption>> {
    return this.work.run(request, [], async (tx, context) => {
      const now = this.clock.now().toISOString();
      const faults = faultsOf(body, now);
      if (faults.length > 0) throw invalid(faults);
      const proposal: Proposal = {
        adoptionId: this.ids.next(),
        ...body,
        from: new Date(body.from).toISOString(),
        proposedBy: toActor(request.principal),
        proposedAt: now,
      };
      await this.store.propose(tx, proposal, { ...context, recordedBy: named(request.principal) });
      const location = `/v1/guideline-adoptions/${proposal.adoptionId}`;
      return new Answer(201, { ...proposal, decision: null }, { location });
    });
  }

  decide(request: WorkRequest, adoptionId: string, verdict: Verdict): Promise<Answer<GuidelineAdoption>> {
    return this.work.run(request, [ADOPTED], async (tx, context) => {
      const { decision: earlier, ...proposal } = await this.found(tx, adoptionId);
      if (earlier !== null) {
        throw new ProblemError('illegal-transition', {
          code: 'adoption-decided',
          values: { decidedAt: earlier.decidedAt },
        });
      }
      const decidedAt = this.clock.now().toISOString();
      const decision = { ...verdict, decidedBy: toActor(request.principal), decidedAt };
      const by = { ...context, recordedBy: named(request.principal) };
      if (verdict.outcome === 'CONFIRMED') refuseLate(proposal, decidedAt);
      await this.store.decide(tx, adoptionId, decision, by);
      if (verdict.outcome === 'CONFIRMED') {
        await beginEffect(tx, adoptionId, by);
        await this.outbox.append(tx, context, adopted(proposal, decision));
      }
      return new Answer(201, { ...proposal, decision });
    });
  }

  private async found(tx: Tx, adoptionId: string): Promise<GuidelineAdoption> {
    const adoption = await this.store.find(tx, adoptionId);
    if (adoption === null) throw notFound();
    return adoption;
  }
}

function faultsOf({ guideline: id, digest, from }: GuidelineAdoptionBody, now: string): Finding[] {
  const guideline = findGuideline(id);
  if (guideline === undefined) {
    const versions = guidelines.map((each) => each.id).join(', ');
    return [{ pointer: '/guideline', code: 'unknown-guideline', values: { versions } }];
  }
  const { validFrom } = guideline;
  if (validFrom === null) return [{ pointer: '/guideline', code: 'guideline-is-draft', values: { guideline: id } }];
  const faults: Finding[] = [];
  const current = digestOfGuideline(guideline);
  if (digest !== current) {
    faults.push({ pointer: '/digest', code: 'guideline-digest-differs', values: { guideline: id, digest: current } });
  }
  if (Date.parse(from) < Date.parse(validFrom)) {
    faults.push({ pointer: '/from', code: 'before-valid-from', values: { validFrom } });
  }
  if (Date.parse(from) < Date.parse(now)) {
    faults.push({ pointer: '/from', code: 'adoption-backwards', values: { now } });
  }
  return faults;
}

/** What was right when it was proposed, and need not be any more: the time has passed, or a release has changed the text. */
function refuseLate({ guideline: id, digest, from }: Proposal, now: string): void {
  if (from < now) throw new ProblemError('conflict', { code: 'adoption-too-late', values: { from } });
  const guideline = findGuideline(id);
  const current = guideline === undefined ? '-' : digestOfGuideline(guideline);
  if (digest !== current) {
    throw new ProblemError('conflict', { code: 'adopted-text-changed', values: { guideline: id, digest: current } });
  }
}

const adopted = (
  proposal: Proposal,
  { decidedBy, decidedAt }: Decision,
): NewEvent<'classification.guidelines.v1', 'guideline-adopted.v1'> => ({
  topic: 'classification.guidelines.v1',
  key: ADOPTED,
  subject: proposal.guideline,
  type: 'guideline-adopted.v1',
  data: { ...proposal, confirmedBy: decidedBy, confirmedAt: decidedAt },
});
