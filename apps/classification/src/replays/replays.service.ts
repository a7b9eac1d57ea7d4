import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Language, ReplayBody, ReplayChange, ReplayView } from '@sekisho/contracts';
import { csvHeader, csvLine } from '@sekisho/documents';
import { named, type Principal, toActor } from '@sekisho/identity';
import {
  Answer,
  Clock,
  Ids,
  invalid,
  notFound,
  type Page,
  pageOf,
  type PageQuery,
  positionOf,
  Work,
  type WorkRequest,
} from '@sekisho/service';
import type { Tx } from '../database.js';
import { type Replay, ReplayStore } from './replay.store.js';
import { ReplayableVersions } from './replayable-versions.js';

const ROWS_AT_ONCE = 1_000;
const LOOK_MS = 300;
const NAMED = /^[0-9a-f-]{36}$/;

/** Takes replays in and shows what they found. */
@Injectable()
export class ReplaysService implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    private readonly work: Work<Tx>,
    private readonly store: ReplayStore,
    private readonly versions: ReplayableVersions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Whoever watches is let go: the service would wait for them. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  start(request: WorkRequest, { from, to, filter }: ReplayBody): Promise<Answer<ReplayView>> {
    const detail = `is no version of the guideline; there are ${this.versions.ids.join(', ')}`;
    const faults = Object.entries({ from, to })
      .filter(([, version]) => !this.versions.ids.includes(version))
      .map(([name]) => ({ pointer: `/${name}`, code: 'unknown-guideline', detail }));
    if (from === to) faults.push({ pointer: '/to', code: 'same-guideline', detail: 'is the version to compare with' });
    if (faults.length > 0) throw invalid(faults);
    return this.work.run(request, [], async (tx, { correlationId }) => {
      const replay: Replay = {
        replayId: this.ids.next(),
        from,
        to,
        filter,
        knownAt: this.clock.now().toISOString(),
        requestedBy: toActor(request.principal),
        total: null,
        done: 0,
        changed: 0,
        ends: [],
        finishedAt: null,
        reached: null,
        provenance: { recordedBy: named(request.principal), correlationId },
      };
      await this.store.add(tx, replay);
      return new Answer(202, toView(replay), { location: `/v1/guideline-replays/${replay.replayId}` });
    });
  }

  show(principal: Principal, replayId: string): Promise<ReplayView> {
    return this.work.read(principal, async (tx) => toView(await this.load(tx, replayId)));
  }

  changes(principal: Principal, replayId: string, { limit, cursor }: PageQuery): Promise<Page<ReplayChange>> {
    const after = positionOf(cursor, NAMED);
    return this.work.read(principal, async (tx) => {
      await this.load(tx, replayId);
      const rows = await this.store.changes(tx, replayId, after, limit + 1);
      return pageOf(
        rows,
        limit,
        ({ incidentId }) => incidentId,
        (row) => row,
      );
    });
  }

  /** The replay again and again as it comes on, the last time when it is finished, as server-sent events. */
  async progress(principal: Principal, replayId: string): Promise<Readable> {
    // Before the stream begins: afterwards nothing could be refused.
    await this.show(principal, replayId);
    return Readable.from(this.watch(principal, replayId));
  }

  private async *watch(principal: Principal, replayId: string): AsyncGenerator<string> {
    for (let before = ''; !this.stopping.signal.aborted;) {
      const view = await this.show(principal, replayId);
      const now = JSON.stringify(view);
      if (now !== before) yield `data: ${now}\n\n`;
      if (view.state === 'FINISHED') return;
      before = now;
      await pause(LOOK_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  /** Every change as CSV, with the ends in words of this language, read as it is sent. */
  async table(principal: Principal, replayId: string, language: Language): Promise<Readable> {
    await this.show(principal, replayId);
    const { work, store } = this;
    return Readable.from(
      (async function* () {
        yield csvHeader();
        for (let after: string | undefined, more = true; more;) {
          const rows = await work.read(principal, (tx) => store.changes(tx, replayId, after, ROWS_AT_ONCE));
          yield rows.map((row) => csvLine(row, language)).join('');
          after = rows.at(-1)?.incidentId;
          more = rows.length === ROWS_AT_ONCE;
        }
      })(),
    );
  }

  private async load(tx: Tx, replayId: string): Promise<Replay> {
    const found = await this.store.find(tx, replayId);
    if (found === undefined) throw notFound();
    return found;
  }
}

function toView({ reached: _reached, provenance: _provenance, ...replay }: Replay): ReplayView {
  return { ...replay, state: replay.finishedAt === null ? 'RUNNING' : 'FINISHED' };
}
