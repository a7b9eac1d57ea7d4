import { Injectable } from '@nestjs/common';
import type { CommissionRequestBody, CommissionRequested } from '@sekisho/contracts';
import { named, toActor } from '@sekisho/identity';
import { Outbox } from '@sekisho/messaging';
import { Answer, Work, type WorkRequest } from '@sekisho/service';
import { CaseStore } from '../cases/case.store.js';
import { requireCurrent } from '../cases/require-current.js';
import type { Tx } from '../database.js';
import { EvidenceStore } from '../evidence/evidence.store.js';
import { provenance } from '../provenance.js';
import { Stamp } from '../stamp.js';

/** Puts a case to the oversight commission: for prior approval, or, where there is no time, for its ruling afterwards. */
@Injectable()
export class CommissionService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly cases: CaseStore,
    private readonly evidence: EvidenceStore,
    private readonly outbox: Outbox,
    private readonly stamp: Stamp,
  ) {}

  ask(request: WorkRequest, incidentId: string, body: CommissionRequestBody): Promise<Answer<CommissionRequested>> {
    const { scopeDigest, timing, whyNoTime = null } = body;
    return this.work.run(request, [incidentId], async (tx, context) => {
      const known = requireCurrent(await this.cases.current(tx, incidentId), scopeDigest);
      const { facts, determination, scope, confirmedByEvent } = known;
      const { id, at } = this.stamp.next();
      const by = toActor(request.principal);
      const row = { id, incidentId, scopeDigest, timing, whyNoTime, requestedActor: by, recordedAt: at };
      await tx.commissionRequest.create({ data: { ...row, ...provenance(named(by), context) } });
      const dependsOn = `classification.determinations.v1/${confirmedByEvent}`;
      const asked = { requestId: id, incidentId, scopeDigest, timing };
      await this.outbox.append(tx, context, {
        topic: 'tasking.decisions.v1',
        type: 'commission-requested.v1',
        key: incidentId,
        subject: incidentId,
        dependsOn,
        data: { ...asked, whyNoTime, facts, determination, scope, requestedBy: by, requestedAt: at },
      });
      if (timing === 'POST_NOTIFICATION') {
        // The declared urgency carries an order until the commission rules; asking is declaring, confirmed with the order itself.
        const urgent = { whyNoTime: whyNoTime ?? '', declaredAt: at, by: by.person };
        const content = { timing, outcome: 'PENDING', ruledAt: null, validUntil: null, urgent };
        await this.evidence.add(
          tx,
          { id, incidentId, safeguard: 'COMMISSION_APPROVAL', scopeDigest, content, by, at },
          context,
        );
      }
      return new Answer(201, asked, { location: `/v1/incidents/${incidentId}/safeguards` });
    });
  }
}
