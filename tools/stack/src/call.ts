import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readEndpoints } from './endpoints.js';
import { Fault } from './fault.js';

const USAGE = `npm run sekisho -- get URL --as CLIENT
    npm run sekisho -- post|put URL JSON|@FILE --as CLIENT
    npm run sekisho -- token CLIENT`;

/** `sekisho get URL --as CLIENT` and its siblings: a documented route, called as one of the demo clients. */
export async function call(root: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { as: { type: 'string' }, language: { type: 'string', default: 'en' } },
  });
  const [verb, subject, given] = positionals;
  const endpoints = readEndpoints(join(root, '.local'));
  if (!endpoints) throw new Fault('There is no .local/endpoints.json.', 'npm start makes it.');
  const name = verb === 'token' ? subject : values.as;
  const client = name === undefined ? undefined : endpoints.clients[name];
  if (!verb || !['get', 'post', 'put', 'token'].includes(verb) || !subject)
    throw new Fault('That is not a call.', USAGE);
  if (!client)
    throw new Fault(
      `There is no client ${name ?? '(none named)'}.`,
      `There are ${Object.keys(endpoints.clients).join(', ')}.`,
    );
  const token = await tokenOf(endpoints.tokenEndpoint, client);
  if (verb === 'token') {
    console.log(token);
    return;
  }
  const body = given?.startsWith('@') ? readFileSync(given.slice(1), 'utf8') : given;
  const response = await reach(subject, {
    method: verb.toUpperCase(),
    headers: {
      authorization: `Bearer ${token}`,
      'accept-language': values.language,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  console.log(
    response.headers.get('content-type')?.includes('json') ? JSON.stringify(JSON.parse(text), null, 2) : text,
  );
  if (!response.ok)
    throw new Fault(`${verb.toUpperCase()} ${subject} was answered ${response.status}.`, 'The answer above says why.');
}

async function tokenOf(endpoint: string, { id, secret }: { id: string; secret: string }): Promise<string> {
  const response = await reach(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!response.ok) throw new Fault(`The issuer answered ${response.status}.`, await response.text());
  return ((await response.json()) as { access_token: string }).access_token;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new Fault(`${url} cannot be reached.`, 'Is the stack running? npm run status says so.');
  }
}
