import { Injectable } from '@nestjs/common';
import type { Actor, RevisionOfReport } from '@sekisho/contracts';
import { type EventContext, Outbox, Rejected } from '@sekisho/messaging';
import { Clock, Ids } from '@sekisho/service';
import type { Tx } from '../database.js';
import { adoptedUntilCommit } from '../guidelines/adoption.store.js';
import { type Incident, type Mark, standing } from '../incidents/incident.js';
import {
  contestedEvents,
  determinationMade,
  lapsedEvents,
  markedEvent,
  revisionHeldEvent,
  revisionTakenEvent,
} from '../incidents/incident-events.js';
import { IncidentStore, type Provenance } from '../incidents/incident.store.js';
import { findOpened } from '../reports/opened-incident.store.js';
import { type RevisedReport, wordOf } from './report-word.js';
import { RevisionStore } from './revision.store.js';
import { contestsByRevision, takeRevision, type Taking } from './take-revision.js';

const SOURCE = '/incident-intake';

/** What a case makes of what it hears of its reports: it takes it in, or holds it and has its contradictions contested. */
@Injectable()
export class CaseRevisions {
  constructor(
    private readonly store: IncidentStore,
    private readonly revised: RevisionStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A revision has come, in the order in which its report was revised. */
  async hear(tx: Tx, told: RevisedReport, by: Provenance): Promise<void> {
    const { reportId, revision, digest } = told;
    const incident = await this.caseOf(tx, reportId);
    if (incident === undefined) throw new Rejected(`report ${reportId} has opened no incident`);
    const known = incident.revisions.filter((each) => each.reportId === reportId);
    if (known.some((each) => each.revision >= revision)) return;
    const at = this.clock.now().toISOString();
    const word = wordOf(told);
    const which = { incidentId: incident.id, reportId, revision };
    await this.revised.addRevision(tx, which, told, word, by);
    const moment = { revision, at, nextId: () => this.ids.next() };
    const taking =
      standing(incident) === null ? takeRevision(incident, word, moment, await adoptedUntilCommit(tx)) : null;
    if (taking !== null) await this.save(tx, incident, { reportId, revision, digest }, taking, null, at, by);
    else {
      const contests = standing(incident)
        ? contestsByRevision(incident, word, known.at(-1) ?? null, { ...moment, source: SOURCE })
        : [];
      if (contests.length > 0) await this.store.addContests(tx, incident.id, contests, by);
      const held = revisionHeldEvent(incident.id, { reportId, revision, digest, heldAt: at });
      await this.outbox.append(tx, by, held, ...contestedEvents(incident.id, contests));
    }
    await this.store.touch(tx, incident.id);
  }

  /** Takes a held revision into the case: null where that would make it too large. */
  async adopt(
    tx: Tx,
    incident: Incident,
    held: RevisionOfReport,
    takenBy: Actor,
    by: Provenance,
  ): Promise<Taking | null> {
    const at = this.clock.now().toISOString();
    const moment = { revision: held.revision, at, nextId: () => this.ids.next() };
    const taking = takeRevision(incident, held, moment, await adoptedUntilCommit(tx));
    if (taking !== null) await this.save(tx, incident, held, taking, takenBy, at, by);
    return taking;
  }

  /** Marks the case of a report, if it has opened one: one that intake withheld has not. */
  async mark(tx: Tx, { reportId, mark, reason, markedAt }: Mark, by: Provenance): Promise<void> {
    const opened = await findOpened(tx, reportId);
    if (opened === null) return;
    const { incidentId } = opened;
    const told = { reportId, mark, reason, markedAt };
    await this.revised.addMark(tx, this.ids.next(), incidentId, told, by);
    await this.store.touch(tx, incidentId);
    await this.outbox.append(tx, by, markedEvent(incidentId, told));
  }

  private async caseOf(tx: Tx, reportId: string): Promise<Incident | undefined> {
    const opened = await findOpened(tx, reportId);
    return opened === null ? undefined : this.store.load(tx, opened.incidentId);
  }

  private async save(
    tx: Tx,
    { id }: Incident,
    { reportId, revision, digest }: { reportId: string; revision: number; digest: string },
    taking: Taking,
    takenBy: Actor | null,
    takenAt: string,
    by: Provenance,
  ): Promise<void> {
    await this.revised.addTaking(tx, { incidentId: id, reportId, revision }, taking, { takenBy, takenAt }, by);
    const { added, identified, determination, lapse } = taking;
    if (determination !== null) await this.store.addDetermination(tx, id, determination, by);
    if (lapse !== null) await this.store.addLapse(tx, id, lapse, by);
    const context: EventContext = by;
    await this.outbox.append(
      tx,
      context,
      revisionTakenEvent(id, {
        reportId,
        revision,
        digest,
        servers: [...added.servers, ...identified.servers],
        targets: [...added.targets, ...identified.targets],
        takenBy,
        takenAt,
      }),
      ...(determination === null ? [] : [determinationMade(id, determination)]),
      ...lapsedEvents(id, lapse),
    );
  }
}
