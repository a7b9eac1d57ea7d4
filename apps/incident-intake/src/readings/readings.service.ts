import { Injectable } from '@nestjs/common';
import type { ReadingView } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { notFound, type Page, pageOf, type PageQuery, positionOf, Work } from '@sekisho/service';
import type { Tx } from '../database.js';
import { READING_POSITION, readingPosition, ReadingStore } from './reading.store.js';

/** Tells an organisation who has read its reports. */
@Injectable()
export class ReadingsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: ReadingStore,
  ) {}

  list(principal: Principal, reportId: string, { limit, cursor }: PageQuery): Promise<Page<ReadingView>> {
    const before = positionOf(cursor, READING_POSITION);
    return this.work.read(principal, async (tx) => {
      if ((await tx.report.count({ where: { id: reportId } })) === 0) throw notFound();
      const rows = await this.store.page(tx, reportId, before, limit + 1);
      return pageOf(rows, limit, readingPosition, ({ readAt, organisation, roles }) => ({
        readAt: readAt.toISOString(),
        organisation,
        roles,
      }));
    });
  }
}
