import { Injectable } from '@nestjs/common';
import type {
  NewOrganisationBody,
  OrganisationChange,
  OrganisationChangeBody,
  OrganisationSummary,
  OrganisationView,
} from '@sekisho/contracts';
import { mayDo, named, type Principal, toActor } from '@sekisho/identity';
import { type AnyNewEvent, Outbox } from '@sekisho/messaging';
import {
  Answer,
  Clock,
  Ids,
  notFound,
  type Page,
  pageOf,
  type PageQuery,
  positionOf,
  ProblemError,
  Work,
  type WorkRequest,
} from '@sekisho/service';
import { onDuty, type Tx } from '../database.js';
import { OrganisationStore, type Proposal } from './organisation.store.js';

type Entry = Omit<NewOrganisationBody, 'id'>;
type Decision = NonNullable<OrganisationChange['decision']>;
/** A rejection says why. */
type Verdict = Pick<Decision, 'outcome' | 'reason'>;

const ANY_ID = /^\P{C}{1,200}$/u;
const lockOf = (organisation: string): string => `organisation ${organisation}`;

/** Keeps the register: one person proposes an entry, another confirms it, and reports are held to it from then on. */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: OrganisationStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  list(principal: Principal, { limit, cursor }: PageQuery): Promise<Page<OrganisationSummary>> {
    const after = positionOf(cursor, ANY_ID);
    return this.work.read(principal, async (tx) =>
      pageOf(
        await this.store.list(tx, after, limit + 1),
        limit,
        ({ id }) => id,
        (shown) => shown,
      ),
    );
  }

  /** A partner's own entry alone; to whoever keeps the register any, with its history. */
  find(principal: Principal, id: string): Promise<OrganisationView> {
    const staff = mayDo(principal.roles, 'organisation:list');
    return this.work.read(principal, async (tx) => {
      const entry = staff || principal.organisation === id ? await this.store.find(tx, id) : null;
      if (entry === null) throw notFound();
      if (!staff) return entry;
      await onDuty(tx, 'register');
      return { ...entry, history: await this.store.history(tx, id) };
    });
  }

  openChanges(principal: Principal, { limit, cursor }: PageQuery): Promise<Page<OrganisationChange>> {
    const after = positionOf(cursor);
    return this.work.read(principal, async (tx) => {
      await onDuty(tx, 'register');
      return pageOf(
        await this.store.open(tx, after, limit + 1),
        limit,
        ({ changeId }) => changeId,
        (shown) => shown,
      );
    });
  }

  change(principal: Principal, changeId: string): Promise<OrganisationChange> {
    return this.work.read(principal, async (tx) => {
      await onDuty(tx, 'register');
      const change = await this.store.change(tx, changeId);
      if (change === null) throw notFound();
      return change;
    });
  }

  proposeNew(request: WorkRequest, { id, ...entry }: NewOrganisationBody): Promise<Answer<OrganisationChange>> {
    return this.propose(request, id, 0, entry);
  }

  proposeChange(
    request: WorkRequest,
    id: string,
    { basedOn, ...entry }: OrganisationChangeBody,
  ): Promise<Answer<OrganisationChange>> {
    return this.propose(request, id, basedOn, entry);
  }

  async decide(request: WorkRequest, changeId: string, verdict: Verdict): Promise<Answer<OrganisationChange>> {
    const { organisation } = await this.change(request.principal, changeId);
    return this.work.run(request, [lockOf(organisation)], async (tx, context) => {
      await onDuty(tx, 'register');
      const { decision: earlier, ...change } = (await this.store.change(tx, changeId))!;
      if (earlier !== null) {
        throw new ProblemError('illegal-transition', {
          code: 'change-decided',
          values: { decidedAt: earlier.decidedAt },
        });
      }
      const decision = {
        ...verdict,
        decidedBy: toActor(request.principal),
        decidedAt: this.clock.now().toISOString(),
      };
      const recordedBy = named(request.principal);
      await this.store.decide(tx, change, decision, { ...context, recordedBy });
      if (verdict.outcome === 'CONFIRMED') {
        // After the database has compared the persons: who proposed it learns that first.
        await this.refuseStale(tx, change);
        await this.store.putInForce(tx, change, { recordedAt: decision.decidedAt, recordedBy });
        await this.outbox.append(tx, context, confirmed({ ...change, decision }));
      }
      return new Answer(201, { ...change, decision });
    });
  }

  private propose(
    request: WorkRequest,
    organisation: string,
    basedOn: number,
    { designatedSince, ...entry }: Entry,
  ): Promise<Answer<OrganisationChange>> {
    return this.work.run(request, [lockOf(organisation)], async (tx, context) => {
      await onDuty(tx, 'register');
      await this.refuseStale(tx, { organisation, basedOn });
      const proposal: Proposal = {
        changeId: this.ids.next(),
        organisation,
        basedOn,
        ...entry,
        designatedSince: designatedSince ?? null,
        proposedBy: toActor(request.principal),
        proposedAt: this.clock.now().toISOString(),
      };
      await this.store.propose(tx, proposal, { ...context, recordedBy: named(request.principal) });
      const location = `/v1/organisation-changes/${proposal.changeId}`;
      return new Answer(201, { ...proposal, decision: null }, { location });
    });
  }

  /** A change is of the entry that its proposer has seen: where another has come into force since, it would undo that. */
  private async refuseStale(tx: Tx, { organisation, basedOn }: Pick<Proposal, 'organisation' | 'basedOn'>) {
    const version = await this.store.version(tx, organisation);
    if (version === basedOn) return;
    if (version === 0) throw notFound();
    throw basedOn === 0
      ? new ProblemError('conflict', { code: 'organisation-registered', values: { organisation } })
      : new ProblemError(
          'conflict',
          { code: 'register-changed-since', values: { organisation, version } },
          { version },
        );
  }
}

/** What others are told: all but the desk to contact. */
function confirmed({ decision, basedOn, contactDesk: _stays, ...change }: OrganisationChange): AnyNewEvent {
  const { organisation, proposedAt: _apart, ...told } = change;
  const { decidedBy, decidedAt } = decision!;
  return {
    topic: 'intake.register.v1',
    key: organisation,
    subject: organisation,
    type: 'organisation-entry-confirmed.v1',
    data: { organisation, version: basedOn + 1, ...told, confirmedBy: decidedBy, confirmedAt: decidedAt },
  };
}
