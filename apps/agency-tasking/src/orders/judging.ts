import { Injectable } from '@nestjs/common';
import type { Actor } from '@sekisho/contracts';
import type { Authorised, Evidence, Executor } from '@sekisho/guideline';
import { adopted } from '../cases/adoption.store.js';
import { CaseStore } from '../cases/case.store.js';
import type { JudgedCase } from '../cases/judged-case.js';
import type { Tx } from '../database.js';
import { EvidenceStore } from '../evidence/evidence.store.js';
import { Stamp } from '../stamp.js';
import { type Draft, mayIssue, type NotNow } from './issue.js';
import type { OrderRow } from './order.js';

/** What the door said of a draft at a moment, and what it was shown. */
export interface Judgement {
  readonly known: JudgedCase;
  readonly evidence: readonly Evidence[];
  readonly draft: Draft;
  readonly verdict: Authorised | NotNow;
  readonly at: string;
}

/** Puts a draft to the guideline's one door, by what is on record now. */
@Injectable()
export class Judging {
  constructor(
    private readonly cases: CaseStore,
    private readonly evidence: EvidenceStore,
    private readonly stamp: Stamp,
  ) {}

  /** Null where no scope of the incident has been confirmed. */
  async judge(tx: Tx, order: OrderRow, by: Actor): Promise<Judgement | null> {
    const known = await this.cases.current(tx, order.incidentId);
    if (!known) return null;
    const { evidence } = await this.evidence.ofIncident(tx, order.incidentId);
    const at = this.stamp.now();
    const draft: Draft = {
      orderId: order.id,
      executor: order.executor as Executor,
      scopeDigest: order.scopeDigest,
      draftedBy: order.draftedActor as Actor,
    };
    return { known, evidence, draft, verdict: mayIssue(known, evidence, draft, by, at, await adopted(tx)), at };
  }
}
