import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * Stands between a client and the broker. Once armed, it lets the next bytes of the client through to the broker, keeps the broker's
 * answer to itself, and cuts the line: the request was obeyed, and the client cannot know. What passes is TLS: only directions count.
 */
export class SwallowingProxy {
  private armed = false;
  private readonly sockets = new Set<Socket>();
  /** How many answers were swallowed. */
  swallowed = 0;

  private constructor(
    private readonly server: Server,
    private readonly cutAfter: number,
  ) {}

  /** @param cutAfter milliseconds from the swallowed answer to the cut; none cuts never, and the client runs into its time-out */
  static async before(broker: string, cutAfter = 50): Promise<SwallowingProxy> {
    const [host, port] = broker.split(':') as [string, string];
    const server = createServer();
    const proxy = new SwallowingProxy(server, cutAfter);
    server.on('connection', (client) => proxy.join(client, connect(Number(port), host)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  readonly route = (): { host: string; port: number } => ({
    host: '127.0.0.1',
    port: (this.server.address() as AddressInfo).port,
  });

  arm(): void {
    this.armed = true;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket, broker: Socket): void {
    let swallowing = false;
    const cut = (): void => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) {
      this.sockets.add(socket);
      socket.on('error', cut).on('close', () => {
        this.sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (bytes) => {
      if (this.armed) {
        this.armed = false;
        swallowing = true;
      }
      broker.write(bytes);
    });
    broker.on('data', (bytes) => {
      if (!swallowing) {
        client.write(bytes);
        return;
      }
      this.swallowed += 1;
      if (Number.isFinite(this.cutAfter)) setTimeout(cut, this.cutAfter);
    });
  }
}
