import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { endpointsIn, fetchOrFault, tokenOf } from '../calling.js';
import type { Endpoints } from '../endpoints.js';
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
  const endpoints = endpointsIn(directory);
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

function pretty(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return text.endsWith('\n') || text === '' ? text : `${text}\n`;
  }
}
