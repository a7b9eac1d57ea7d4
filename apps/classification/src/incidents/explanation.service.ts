import { Injectable } from '@nestjs/common';
import { type MediaType, render } from '@sekisho/documents';
import { aboutCase, explainDetermination, findGuideline } from '@sekisho/guideline';
import { Answer, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { ReadingRecorder } from '../readings/reading-recorder.js';
import { IncidentStore } from './incident.store.js';

/** Explains the present determination of a case to people. Its facts are read thereby, and by whom is on record. */
@Injectable()
export class ExplanationService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: IncidentStore,
    private readonly readings: ReadingRecorder,
  ) {}

  /** Dated as the determination is: as long as that stands, the same document comes out. */
  async explain(request: WorkRequest, incidentId: string, type: MediaType): Promise<Answer<string | Buffer>> {
    const incident = await this.work.read(request.principal, async (tx) => {
      const found = await this.store.load(tx, incidentId);
      if (found === undefined) throw notFound();
      await this.readings.record(tx, request, incidentId, 'EXPLANATION');
      return found;
    });
    const { determination, version, madeAt } = incident.determination;
    // A determination is made under a version that there is, and versions are never taken back.
    const explanation = explainDetermination(findGuideline(determination.guideline)!, determination, request.language);
    const about = { incidentId, at: madeAt, determinationVersion: version, digest: determination.digest };
    const { contentType, body } = await render(aboutCase(explanation, about), type, new Date(madeAt));
    return new Answer(200, body, { 'content-type': contentType, 'content-language': request.language });
  }
}
