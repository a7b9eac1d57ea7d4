import { Injectable } from '@nestjs/common';
import type {
  ClaimBody,
  ClaimRecorded,
  ConfirmationBody,
  IncidentConfirmed,
  ScopeBody,
  ScopeProposed,
} from '@sekisho/contracts';
import { toActor } from '@sekisho/identity';
import { type EventContext, EventRefused, Outbox } from '@sekisho/messaging';
import { Answer, Clock, Ids, invalid, notFound, ProblemError, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { settledBy } from '../contests/contest.js';
import { adoptedUntilCommit } from '../guidelines/adoption.store.js';
import type { Claim, Incident, Refusal } from '../incidents/incident.js';
import {
  claimRecordedEvent,
  confirmedEvent,
  determinationMade,
  lapsedEvents,
  scopeProposedEvent,
  settledEvents,
} from '../incidents/incident-events.js';
import { IncidentStore, type Provenance } from '../incidents/incident.store.js';
import { etagOf } from '../incidents/incident-view.js';
import { confirm, confirmationRefusal } from './confirm.js';
import { proposeScope, scopeRefusal } from './propose-scope.js';
import { claimFaults, recordClaim } from './record-claim.js';

/** One transaction for each change: lock the incident, load it, decide, save, append the events. */
@Injectable()
export class AssessmentService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: IncidentStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  recordClaim(request: WorkRequest, incidentId: string, body: ClaimBody): Promise<Answer<ClaimRecorded>> {
    return this.change(request, incidentId, async (tx, incident, context, by) => {
      const faults = claimFaults(incident, body);
      if (faults.length > 0) throw invalid(faults);
      const at = this.clock.now().toISOString();
      const { setsAside = [], ...said } = body;
      const assertedBy = toActor(request.principal);
      const claimId = this.ids.next();
      const claim: Claim = { claimId, ...said, origin: 'ASSESSMENT', setsAside, assertedBy, assertedAt: at };
      const { determination, lapse } = recordClaim(incident, claim, at, await adoptedUntilCommit(tx));
      await this.store.addAssessment(tx, incidentId, claim, by);
      await this.store.addDetermination(tx, incidentId, determination, by);
      const settled = settledBy(incident, claim, determination.facts, at);
      await this.store.addSettlements(tx, incidentId, settled, by);
      if (lapse !== null) await this.store.addLapse(tx, incidentId, lapse, by);
      await this.outbox.append(
        tx,
        context,
        claimRecordedEvent(incidentId, claim),
        determinationMade(incidentId, determination),
        ...settledEvents(incidentId, settled),
        ...lapsedEvents(incidentId, lapse),
      );
      return this.created(201, incident, { claimId, determination: determination.determination });
    });
  }

  proposeScope(
    request: WorkRequest,
    incidentId: string,
    scope: ScopeBody,
    ifMatch: string | undefined,
  ): Promise<Answer<ScopeProposed>> {
    return this.change(request, incidentId, async (tx, incident, context, by) => {
      refuseChanged(incident, ifMatch);
      refuse(scopeRefusal(incident, scope));
      const at = this.clock.now().toISOString();
      const { proposed, lapse } = proposeScope(incident, scope, toActor(request.principal), at);
      await this.store.addScope(tx, incidentId, proposed, by);
      if (lapse !== null) await this.store.addLapse(tx, incidentId, lapse, by);
      await this.outbox.append(
        tx,
        context,
        scopeProposedEvent(incidentId, proposed),
        ...lapsedEvents(incidentId, lapse),
      );
      const { version, scopeDigest } = proposed;
      return this.created(version === 1 ? 201 : 200, incident, { version, scopeDigest, scope });
    });
  }

  confirm(request: WorkRequest, incidentId: string, body: ConfirmationBody): Promise<Answer<IncidentConfirmed>> {
    return this.change(request, incidentId, async (tx, incident, context, by) => {
      refuse(confirmationRefusal(incident, body));
      const at = this.clock.now().toISOString();
      const confirmation = confirm(incident, body, toActor(request.principal), at);
      await this.store.addConfirmation(tx, incidentId, confirmation, by);
      await this.outbox.append(tx, context, confirmedEvent(incident, confirmation));
      const { digest, scopeDigest, confirmedAt } = confirmation;
      return this.created(201, incident, { digest, scopeDigest, confirmedAt });
    });
  }

  private change<Body>(
    request: WorkRequest,
    incidentId: string,
    decide: (tx: Tx, incident: Incident, context: EventContext, by: Provenance) => Promise<Answer<Body>>,
  ): Promise<Answer<Body>> {
    return this.work.run(request, [incidentId], async (tx, context) => {
      const incident = await this.store.load(tx, incidentId);
      if (incident === undefined) throw notFound();
      const by = { ...context, recordedBy: request.principal.person };
      const answer = await decide(tx, incident, context, by).catch(refuseTooLarge);
      await this.store.touch(tx, incidentId);
      return answer;
    });
  }

  private created<Body>(status: number, incident: Incident, body: Body): Answer<Body> {
    return new Answer(status, body, { location: `/v1/incidents/${incident.id}`, etag: etagOf(incident.version + 1) });
  }
}

function refuse(refusal: Refusal | null): void {
  if (refusal !== null) throw new ProblemError(refusal.code, refusal.detail, refusal.extensions);
}

/** All that was judged travels in one event: a case that has outgrown it cannot be told to anyone. */
function refuseTooLarge(error: unknown): never {
  if (!(error instanceof EventRefused) || error.code !== 'too-large') throw error;
  throw new ProblemError('conflict', 'The case is too large for one event: name fewer servers, or fewer attacks each.');
}

function refuseChanged({ version }: Incident, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  if (ifMatch.split(',').some((tag) => tag.trim() === etagOf(version))) return;
  throw new ProblemError('precondition-failed', `The incident is at version ${version}: read it again.`);
}
