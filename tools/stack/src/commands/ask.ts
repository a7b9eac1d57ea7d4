import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Endpoints, readEndpoints } from '../endpoints.js';
import { Fault } from '../fault.js';

export interface AskOptions {
  as?: string | undefined;
  key?: string | undefined;
  accept: string;
  language: string;
}

const METHODS = ['get', 'post', 'put'];

/** `sekisho get URL --as CLIENT`: the body on standard output, the status on standard error; 0 for success, 1 for a refusal. */
export async function ask(directory: string, [verb = '', ...args]: string[], options: AskOptions): Promise<number> {
  const endpoints = readEndpoints(directory);
  if (!endpoints) throw new Fault('There is no stack to talk to: endpoints.json is missing.', 'Start one: npm start');
  if (verb === 'token') {
    process.stdout.write(`${await tokenOf(endpoints, args[0])}\n`);
    return 0;
  }
  const [url, body] = args;
  if (!METHODS.includes(verb) || !url) throw new Fault(`I do not know "${[verb, ...args].join(' ')}".`, EXAMPLES);
  const response = await fetchOrFault(resolveUrl(url, endpoints), {
    method: verb.toUpperCase(),
    headers: {
      accept: `${options.accept}, application/problem+json;q=0.5`,
      'accept-language': options.language,
      ...(options.as ? { authorization: `Bearer ${await tokenOf(endpoints, options.as)}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(verb === 'get' ? {} : { 'idempotency-key': options.key ?? randomUUID() }),
    },
    ...(body === undefined ? {} : { body: body.startsWith('@') ? readFileSync(body.slice(1), 'utf8') : body }),
  });
  process.stderr.write(`${response.status} ${response.statusText}\n`);
  const bytes = Buffer.from(await response.arrayBuffer());
  // What is no text goes to its file as it came.
  process.stdout.write(/pdf/.test(response.headers.get('content-type') ?? '') ? bytes : pretty(bytes.toString()));
  return response.ok ? 0 : 1;
}

const EXAMPLES =
  'Try: npm run sekisho -- get classification/v1/incidents --as analyst-1, or post URL BODY|@FILE, or token CLIENT.';

const NAMES = ['intake', 'classification', 'scheduling', 'tasking', 'oversight'] as const;

/** `intake/v1/reports` and `/v1/…` of a service's name, or a whole URL. */
export function resolveUrl(url: string, endpoints: Pick<Endpoints, (typeof NAMES)[number]>): string {
  if (/^https?:\/\//.test(url)) return url;
  const [name = '', ...path] = url.replace(/^\//, '').split('/');
  const service = NAMES.find((known) => known === name);
  if (!service)
    throw new Fault(`"${url}" is no URL and begins with no service's name (${NAMES.join(', ')}).`, EXAMPLES);
  return `${endpoints[service]}/${path.join('/')}`;
}

async function tokenOf(endpoints: Endpoints, name: string | undefined): Promise<string> {
  const client = name === undefined ? undefined : endpoints.clients[name];
  if (!client) {
    throw new Fault(
      `There is no client ${name ?? '(none named)'}.`,
      `Known: ${Object.keys(endpoints.clients).join(', ')}`,
    );
  }
  const response = await fetchOrFault(endpoints.tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!response.ok) throw new Fault(`No token for ${client.id}: ${await response.text()}`, 'npm run status');
  return ((await response.json()) as { access_token: string }).access_token;
}

async function fetchOrFault(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new Fault(`${url} does not answer${cause}.`, 'npm run status shows what runs; npm start starts it.');
  }
}

function pretty(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return text.endsWith('\n') || text === '' ? text : `${text}\n`;
  }
}
