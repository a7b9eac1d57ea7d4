import { Injectable } from '@nestjs/common';
import type { Language, WorklistItem } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { Clock as Time, type Page, pageOf, type PageQuery, positionOf, Work } from '@sekisho/service';
import { ReportChecksService } from '../checks/report-checks.service.js';
import { ERASURE_POSITION, openErasures, toConfirm } from '../contacts/open-erasures.js';
import type { Tx } from '../database.js';
import { DraftStore } from '../drafts/draft.store.js';
import { toSend, toAskAfter } from './deadline-items.js';
import { toFinish } from './draft-items.js';
import { missedClocks, ownOpenClocks } from './open-clocks.js';
import { ownOpenQuestions, WatchedQuestions } from './open-questions.js';
import { merged, placeOf, positionOfPlace, type Source } from './place.js';
import { toAnswer, toWatch } from './question-items.js';

/** What partners owe, are asked or have begun, what analysts should ask after or read, and what operators are to erase. */
@Injectable()
export class WorklistService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly clock: Time,
    private readonly watched: WatchedQuestions,
    private readonly drafts: DraftStore,
    private readonly checks: ReportChecksService,
  ) {}

  list(principal: Principal, { limit, cursor }: PageQuery, language: Language): Promise<Page<WorklistItem>> {
    if (principal.roles.includes('operator')) return this.erasures(principal, { limit, cursor }, language);
    const after = placeOf(cursor);
    const analyst = principal.roles.includes('analyst');
    return this.work.read(principal, async (tx) => {
      const lines = await merged(
        analyst ? this.ofAnalysts(tx, language) : this.ofPartners(tx, principal, language),
        after,
        limit + 1,
      );
      // They have no end, and stand behind all that has or may have one.
      const rest = limit + 1 - lines.length;
      if (!analyst && rest > 0) lines.push(...(await this.draftsOf(tx, principal, language)(after, rest)));
      return pageOf(
        lines,
        limit,
        ({ place }) => positionOfPlace(place),
        ({ item }) => item,
      );
    });
  }

  private erasures(
    principal: Principal,
    { limit, cursor }: PageQuery,
    language: Language,
  ): Promise<Page<WorklistItem>> {
    const after = positionOf(cursor, ERASURE_POSITION);
    return this.work.read(principal, async (tx) =>
      pageOf(
        await openErasures(tx, after, limit + 1),
        limit,
        ({ position }) => position,
        (open) => toConfirm(open, language),
      ),
    );
  }

  private ofPartners(tx: Tx, { organisation }: Principal, language: Language): Source[] {
    const at = this.clock.now();
    return [
      async (after, take) =>
        (await ownOpenClocks(tx, organisation, after, take)).map((open) => ({
          place: open.place,
          item: toSend(open, at, language),
        })),
      async (after, take) =>
        (await ownOpenQuestions(tx, organisation, after, take)).map((open) => ({
          place: open.place,
          item: toAnswer(open, at, language),
        })),
    ];
  }

  private ofAnalysts(tx: Tx, language: Language): Source[] {
    const at = this.clock.now();
    return [
      async (after, take) =>
        (await missedClocks(tx, after, take)).map((open) => ({
          place: open.place,
          item: toAskAfter(open, at, language),
        })),
      async (after, take) =>
        (await this.watched.page(at, after, take)).map((open) => ({
          place: open.place,
          item: toWatch(open, language),
        })),
    ];
  }

  private draftsOf(tx: Tx, principal: Principal, language: Language): Source {
    return (after, take) =>
      this.drafts.each(tx, after?.kind === 'DRAFT' ? after.key : undefined, take, async (draft) => {
        const { errors } = await this.checks.checkIn(tx, draft.report, principal, language);
        return {
          place: { due: 'infinity', kind: 'DRAFT', key: draft.draftId },
          item: toFinish(draft, errors, language),
        };
      });
  }
}
