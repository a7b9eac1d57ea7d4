import { Injectable } from '@nestjs/common';
import type { ConfirmationStanding, StandingQuery } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { Work } from '@sekisho/service';
import type { Tx } from '../database.js';
import { adopted } from '../guidelines/adoption.store.js';
import { IncidentStore } from '../incidents/incident.store.js';
import { standingOf } from './standing-of.js';

@Injectable()
export class StandingService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: IncidentStore,
  ) {}

  ask(principal: Principal, { incidentId, scopeDigest }: StandingQuery): Promise<ConfirmationStanding> {
    return this.work.read(principal, async (tx) =>
      standingOf(await this.store.load(tx, incidentId), incidentId, scopeDigest, await adopted(tx)),
    );
  }
}
