import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Adoption, guidelineFor, guidelineInForce } from '@sekisho/guideline';
import { Outbox } from '@sekisho/messaging';
import type { Logger } from '@sekisho/observability';
import { lockKeys, transactionLimits } from '@sekisho/persistence';
import { Clock, Database, LOGGER, periodically } from '@sekisho/service';
import type { Tx } from '../database.js';
import { determinationMade, lapsedEvents } from '../incidents/incident-events.js';
import { IncidentStore, type Provenance } from '../incidents/incident.store.js';
import { adoptedUntilCommit } from './adoption.store.js';
import { advanceEffect, type Answered, nextAnswered, takeOpenEffect } from './effect.store.js';
import { rejudge } from './rejudge.js';

const LOOK_MS = 250;
const CASES_AT_ONCE = 1_000;
/** A case that changes is loaded and stored whole, and kept from others until the transaction ends. */
const CHANGES_AT_ONCE = 50;

/**
 * Brings an adoption to the cases that there are: those planned for a time that it governs are answered by it, and what was confirmed
 * under another version falls. It goes through them by their ids and keeps how far it has come: after a kill, or by another instance, it
 * goes on from there.
 */
@Injectable()
export class AdoptionEffects implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly incidents: IncidentStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.ended = periodically(
      LOOK_MS,
      this.stopping.signal,
      async () => {
        while (!this.stopping.signal.aborted && (await this.step()));
      },
      (error, failures) =>
        this.logger.warn({ err: error, failures }, 'an adoption could not be brought to the cases; it is tried again'),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  /** The next cases for the oldest adoption that has not reached all of them; false where there is none. */
  private step(): Promise<boolean> {
    return this.database.$transaction(async (transaction) => {
      const tx = transaction as Tx;
      const effect = await takeOpenEffect(tx);
      if (effect === undefined) return false;
      const adoptions = await adoptedUntilCommit(tx);
      const cases = await nextAnswered(tx, effect, CASES_AT_ONCE);
      const others = cases.filter((each) => isAnsweredOtherwise(each, adoptions));
      const now = others.slice(0, CHANGES_AT_ONCE);
      const by = { recordedBy: effect.recordedBy, correlationId: effect.correlationId, causationId: effect.adoptionId };
      const changed = await this.rejudgeAll(tx, now, adoptions, by);
      const all = now.length === others.length;
      const reached = (all ? cases : now).at(-1)?.incidentId ?? effect.reached;
      const over = all && cases.length < CASES_AT_ONCE;
      const finishedAt = over ? this.clock.now().toISOString() : null;
      await advanceEffect(tx, { ...effect, reached, changed: effect.changed + changed }, finishedAt);
      return true;
    }, transactionLimits);
  }

  private async rejudgeAll(
    tx: Tx,
    cases: readonly Answered[],
    adoptions: readonly Adoption[],
    by: Provenance,
  ): Promise<number> {
    await lockKeys(
      tx,
      cases.map(({ incidentId }) => incidentId),
    );
    let changed = 0;
    for (const { incidentId } of cases) {
      const incident = await this.incidents.load(tx, incidentId);
      const made = incident && rejudge(incident, adoptions, this.clock.now().toISOString());
      if (!made) continue;
      const { determination, lapse } = made;
      await this.incidents.addDetermination(tx, incidentId, determination, by);
      if (lapse !== null) await this.incidents.addLapse(tx, incidentId, lapse, by);
      await this.incidents.touch(tx, incidentId);
      const events = [determinationMade(incidentId, determination), ...lapsedEvents(incidentId, lapse)];
      await this.outbox.append(tx, by, ...events);
      changed += 1;
    }
    return changed;
  }
}

function isAnsweredOtherwise({ plannedActionAt, guideline, inForce }: Answered, adoptions: readonly Adoption[]) {
  const counts = guidelineFor({ plannedActionAt }, undefined, adoptions)?.id;
  return counts !== guideline || (guidelineInForce(plannedActionAt, adoptions)?.id === guideline) !== inForce;
}
