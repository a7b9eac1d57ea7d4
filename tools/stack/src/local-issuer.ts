import { ROLES, SERVICES } from '@sekisho/contracts';
import { join } from 'node:path';
import { type Child, startChild, waitUntilReady } from './child.js';
import { ALL_CLIENTS } from './clients.js';
import type { IssuerConfiguration } from './issuer.js';
import { writeJson } from './json-file.js';
import { loadKeys } from './keys.js';
import { filesIn } from './layout.js';
import { plainEnvironment } from './plain-environment.js';

export interface LocalIssuer {
  url: string;
  tokenEndpoint: string;
  /** Value of SEKISHO_ISSUERS: one issuer that may vouch for everyone, as only a demonstration's may. */
  issuers: string;
}

export interface LocalIssuerOptions {
  directory: string;
  port: number;
  secrets: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
  started?: ((child: Child) => void) | undefined;
}

/** Starts the local OpenID issuer with the demonstration's clients. */
export async function startIssuer({ directory, port, secrets, ...rest }: LocalIssuerOptions): Promise<LocalIssuer> {
  const files = filesIn(directory);
  const url = `http://127.0.0.1:${port}`;
  const { keys } = await loadKeys(directory, 'issuer');
  const configuration: IssuerConfiguration = {
    issuer: url,
    port,
    audiences: SERVICES,
    clients: Object.fromEntries(
      Object.entries(ALL_CLIENTS).map(([id, claims]) => [id, { ...claims, secret: secrets[id]! }]),
    ),
    jwks: { keys: keys.filter((key) => key.use === 'sig') },
  };
  writeJson(files.issuer, configuration);
  const child = await startChild({
    name: 'issuer',
    command: process.execPath,
    args: [join(import.meta.dirname, 'issuer-process.js'), files.issuer],
    env: plainEnvironment(directory),
    log: files.log('issuer'),
    started: rest.started,
  });
  await waitUntilReady(child, () => responds(`${url}/jwks`), { signal: rest.signal });
  const trusted = {
    issuer: url,
    jwksUri: `${url}/jwks`,
    audience: [],
    roles: ROLES,
    organisations: '*',
    persons: true,
  };
  return { url, tokenEndpoint: `${url}/token`, issuers: JSON.stringify([trusted]) };
}

/** Whether a GET is answered with success. */
export async function responds(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
