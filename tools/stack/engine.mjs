// Is there a container engine to be had, with the images that are needed? It is asked over its own HTTP interface with Node alone:
// this is wanted before anything is installed. Nothing here throws, and nothing takes long.
import { request } from 'node:http';
import { homedir } from 'node:os';

/**
 * In milliseconds: for an engine to answer; for a registry, which is out of reach when it says nothing for so long; for its silence
 * once it has begun, as layers are unpacked; for all of an image.
 */
const PATIENCE = { answer: 3_000, firstWord: 5_000, silence: 30_000, pull: 90_000 };

/** What is run in containers. The last is what testcontainers removes the containers of a killed run with. */
export const IMAGES = {
  postgres: 'postgres:18',
  kafka: 'apache/kafka:4.4.0',
  reaper: 'testcontainers/ryuk:0.14.0',
};

/** The name under which testcontainers will look for an image: a mirror may be named for all of those without a registry. */
export function imageName(name, env = process.env) {
  const prefix = env.TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX?.replace(/\/$/, '');
  const [first] = name.split('/');
  const hasRegistry = name.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return prefix && !hasRegistry ? `${prefix}/${name}` : name;
}

/** The images that these parts take to run, the reaper's among them unless the environment does without one. */
export function imagesFor(parts, env = process.env) {
  const reaper = env.RYUK_CONTAINER_IMAGE || IMAGES.reaper;
  const names = parts.map((part) => IMAGES[part]);
  return [...names, ...(env.TESTCONTAINERS_RYUK_DISABLED === 'true' ? [] : [reaper])].map((name) =>
    imageName(name, env),
  );
}

/** Where an engine may listen: where the environment says, or else where engines usually do. */
export function engineAddresses(env = process.env, home = homedir()) {
  if (env.DOCKER_HOST) return [env.DOCKER_HOST];
  const folders = ['/var/run', ...(env.XDG_RUNTIME_DIR ? [env.XDG_RUNTIME_DIR] : []), `${home}/.docker/run`];
  return folders.map((folder) => `unix://${folder}/docker.sock`);
}

/** What a request for this address needs; undefined for another machine's: our servers are reached by the loopback alone. */
function connection(address) {
  if (address.startsWith('unix://')) return { socketPath: address.slice('unix://'.length) };
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname);
  return local && ['tcp:', 'http:'].includes(url.protocol)
    ? { host: url.hostname.replace(/[[\]]/g, ''), port: url.port || 2375 }
    : undefined;
}

/** Asks and answers status and body; rejects when the engine cannot be reached or falls silent. */
function ask(address, method, path, { first, silence, total }) {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(total);
    const asked = request({ ...connection(address), method, path, signal, timeout: first }, (response) => {
      asked.setTimeout(silence);
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode, body }));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time'))).on('error', reject);
    asked.end();
  });
}

const get = (address, path, { answer }) => ask(address, 'GET', path, { first: answer, silence: answer, total: answer });

/** Undefined when the image is there in the end. */
async function imageObstacle(address, image, patience, say) {
  const obstacle = (why) => `the image ${image} is not there and cannot be pulled (${why})`;
  try {
    const there = await get(address, `/images/${encodeURI(image)}/json`, patience);
    if (there.status === 200) return undefined;
    say(`pulling ${image}, for ${patience.pull / 1000} s at most`);
    const { status, body } = await ask(address, 'POST', `/images/create?fromImage=${encodeURIComponent(image)}`, {
      first: patience.firstWord,
      silence: patience.silence,
      total: patience.pull,
    });
    // Once it has begun to answer, a fault is a line among others.
    const said = body.trim().split('\n').map(parsed);
    const error = said.find((line) => line.error)?.error;
    if (status === 200 && !error) return undefined;
    return obstacle(error ?? said.at(-1)?.message ?? `status ${status}`);
  } catch (error) {
    return obstacle(error.message);
  }
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

/**
 * The first engine that answers, with all of these images, pulled if need be; or the obstacle, in words that go into a sentence.
 * `rootless`: its root is this user. `say` is told what takes its time.
 */
export async function findEngine(images, { env = process.env, say = () => undefined, patience = PATIENCE } = {}) {
  const addresses = engineAddresses(env);
  for (const address of addresses) {
    if (!connection(address)) return { obstacle: `the container engine at ${address} is not on this machine` };
    const answer = await get(address, '/info', patience).catch(() => undefined);
    if (answer?.status !== 200) continue;
    const { OSType, SecurityOptions } = parsed(answer.body);
    if (OSType !== 'linux') return { obstacle: `the container engine at ${address} does not run Linux containers` };
    const obstacles = await Promise.all(images.map((image) => imageObstacle(address, image, patience, say)));
    const obstacle = obstacles.find(Boolean);
    return obstacle ? { obstacle } : { address, rootless: /rootless/.test(String(SecurityOptions)) };
  }
  return { obstacle: `no container engine answers at ${addresses.join(' or ')}` };
}
