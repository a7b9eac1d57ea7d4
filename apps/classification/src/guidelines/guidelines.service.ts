import { Injectable } from '@nestjs/common';
import type { DeterminationWith, GuidelineAdoption, PreviewBody, WithQuery } from '@sekisho/contracts';
import { dmnOf } from '@sekisho/dmn';
import {
  compareGuidelines,
  ENACTED,
  findGuideline,
  type Guideline,
  guidelineFor,
  guidelineInForce,
  guidelines,
} from '@sekisho/guideline';
import type { Principal } from '@sekisho/identity';
import { Clock, invalid, notFound, Work } from '@sekisho/service';
import { adoptionOf, digestOfGuideline } from '@sekisho/signing';
import type { Tx } from '../database.js';
import { judge } from '../incidents/judge.js';
import { confirmedAdoptions } from './adoption.store.js';
import { AdoptionsNow } from './adoptions-now.js';
import { withMore } from './with-more.js';

/** Reads the guideline library, and by what its versions take effect. */
@Injectable()
export class GuidelinesService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly adoptionsNow: AdoptionsNow,
    private readonly clock: Clock,
  ) {}

  async list(principal: Principal) {
    const summary = await this.summaries(principal);
    return { items: guidelines.map(summary), next: null };
  }

  async show(principal: Principal, version: string) {
    const guideline = findGuideline(version);
    if (guideline === undefined) throw notFound();
    const { text, provisions, judgements, targetGroups } = guideline;
    const summary = await this.summaries(principal);
    return { ...summary(guideline), text, provisions, judgements, targetGroups };
  }

  model(version: string): string {
    const guideline = findGuideline(version);
    if (guideline === undefined) throw notFound();
    return dmnOf(guideline);
  }

  async difference(principal: Principal, from: string, to: string) {
    const [one, two] = [findGuideline(from), findGuideline(to)];
    if (one === undefined || two === undefined) throw notFound();
    const summary = await this.summaries(principal);
    return { ...compareGuidelines(one, two), from: summary(one), to: summary(two) };
  }

  async preview({ guideline: version, facts }: PreviewBody, query: WithQuery): Promise<DeterminationWith> {
    const adoptions = await this.adoptionsNow.read();
    const guideline = guidelineFor(facts, version, adoptions);
    if (guideline !== undefined) return withMore(judge(guideline, facts, adoptions), facts, query, adoptions);
    const detail = `is no version of the guideline; there are ${guidelines.map(({ id }) => id).join(', ')}`;
    throw invalid([{ pointer: '/guideline', code: 'unknown-guideline', detail }]);
  }

  private async summaries(principal: Principal) {
    const recorded = (await this.work.read(principal, confirmedAdoptions)).map(inEffect);
    const law = [...ENACTED.map((adoption) => ({ adoptionId: null, adoption })), ...recorded];
    const now = this.clock.now().getTime();
    const inForce = guidelineInForce(
      now,
      law.map(({ adoption }) => adoption),
    );
    return (guideline: Guideline) => ({
      id: guideline.id,
      title: guideline.title,
      validFrom: guideline.validFrom,
      inForce: guideline === inForce,
      digest: digestOfGuideline(guideline),
      adoptions: law
        .filter(({ adoption }) => adoption.guideline === guideline.id)
        .map(({ adoptionId, adoption: { from, adoptedAt } }) => ({ adoptionId, from, adoptedAt })),
    });
  }
}

const inEffect = ({ adoptionId, decision, ...adopted }: GuidelineAdoption) => ({
  adoptionId,
  adoption: adoptionOf({ ...adopted, confirmedAt: decision!.decidedAt }),
});
