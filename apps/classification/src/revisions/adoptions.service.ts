import { Injectable } from '@nestjs/common';
import type { AdoptionBody, RevisionAdopted } from '@sekisho/contracts';
import { toActor } from '@sekisho/identity';
import { Answer, notFound, ProblemError, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { IncidentStore } from '../incidents/incident.store.js';
import { etagOf } from '../incidents/incident-view.js';
import { CaseRevisions } from './case-revisions.js';

/** An analyst takes into a case what its report said while a confirmation stood. */
@Injectable()
export class AdoptionsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: IncidentStore,
    private readonly revisions: CaseRevisions,
  ) {}

  adopt(request: WorkRequest, incidentId: string, body: AdoptionBody): Promise<Answer<RevisionAdopted>> {
    return this.work.run(request, [incidentId], async (tx, context) => {
      const incident = await this.store.load(tx, incidentId);
      const known = incident?.revisions.filter(({ reportId }) => reportId === body.reportId) ?? [];
      const held = known.find(({ revision }) => revision === body.revision);
      if (incident === undefined || held === undefined) throw notFound();
      if (held.takenAt !== null) throw conflict(`Revision ${held.revision} is part of the case since ${held.takenAt}.`);
      const latest = known.at(-1)!.revision;
      if (held.revision !== latest) throw conflict(`Revision ${latest} is the latest: it stands for all before it.`);
      const by = { ...context, recordedBy: request.principal.person };
      const taking = await this.revisions.adopt(tx, incident, held, toActor(request.principal), by);
      if (taking === null) throw conflict('The case would have too many servers or targets for one determination.');
      const version = await this.store.touch(tx, incidentId);
      const { determination } = taking.determination ?? incident.determination;
      return new Answer(
        201,
        { ...body, determination },
        { location: `/v1/incidents/${incidentId}`, etag: etagOf(version) },
      );
    });
  }
}

const conflict = (detail: string): ProblemError => new ProblemError('conflict', detail);
