import { Injectable } from '@nestjs/common';
import type { DeterminationBody, PreviewBody } from '@sekisho/contracts';
import { findGuideline, type Guideline, guidelineFor, guidelineInForce, guidelines } from '@sekisho/guideline';
import { Clock, invalid, notFound } from '@sekisho/service';
import { judge } from '../incidents/judge.js';

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
    const { text, provisions, judgements } = guideline;
    return { ...this.summary(guideline), text, provisions, judgements };
  }

  preview({ guideline: version, facts }: PreviewBody): DeterminationBody {
    const guideline = guidelineFor(facts, version);
    if (guideline !== undefined) return judge(guideline, facts);
    const detail = `is no version of the guideline; there are ${guidelines.map(({ id }) => id).join(', ')}`;
    throw invalid([{ pointer: '/guideline', code: 'unknown-guideline', detail }]);
  }

  private summary({ id, title, validFrom }: Guideline) {
    const inForce = guidelineInForce(this.clock.now().getTime())?.id === id;
    return { id, title, validFrom, inForce };
  }
}
