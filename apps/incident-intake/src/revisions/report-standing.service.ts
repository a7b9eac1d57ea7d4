import { Injectable } from '@nestjs/common';
import type { ConsentBody, ConsentStated, ReportWithdrawn, WithdrawalBody } from '@sekisho/contracts';
import { named } from '@sekisho/identity';
import { type EventContext, Outbox } from '@sekisho/messaging';
import { Answer, Clock, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { OrganisationRegister, type Organisation } from '../organisations/organisation-register.js';
import { forwardClocks, stopClocks } from '../deadlines/clock-rows.js';
import { withdrawn } from './refusals.js';
import { goesOut, type ReportState } from './report-state.js';
import { about } from './revise.js';
import { type Provenance, RevisionStore } from './revision.store.js';
import { consentDetail, stateConsent } from './state-consent.js';

interface Change {
  readonly tx: Tx;
  readonly context: EventContext;
  readonly state: ReportState;
  readonly organisation: Organisation;
  readonly by: Provenance;
  readonly at: string;
}

/** Whether an organisation stands by its report, and whether that may go out. */
@Injectable()
export class ReportStandingService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: RevisionStore,
    private readonly organisations: OrganisationRegister,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  withdraw(request: WorkRequest, reportId: string, { reason }: WithdrawalBody): Promise<Answer<ReportWithdrawn>> {
    return this.change(request, reportId, async ({ tx, context, state, by, at }) => {
      if (state.withdrawal !== null) throw withdrawn(state.withdrawal.withdrawnAt);
      const { revision, digest } = state.latest;
      await this.store.addWithdrawal(tx, reportId, { revision, reason, withdrawnAt: at }, by);
      await stopClocks(tx, reportId, at);
      await this.outbox.append(tx, context, {
        ...about(reportId),
        type: 'report-withdrawn.v1',
        data: { reportId, revision, digest, reason: goesOut(state) ? reason : null, withdrawnAt: at },
      });
      const body = { reportId, revision, digest, reason, withdrawnAt: at };
      return new Answer(201, body, { location: `/v1/reports/${reportId}` });
    });
  }

  stateConsent(request: WorkRequest, reportId: string, body: ConsentBody): Promise<Answer<ConsentStated>> {
    return this.change(request, reportId, async ({ tx, context, state, organisation, by, at }) => {
      const { forward, reason = null } = body;
      // Consent can be taken back at any time; given, it would let out what nobody stands by.
      if (forward && state.withdrawal !== null) throw withdrawn(state.withdrawal.withdrawnAt);
      const { changes, releases, effect, events } = stateConsent(state, { forward, reason }, organisation, at);
      const statedAt = changes ? at : state.consent.statedAt;
      if (changes) {
        const version = state.consent.version + 1;
        await this.store.addConsent(tx, reportId, { version, forward, reason, statedAt }, by);
      }
      if (effect !== 'NO_EFFECT') await forwardClocks(tx, reportId, forward);
      if (releases) await this.store.addRelease(tx, reportId, state.latest.revision, at, by);
      await this.outbox.append(tx, context, ...events);
      const forwardedRevision = releases ? state.latest.revision : state.forwardedRevision;
      const told = { reportId, forward, statedAt, effect, forwardedRevision };
      const detail = consentDetail(told, request.language);
      return new Answer(200, { ...told, detail }, { 'content-language': request.language });
    });
  }

  private change<Body>(
    request: WorkRequest,
    reportId: string,
    decide: (change: Change) => Promise<Answer<Body>>,
  ): Promise<Answer<Body>> {
    const { principal } = request;
    const { organisation: organisationId } = principal;
    return this.work.run(request, [reportId], async (tx, context) => {
      const state = await this.store.state(tx, reportId);
      const organisation = await this.organisations.find(tx, organisationId);
      if (state === null || organisation === null) throw notFound();
      const by = { ...context, organisationId, recordedBy: named(principal) };
      return decide({ tx, context, state, organisation, by, at: this.clock.now().toISOString() });
    });
  }
}
