import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineAddresses, findEngine, imageName, IMAGES, imagesFor } from '../engine.mjs';

/** Enough for any of the answers below; each test shortens the one that it waits for. */
const ENOUGH = { answer: 20_000, firstWord: 20_000, silence: 20_000, pull: 20_000 };
let folder: string;
let server: Server | undefined;
let sockets = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sekisho-engine-'));
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Looks for an image at an engine that answers like this. */
async function found(answer: RequestListener, patience: Partial<typeof ENOUGH> = {}) {
  sockets += 1;
  const socket = join(folder, `${sockets}.sock`);
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(socket, resolve));
  const env = { DOCKER_HOST: `unix://${socket}` };
  return findEngine(['postgres:18'], { env, patience: { ...ENOUGH, ...patience } });
}

const info = JSON.stringify({ OSType: 'linux', SecurityOptions: ['name=seccomp,profile=builtin'] });
/** A Linux engine that lacks every image and answers so when it is to pull one. */
const pulling =
  (pull: RequestListener): RequestListener =>
  (request, response) => {
    if (request.url === '/info') response.end(info);
    else if (request.method === 'GET') response.writeHead(404).end('{"message":"No such image"}');
    else pull(request, response);
  };

describe('looking for a container engine', () => {
  it('takes one that has the images', async () => {
    const asked: string[] = [];
    const engine = await found((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end(request.url === '/info' ? info : '{}');
    });
    expect(engine).toEqual({ address: `unix://${folder}/${sockets}.sock`, rootless: false });
    expect(asked).toEqual(['GET /info', 'GET /images/postgres:18/json']);
  });

  it('has what is missing pulled', async () => {
    const engine = await found(pulling((_, response) => response.end('{"status":"Pulling from library/postgres"}\n')));
    expect(engine.obstacle).toBeUndefined();
  });

  it.each<[string, RequestListener, string, Partial<typeof ENOUGH>]>([
    ['refuses', (_, response) => response.writeHead(500).end('{"message":"no such host"}'), 'no such host', {}],
    [
      'breaks off',
      (_, response) => response.end('{"status":"Pulling"}\n{"error":"unexpected EOF"}\n'),
      'unexpected EOF',
      {},
    ],
    ['never answers', () => undefined, 'no answer in time', { firstWord: 100 }],
    [
      'falls silent',
      (_, response) => void response.write('{"status":"Pulling"}\n'),
      'no answer in time',
      { silence: 100 },
    ],
  ])('gives up a registry that %s', async (_, pull, why, patience) => {
    const { obstacle } = await found(pulling(pull), patience);
    expect(obstacle).toBe(`the image postgres:18 is not there and cannot be pulled (${why})`);
  });

  it('gives up a pull that only trickles', async () => {
    let trickle: NodeJS.Timeout | undefined;
    const started = Date.now();
    const { obstacle } = await found(
      pulling((_, response) => (trickle = setInterval(() => response.write('{"status":"Downloading"}\n'), 20))),
      { pull: 300 },
    );
    clearInterval(trickle);
    expect(obstacle).toContain('cannot be pulled');
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  it('passes over one that does not answer, or is another machine’s, or runs something else', async () => {
    expect((await found(() => undefined, { answer: 100 })).obstacle).toContain(
      'no container engine answers at unix://',
    );
    server?.close();
    const windows = await found((_, response) => response.end('{"OSType":"windows"}'));
    expect(windows.obstacle).toContain('does not run Linux containers');
    const env = { DOCKER_HOST: 'tcp://docker.example:2375' };
    expect((await findEngine([], { env })).obstacle).toContain('is not on this machine');
    expect((await findEngine([], { env: { DOCKER_HOST: `unix://${folder}/none` } })).obstacle).toContain(
      'no container',
    );
  });

  it('looks where the environment says, or else where engines usually are', () => {
    expect(engineAddresses({ DOCKER_HOST: 'unix:///a' })).toEqual(['unix:///a']);
    expect(engineAddresses({ XDG_RUNTIME_DIR: '/run/user/1000' }, '/home/me')).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///run/user/1000/docker.sock',
      'unix:///home/me/.docker/run/docker.sock',
    ]);
  });
});

describe('the images', () => {
  it('include the reaper that testcontainers starts, unless there is to be none', () => {
    const { REAPER_IMAGE } = createRequire(import.meta.url)('testcontainers/build/reaper/reaper.js') as {
      REAPER_IMAGE: string;
    };
    expect(imagesFor(['kafka'], {})).toEqual(['apache/kafka:4.4.0', REAPER_IMAGE]);
    expect(imagesFor(['kafka'], { TESTCONTAINERS_RYUK_DISABLED: 'true' })).toEqual([IMAGES.kafka]);
  });

  it('come from the mirror that testcontainers is told of', () => {
    const env = { TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX: 'mirror.example/hub/' };
    expect(imageName('postgres:18', env)).toBe('mirror.example/hub/postgres:18');
    expect(imageName('apache/kafka:4.4.0', env)).toBe('mirror.example/hub/apache/kafka:4.4.0');
    expect(imageName('quay.example/kafka:1', env)).toBe('quay.example/kafka:1');
  });
});
