import { type Endpoints, readEndpoints } from './endpoints.js';
import { Fault } from './fault.js';

/** Where the stack of a state folder is to be called. */
export function endpointsIn(directory: string): Endpoints {
  const endpoints = readEndpoints(directory);
  if (!endpoints) throw new Fault('There is no stack to talk to: endpoints.json is missing.', 'Start one: npm start');
  return endpoints;
}

/** A token of the issuer for one of the stack's clients, by its name. */
export async function tokenOf(endpoints: Endpoints, name: string | undefined): Promise<string> {
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

/** The answer, whatever it is; a fault where there is none. */
export async function fetchOrFault(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new Fault(`${url} does not answer${cause}.`, 'npm run status shows what runs; npm start starts it.');
  }
}
