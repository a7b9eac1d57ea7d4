import { Injectable } from '@nestjs/common';
import type { SimilarReports } from '@sekisho/contracts';
import { notFound, Work } from '@sekisho/service';
import type { Tx } from '../database.js';
import { type Reader, ReadingRecorder } from '../readings/reading-recorder.js';
import { SimilarStore } from './similar.store.js';

/** Shows what may be of one attack, and writes down whose reports were shown. */
@Injectable()
export class SimilarService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: SimilarStore,
    private readonly readings: ReadingRecorder,
  ) {}

  async find(reader: Reader, reportId: string): Promise<SimilarReports> {
    const found = await this.store.find(reportId);
    if (!found) throw notFound();
    const { organisation, items } = found;
    // What is shared is shown of both.
    const shown = items.length === 0 ? [] : [{ reportId, organisation }, ...items];
    await this.work.read(reader.principal, (tx) => this.readings.record(tx, reader, 'SIMILAR', shown));
    return { items };
  }
}
