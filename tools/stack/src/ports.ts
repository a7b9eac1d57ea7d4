import { createServer, type AddressInfo, type Server } from 'node:net';
import { Fault } from './fault.js';
import { portsFrom } from './layout.js';
import { listenerOn } from './listener.js';

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

const close = (server: Server) => new Promise((resolve) => server.close(resolve));

export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

/** So many different ports that nobody listens on. All are held at once, so that none is given twice. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(close));
  return ports;
}

/** A base from which all ports of a stack are free just now, for a second stack beside whatever runs. */
export async function freePortBase(): Promise<number> {
  for (;;) {
    // Below the range from which the system gives ports to clients (32768 and up on Linux).
    const base = 10_000 + 100 * Math.floor(Math.random() * 220);
    const { services, ...others } = portsFrom(base);
    const free = await Promise.all([...Object.values(services), ...Object.values(others)].map(isFree));
    if (free.every(Boolean)) return base;
  }
}

/** Refuses to go on where one of the ports is taken, naming every one of them and who has it. */
export async function requireFree(ports: Readonly<Record<string, number>>): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(port))) taken.push(`Port ${port} (for ${name}) is in use by ${listenerOn(port)}.`);
  }
  if (taken.length > 0) {
    throw new Fault(
      taken.join('\n'),
      'End what listens there, or choose other ports: SEKISHO_PORT_BASE=5100 npm start (the usual base is 4100).',
    );
  }
}
