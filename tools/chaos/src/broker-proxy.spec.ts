import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { BrokerProxy } from './broker-proxy.js';

let echo: Server;
let proxy: BrokerProxy;
let port: number;
let obeyed: string[];

beforeEach(async () => {
  obeyed = [];
  echo = createServer((socket) => {
    socket.on('data', (bytes) => {
      obeyed.push(bytes.toString());
      socket.write(bytes);
    });
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  port = (free.address() as AddressInfo).port;
  await new Promise((resolve) => free.close(resolve));
  proxy = await BrokerProxy.listen(port, (echo.address() as AddressInfo).port);
});

afterEach(async () => {
  await proxy.close();
  await new Promise((resolve) => echo.close(resolve));
});

function client(): { socket: Socket; heard: () => string; closed: () => boolean } {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  let closed = false;
  socket.on('data', (bytes) => (heard += bytes.toString()));
  socket.on('error', () => undefined).on('close', () => (closed = true));
  return { socket, heard: () => heard, closed: () => closed };
}

/** Waits for what must come; a busy machine takes its time. */
async function until(done: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !done() && Date.now() < end;) await pause(10);
  expect(done()).toBe(true);
}

describe('the proxy before the broker', () => {
  it('passes, and passes late, in order', async () => {
    const { socket, heard } = client();
    socket.write('a');
    await until(() => heard() === 'a');
    proxy.set('slow', 1_000);
    socket.write('b');
    await pause(100);
    socket.write('c');
    expect(heard()).toBe('a');
    await until(() => heard() === 'abc');
  });

  it('cuts what is open and takes nothing new', async () => {
    const open = client();
    open.socket.write('a');
    await until(() => open.heard() === 'a');
    proxy.set('cut');
    const late = client();
    await until(() => open.closed() && late.closed());
    proxy.set('pass');
    const again = client();
    again.socket.write('b');
    await until(() => again.heard() === 'b');
  });

  it('loses answers to requests that are obeyed, and breaks the line afterwards', async () => {
    const { socket, heard, closed } = client();
    proxy.set('deaf');
    socket.write('a');
    await until(() => obeyed.length > 0);
    await pause(100);
    expect([obeyed, heard(), closed()]).toEqual([['a'], '', false]);
    proxy.set('pass');
    await until(closed);
  });

  it('swallows everything while it is silent', async () => {
    const { socket, heard, closed } = client();
    proxy.set('silent');
    socket.write('a');
    await pause(200);
    expect([obeyed, heard(), closed()]).toEqual([[], '', false]);
  });
});
