import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * - `pass`     everything goes through
 * - `slow`     everything goes through later
 * - `cut`      connections are broken, and no new one is taken
 * - `silent`   connections stay, and nothing goes through in either direction
 * - `deaf`     what clients say goes through, the answers do not; connections that lost one are broken when this ends
 */
export type Weather = 'pass' | 'slow' | 'cut' | 'silent' | 'deaf';

interface Line {
  readonly client: Socket;
  readonly broker: Socket;
  /** Bytes of it were lost: it is of no more use. */
  lost: boolean;
}

/**
 * Stands where clients look for the broker, on the loopback. What passes is TLS: only directions count. Bytes are lost or late, never
 * changed and never out of order.
 */
export class BrokerProxy {
  private weather: Weather = 'pass';
  private delay = 0;
  private readonly lines = new Set<Line>();
  private readonly server: Server;

  private constructor(private readonly target: number) {
    this.server = createServer((client) => this.join(client));
  }

  static async listen(port: number, target: number): Promise<BrokerProxy> {
    const proxy = new BrokerProxy(target);
    await new Promise<void>((resolve, reject) => {
      proxy.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** @param delay of `slow`, in milliseconds and each direction */
  set(weather: Weather, delay = 0): void {
    this.weather = weather;
    this.delay = weather === 'slow' ? delay : 0;
    for (const line of this.lines) if (weather === 'cut' || line.lost) this.end(line);
  }

  async close(): Promise<void> {
    for (const line of this.lines) this.end(line);
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    if (this.weather === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const line = { client, broker: connect(this.target, '127.0.0.1'), lost: false };
    this.lines.add(line);
    for (const socket of [line.client, line.broker]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.end(line)).on('close', () => this.end(line));
    }
    this.carry(line, line.client, line.broker, ['silent']);
    this.carry(line, line.broker, line.client, ['silent', 'deaf']);
  }

  /** One direction: in order, each piece after the one before it. */
  private carry(line: Line, from: Socket, to: Socket, swallows: readonly Weather[]): void {
    let last: Promise<unknown> = Promise.resolve();
    let lost = false;
    from.on('data', (bytes) => {
      // What comes after a loss would be nonsense to the other side; the other direction goes on as the weather lets it.
      lost ||= swallows.includes(this.weather);
      line.lost ||= lost;
      if (lost) return;
      const due = this.delay > 0 ? pause(this.delay) : undefined;
      last = Promise.all([last, due]).then(() => void (to.writable && to.write(bytes)));
    });
  }

  private end(line: Line): void {
    this.lines.delete(line);
    line.client.destroy();
    line.broker.destroy();
  }
}
