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

describe('the proxy before the broker', () => {
  it('passes, and passes late, in order', async () => {
    const { socket, heard } = client();
    socket.write('a');
    await pause(100);
    expect(heard()).toBe('a');
    proxy.set('slow', 150);
    socket.write('b');
    await pause(100);
    socket.write('c');
    expect(heard()).toBe('a');
    await pause(600);
    expect(heard()).toBe('abc');
  });

  it('cuts what is open and takes nothing new', async () => {
    const open = client();
    open.socket.write('a');
    await pause(100);
    proxy.set('cut');
    const late = client();
    await pause(100);
    expect([open.closed(), late.closed()]).toEqual([true, true]);
    proxy.set('pass');
    const again = client();
    again.socket.write('b');
    await pause(100);
    expect(again.heard()).toBe('b');
  });

  it('loses answers to requests that are obeyed, and breaks the line afterwards', async () => {
    const { socket, heard, closed } = client();
    proxy.set('deaf');
    socket.write('a');
    await pause(100);
    expect([obeyed, heard(), closed()]).toEqual([['a'], '', false]);
    proxy.set('pass');
    await pause(50);
    expect(closed()).toBe(true);
  });

  it('swallows everything while it is silent', async () => {
    const { socket, heard, closed } = client();
    proxy.set('silent');
    socket.write('a');
    await pause(100);
    expect([obeyed, heard(), closed()]).toEqual([[], '', false]);
  });
});
