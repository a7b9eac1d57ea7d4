import { setTimeout as pause } from 'node:timers/promises';
import { Agency, Caller, type Endpoints, KINDS, recentIncidents, sender, type Stage, Turns } from '@sekisho/demo';
import { sendBatch } from './batch-sender.js';
import type { Memory } from './memory.js';
import { Random } from './random.js';

export interface Tally {
  ended: number;
  failed: number;
  open: number;
}

/** Besides the cases, reports come all the time: nothing is ever cut off while it is idle. */
const REPORT_EACH_MS = 700;
const REPORTS_AT_ONCE = 12;
const BATCH_EACH_MS = 4_000;
const LINES_OF_A_BATCH = 12;
const PATIENCE_MS = 180_000;

/** Cases of random kinds, several at once, until told to begin no more. */
export class Workload {
  readonly tally = new Map<string, Tally>();
  readonly failures: string[] = [];
  private readonly under = new Set<Promise<void>>();
  private beginning = true;
  private runs = 0;

  private constructor(
    private readonly stage: Stage,
    private readonly memory: Memory,
    private readonly chance: Random,
    private readonly name: string,
  ) {}

  static async prepare(endpoints: Endpoints, memory: Memory, seed: number): Promise<Workload> {
    const call = new Caller(endpoints, { patience: PATIENCE_MS, heard: memory.heard });
    const name = `chaos-${seed}-${Date.now().toString(36)}`;
    const connect = async (agency: 'npa' | 'sdf'): Promise<Agency> => {
      const received = memory.deliveredTo(agency);
      const station = await Agency.connect(endpoints, agency, { group: name, received, patience: PATIENCE_MS });
      const send = station.returns.bind(station);
      // What the broker has taken from an agency must not be lost either.
      station.returns = async (incidentId, orderId, kind, over) => {
        await send(incidentId, orderId, kind, over);
        memory.returns.push({ agency, orderId, kind });
      };
      return station;
    };
    const [npa, sdf] = await Promise.all([connect('npa'), connect('sdf')]);
    const stage = { at: endpoints, call, council: new Turns(), agencies: { npa, sdf } };
    return new Workload(stage, memory, new Random(seed ^ 0xca5e), name);
  }

  /** Keeps so many cases under way. */
  start(atOnce: number): void {
    for (let lane = 0; lane < atOnce; lane += 1) this.keep(this.lane());
    this.keep(this.reports());
    this.keep(this.batches());
  }

  /** Begins no more cases and waits for those under way, but not longer than that. */
  async finish(milliseconds: number): Promise<void> {
    this.beginning = false;
    const enough = new AbortController();
    await Promise.race([
      Promise.all([...this.under]),
      pause(milliseconds, undefined, { signal: enough.signal }).catch(() => undefined),
    ]);
    enough.abort();
  }

  async close(): Promise<void> {
    const { npa, sdf } = this.stage.agencies;
    await Promise.allSettled([npa.stop(), sdf.stop()]);
  }

  private keep(work: Promise<void>): void {
    this.under.add(work);
    void work.finally(() => this.under.delete(work));
  }

  /** Reports of partners, one after the other, whatever becomes of them. */
  private async reports(): Promise<void> {
    let under = 0;
    for (let number = 0; this.beginning; number += 1) {
      await pause(REPORT_EACH_MS);
      if (under >= REPORTS_AT_ONCE) continue;
      under += 1;
      const incident = this.chance.one(await recentIncidents(Date.now(), `${this.name}-report-${number}`));
      const url = `${this.stage.at.intake}/v1/reports`;
      const sent = this.stage.call.write(sender(incident), 'POST', url, incident.report);
      this.keep(
        sent.then(
          () => void (under -= 1),
          (error: unknown) => {
            under -= 1;
            this.failures.push(`report: ${said(error)}`);
          },
        ),
      );
    }
  }

  /** Batches of one partner, one after the other; many are cut off, and sent again until each line is answered. */
  private async batches(): Promise<void> {
    const chance = new Random(this.chance.between(0, 2 ** 31));
    for (let number = 0; this.beginning; number += 1) {
      await pause(BATCH_EACH_MS);
      const incidents = await recentIncidents(Date.now(), `${this.name}-batch-${number}`);
      const reports = incidents.filter((incident) => sender(incident) === 'partner-power').map(({ report }) => report);
      const batch = { name: `${this.name}-batch-${number}`, client: 'partner-power', patience: PATIENCE_MS };
      const url = `${this.stage.at.intake}/v1/report-batches`;
      await sendBatch(this.stage.call, this.memory, chance, url, {
        ...batch,
        reports: reports.slice(0, LINES_OF_A_BATCH),
      }).catch((error: unknown) => this.failures.push(`batch: ${said(error)}`));
    }
  }

  private async lane(): Promise<void> {
    while (this.beginning) {
      const kind = this.chance.one(KINDS);
      const tally = this.tally.get(kind.name) ?? { ended: 0, failed: 0, open: 0 };
      this.tally.set(kind.name, tally);
      tally.open += 1;
      this.runs += 1;
      try {
        await kind.run(this.stage, `${this.name}-${this.runs}`);
        tally.ended += 1;
      } catch (error) {
        tally.failed += 1;
        this.failures.push(`${kind.name}: ${said(error)}`);
      }
      tally.open -= 1;
    }
  }
}

const said = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 300) : String(error));
