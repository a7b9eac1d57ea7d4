import { Injectable } from '@nestjs/common';
import type { RulingStanding, StandingFault, StandingQuery } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { Clock, Work } from '@sekisho/service';
import type { Tx } from '../database.js';
import { EventStore } from '../ledger/event.store.js';
import { currentScope, requestsOf } from '../rulings/requests.js';

/** Whether the commission's word on a scope stands at this moment: by its own table of rulings, not by events on their way. */
@Injectable()
export class StandingService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly events: EventStore,
    private readonly clock: Clock,
  ) {}

  ask(principal: Principal, { incidentId, scopeDigest }: StandingQuery): Promise<RulingStanding> {
    return this.work.read(principal, async (tx) => {
      const caseEvents = await this.events.ofKey(tx, incidentId);
      if (currentScope(caseEvents) !== scopeDigest) return no('OTHER_SCOPE', 'this scope is not the one that stands');
      const rulings = await tx.ruling.findMany({ where: { incidentId, scopeDigest }, include: { confirmation: true } });
      const latest = rulings
        .filter(({ confirmation }) => confirmation !== null)
        .sort((a, b) => a.confirmation!.recordedAt.getTime() - b.confirmation!.recordedAt.getTime())
        .at(-1);
      if (!latest) {
        const urgent = requestsOf(caseEvents).some(
          (each) => each.scopeDigest === scopeDigest && each.timing === 'POST_NOTIFICATION',
        );
        return urgent
          ? yes('urgent: the commission has been told and has not ruled yet')
          : no('UNDECIDED', 'the commission has not ruled');
      }
      if (latest.outcome === 'JUSTIFIED') return yes('ruled JUSTIFIED');
      if (latest.outcome !== 'APPROVED') return no('NOT_APPROVED', `ruled ${latest.outcome}`);
      if (latest.validUntil! <= this.clock.now()) return no('EXPIRED', 'the approval has expired');
      return yes('approved');
    });
  }
}

const yes = (detail: string): RulingStanding => ({ stands: true, fault: null, detail });
const no = (fault: StandingFault, detail: string): RulingStanding => ({ stands: false, fault, detail });
