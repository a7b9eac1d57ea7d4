import { setTimeout as pause } from 'node:timers/promises';
import type { Endpoints } from '@sekisho/demo';
import type { BrokerProxy } from './broker-proxy.js';
import type { Memory } from './memory.js';
import { isAccepted, reportUntil, saysLater } from './probes.js';
import type { Kill, Schedule, Spell } from './schedule.js';
import type { SmallDisk } from './small-disk.js';
import type { Supervisor } from './supervisor.js';

export interface Theatre {
  readonly endpoints: Endpoints;
  readonly supervisor: Supervisor;
  readonly proxy: BrokerProxy;
  readonly disk: SmallDisk | undefined;
  readonly memory: Memory;
  /** Told of each fault as it happens. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What must not be killed while it is proven that something else can be missed: the proof would prove nothing. */
const NEEDED = ['incident-intake', 'issuer', 'postgres'];
const ANSWERS_WITHIN_MS = 25_000;
const READY_WITHIN_MS = 30_000;

/** Lets everything of a schedule happen at its time. */
export class Faults {
  kills = 0;
  private readonly spared = new Set<string>();

  constructor(private readonly theatre: Theatre) {}

  async run({ milliseconds, kills, spells }: Schedule): Promise<void> {
    const started = Date.now();
    const until = (at: number): Promise<unknown> =>
      pause(Math.max(0, started + at - Date.now()), undefined, { signal: this.theatre.signal }).catch(() => undefined);
    const killing = async (): Promise<void> => {
      for (const kill of kills) {
        await until(kill.at);
        if (this.theatre.signal.aborted) return;
        await this.kill(kill);
      }
    };
    const weather = async (): Promise<void> => {
      for (const spell of spells) {
        await until(spell.at);
        if (this.theatre.signal.aborted) return;
        await this.spell(spell);
      }
    };
    await Promise.all([killing(), weather(), until(milliseconds)]);
  }

  /** One that is away already, or is needed just now, is waited for. */
  private async kill({ process, away }: Kill): Promise<void> {
    const { supervisor, tell, signal } = this.theatre;
    while (!signal.aborted && (this.spared.has(process) || !supervisor.kill(process, away))) await pause(50);
    if (signal.aborted) return;
    this.kills += 1;
    tell(`kill -9 ${process}, back in ${(away / 1000).toFixed(1)} s`);
  }

  private async spell(spell: Spell): Promise<void> {
    const { proxy, supervisor, tell } = this.theatre;
    const seconds = `${(spell.lasts / 1000).toFixed(1)} s`;
    const through = async (): Promise<void> => {
      await pause(spell.lasts);
      proxy.set('pass');
      tell('the network is whole again');
    };
    switch (spell.kind) {
      case 'pause':
        tell(`${spell.process} is paused for ${seconds}`);
        supervisor.signal(spell.process, 'SIGSTOP');
        await pause(spell.lasts);
        supervisor.signal(spell.process, 'SIGCONT');
        return tell(`${spell.process} goes on`);
      case 'slow-network':
        tell(`the network to the broker is slow for ${seconds}: 200 ms each way`);
        proxy.set('slow', 200);
        return through();
      case 'cut-network':
        tell(`the network to the broker is cut for ${seconds}`);
        proxy.set('cut');
        return through();
      case 'silent-network':
        tell(`the network to the broker swallows everything for ${seconds}`);
        proxy.set('silent');
        return through();
      case 'lost-answers':
        tell(`the broker obeys and its answers are lost for ${seconds}`);
        proxy.set('deaf');
        return through();
      case 'kafka-down':
        return this.kafkaDown(spell.lasts, seconds);
      case 'postgres-down':
        return this.postgresDown(spell.lasts, seconds);
      case 'disk-full':
        return this.diskFull(spell.lasts, seconds);
    }
  }

  /** Intake goes on without the broker. */
  private async kafkaDown(lasts: number, seconds: string): Promise<void> {
    const { supervisor, tell, endpoints, memory } = this.theatre;
    await this.sparing([...NEEDED, 'kafka'], async () => {
      tell(`Kafka is down for ${seconds}`);
      const ends = pause(lasts);
      await this.gone('kafka', lasts + ANSWERS_WITHIN_MS);
      const { good, last } = await reportUntil(endpoints, memory, ANSWERS_WITHIN_MS, isAccepted);
      memory.observe('a report while Kafka is down is accepted', good && !supervisor.running('kafka'), shown(last));
      await ends;
      supervisor.comeBack('kafka');
      tell('Kafka comes back');
    });
  }

  /** Services say so, and when to try again. */
  private async postgresDown(lasts: number, seconds: string): Promise<void> {
    const { supervisor, tell, endpoints, memory } = this.theatre;
    await this.sparing(NEEDED, async () => {
      tell(`PostgreSQL is down for ${seconds}`);
      const ends = pause(lasts);
      await this.gone('postgres', lasts + ANSWERS_WITHIN_MS);
      const { good, last } = await reportUntil(endpoints, memory, ANSWERS_WITHIN_MS, saysLater);
      memory.observe('a report while PostgreSQL is down is told to come later', good, shown(last));
      await ends;
      supervisor.comeBack('postgres');
      tell('PostgreSQL comes back');
    });
  }

  private async diskFull(lasts: number, seconds: string): Promise<void> {
    const { disk, tell, endpoints, memory } = this.theatre;
    if (!disk) return tell('PostgreSQL’s disk cannot be filled here (mounting needs root on Linux): left out');
    await this.sparing(NEEDED, async () => {
      tell(`PostgreSQL’s disk is full for ${seconds}`);
      disk.fill();
      try {
        const ends = pause(lasts);
        // Rows still fit into pages that are there: it may take some reports until one needs room.
        const { good, last } = await reportUntil(endpoints, memory, lasts, saysLater);
        tell(good ? 'a report was told to come later' : `reports still fitted (${shown(last)})`);
        await ends;
      } finally {
        disk.free();
      }
      tell('PostgreSQL’s disk has room again');
      const { good, last } = await reportUntil(endpoints, memory, 60_000, isAccepted);
      memory.observe('a report after the disk was full is accepted', good, shown(last));
    });
  }

  private async gone(name: string, away: number): Promise<void> {
    this.theatre.supervisor.kill(name, away);
    while (this.theatre.supervisor.running(name)) await pause(20);
  }

  /** What is asked of it afterwards is no fair question to one that is still starting. */
  private async intakeIsReady(): Promise<boolean> {
    const { endpoints, signal, tell } = this.theatre;
    for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end && !signal.aborted; await pause(200)) {
      const answer = await fetch(`${endpoints.intake}/health/ready`, { signal: AbortSignal.timeout(3_000) }).catch(
        () => undefined,
      );
      if (answer?.ok) return true;
    }
    tell('intake did not become ready: the outage is left out');
    return false;
  }

  private async sparing(names: readonly string[], work: () => Promise<void>): Promise<void> {
    for (const name of names) this.spared.add(name);
    try {
      while (!this.theatre.signal.aborted && !names.every((name) => this.theatre.supervisor.running(name)))
        await pause(50);
      if (!this.theatre.signal.aborted && (await this.intakeIsReady())) await work();
    } finally {
      for (const name of names) this.spared.delete(name);
    }
  }
}

const shown = (probed: { status: number } | undefined): string =>
  probed ? `it was answered ${probed.status}` : 'nobody answered';
