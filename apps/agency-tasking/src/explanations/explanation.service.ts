import { Injectable } from '@nestjs/common';
import type { RefusalReason } from '@sekisho/contracts';
import { type MediaType, render } from '@sekisho/documents';
import {
  aboutCase,
  explainOutstanding,
  explainRefusal,
  type Explanation,
  findGuideline,
  type Outstanding,
  summaryLine,
} from '@sekisho/guideline';
import { Answer, notFound, Work, type WorkRequest } from '@sekisho/service';
import { CaseStore } from '../cases/case.store.js';
import { missing } from '../cases/judged-case.js';
import type { Tx } from '../database.js';
import { EvidenceStore } from '../evidence/evidence.store.js';
import { Stamp } from '../stamp.js';
import { OWN_REASONS } from './own-reasons.js';

type Document = Answer<string | Buffer>;

/** Explains to people what a case lacks, and why an order was refused. */
@Injectable()
export class ExplanationService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly cases: CaseStore,
    private readonly evidence: EvidenceStore,
    private readonly stamp: Stamp,
  ) {}

  /** What is outstanding now; first of all in one line, with the end of the window until which it can be supplied. */
  async outstanding(request: WorkRequest, incidentId: string, type: MediaType): Promise<Document> {
    const { language } = request;
    const at = this.stamp.now();
    const { known, open } = await this.work.read(request.principal, async (tx) => {
      const current = await this.cases.current(tx, incidentId);
      if (!current) throw notFound();
      const { evidence } = await this.evidence.ofIncident(tx, incidentId);
      return { known: current, open: missing(current, evidence, at) };
    });
    const { determination, scope, scopeDigest } = known;
    const explanation = explainOutstanding(findGuideline(determination.guideline)!, open, language);
    const until = open.length > 0 ? scope.measure.notAfter : null;
    const line = summaryLine({ name: incidentId, determination, outstanding: open, until }, language);
    const headed = { ...explanation, blocks: [{ kind: 'paragraph' as const, text: line }, ...explanation.blocks] };
    return given(aboutCase(headed, { incidentId, scopeDigest, at }), type, at);
  }

  /** Why the latest attempt to issue an order was refused, as it was then. */
  async refusal(request: WorkRequest, orderId: string, type: MediaType): Promise<Document> {
    const { attempt, guideline } = await this.work.read(request.principal, async (tx) => {
      const found = await tx.orderAttempt.findFirst({
        where: { orderId },
        orderBy: { id: 'desc' },
        include: { order: true },
      });
      const version = found && (await this.cases.guidelineOf(tx, found.order.scopeDigest));
      if (!found || version === null || (found.reasons as unknown[]).length === 0) throw notFound();
      return { attempt: found, guideline: findGuideline(version)! };
    });
    const refused = {
      reasons: attempt.reasons as unknown as RefusalReason[],
      outstanding: attempt.outstanding as unknown as Outstanding[],
    };
    const explanation = explainRefusal(guideline, refused, request.language, OWN_REASONS);
    const { incidentId, scopeDigest } = attempt.order;
    const at = attempt.recordedAt.toISOString();
    return given(aboutCase(explanation, { incidentId, orderId, scopeDigest, at }), type, at);
  }
}

async function given(explanation: Explanation, type: MediaType, at: string): Promise<Document> {
  const { contentType, body } = await render(explanation, type, new Date(at));
  return new Answer(200, body, { 'content-type': contentType, 'content-language': explanation.language });
}
