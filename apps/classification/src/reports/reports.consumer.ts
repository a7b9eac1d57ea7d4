import { Injectable } from '@nestjs/common';
import {
  type EventContext,
  handlersOf,
  Outbox,
  type ReceivedEvent,
  Rejected,
  type Subscription,
} from '@sekisho/messaging';
import { Clock, Ids } from '@sekisho/service';
import type { Tx } from '../database.js';
import { adoptedUntilCommit } from '../guidelines/adoption.store.js';
import { determinationMade, incidentOpened } from '../incidents/incident-events.js';
import type { Provenance } from '../incidents/incident.store.js';
import { CaseRevisions } from '../revisions/case-revisions.js';
import { openIncident, type SubmittedReport } from './open-incident.js';
import { findOpened, saveOpened } from './opened-incident.store.js';

const TOPIC = 'intake.reports.v1';

const byOf = (recordedBy: string, context: EventContext): Provenance => ({ ...context, recordedBy });

/** What is heard of a report later changes the case that it opened. */
async function keysOfCase({ data }: { data: { reportId: string } }, tx: Tx): Promise<string[]> {
  const opened = await findOpened(tx, data.reportId);
  return opened === null ? [data.reportId] : [data.reportId, opened.incidentId];
}

/** Each report opens one incident. One that intake withholds is only recorded as taken in: there is nothing in it. */
@Injectable()
export class ReportsConsumer implements Subscription {
  readonly topic = TOPIC;
  readonly handlers = handlersOf<typeof TOPIC, Tx>(TOPIC, {
    'report-submitted.v1': {
      keys: (event) => [event.data.reportId],
      handle: (tx, event, context) => this.open(tx, event, context),
    },
    'report-revised.v1': {
      keys: keysOfCase,
      handle: (tx, { data, source }, context) => this.revisions.hear(tx, data, byOf(source, context)),
    },
    'report-withdrawn.v1': {
      keys: keysOfCase,
      handle: (tx, { data, source }, context) =>
        this.revisions.mark(
          tx,
          { ...data, mark: 'REPORT_WITHDRAWN', markedAt: data.withdrawnAt },
          byOf(source, context),
        ),
    },
    'consent-withdrawn.v1': {
      keys: keysOfCase,
      handle: (tx, { data, source }, context) =>
        this.revisions.mark(
          tx,
          { ...data, mark: 'CONSENT_WITHDRAWN', markedAt: data.withdrawnAt },
          byOf(source, context),
        ),
    },
    'consent-given.v1': {
      keys: keysOfCase,
      handle: (tx, { data, source }, context) =>
        this.revisions.mark(
          tx,
          { ...data, mark: 'CONSENT_GIVEN', reason: null, markedAt: data.givenAt },
          byOf(source, context),
        ),
    },
  });

  constructor(
    private readonly revisions: CaseRevisions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  // The incident is new under an id of its own, so the lock of the report is all that is needed.
  private async open(tx: Tx, { data, source }: ReceivedEvent<SubmittedReport>, context: EventContext): Promise<void> {
    const known = await findOpened(tx, data.reportId);
    if (known?.digest === data.digest) return;
    if (known) throw new Rejected(`report ${data.reportId} opened ${known.incidentId} already, with another content`);
    const openedAt = this.clock.now().toISOString();
    const nextId = () => this.ids.next();
    const adoptions = await adoptedUntilCommit(tx);
    const incident = openIncident(data, { incidentId: nextId(), openedAt, nextId, adoptions });
    await saveOpened(tx, incident, data, { ...context, recordedBy: source });
    await this.outbox.append(
      tx,
      context,
      incidentOpened(incident, data.reportId),
      determinationMade(incident.id, incident.determination),
    );
  }
}
