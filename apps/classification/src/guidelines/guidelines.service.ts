import { Injectable } from '@nestjs/common';
import type { DeterminationWith, PreviewBody, WithQuery } from '@sekisho/contracts';
import {
  compareGuidelines,
  findGuideline,
  type Guideline,
  guidelineFor,
  guidelineInForce,
  guidelines,
} from '@sekisho/guideline';
import { Clock, invalid, notFound } from '@sekisho/service';
import { judge } from '../incidents/judge.js';
import { withMore } from './with-more.js';

/** Reads the guideline library; there is nothing stored. */
@Injectable()
export class GuidelinesService {
  constructor(private readonly clock: Clock) {}

  list() {
    return { items: guidelines.map((guideline) => this.summary(guideline)), next: null };
  }

  show(version: string) {
    const guideline = findGuideline(version);
    if (guideline === undefined) throw notFound();
    const { text, provisions, judgements, targetGroups } = guideline;
    return { ...this.summary(guideline), text, provisions, judgements, targetGroups };
  }

  difference(from: string, to: string) {
    const [one, two] = [findGuideline(from), findGuideline(to)];
    if (one === undefined || two === undefined) throw notFound();
    return { ...compareGuidelines(one, two), from: this.summary(one), to: this.summary(two) };
  }

  preview({ guideline: version, facts }: PreviewBody, query: WithQuery): DeterminationWith {
    const guideline = guidelineFor(facts, version);
    if (guideline !== undefined) return withMore(judge(guideline, facts), facts, query);
    const detail = `is no version of the guideline; there are ${guidelines.map(({ id }) => id).join(', ')}`;
    throw invalid([{ pointer: '/guideline', code: 'unknown-guideline', detail }]);
  }

  private summary({ id, title, validFrom }: Guideline) {
    const inForce = guidelineInForce(this.clock.now().getTime())?.id === id;
    return { id, title, validFrom, inForce };
  }
}
