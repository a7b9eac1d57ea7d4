import { existsSync } from 'node:fs';
import { AGENCIES, type AgencyPrincipal, SERVICES } from '@sekisho/contracts';
import { generateKeySet, type JSONWebKeySet, KeySet } from '@sekisho/signing';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.js';
import { filesIn } from './layout.js';

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/** One party's private keys, made the first time. */
export async function loadKeys(directory: string, name: string): Promise<JSONWebKeySet> {
  const file = filesIn(directory).keys(name);
  if (!existsSync(file)) writeJson(file, await generateKeySet());
  return readJson(file, keySet) as JSONWebKeySet;
}

/** Keys of every service and agency. Answers the agencies' public ones, as `SEKISHO_AGENCIES` wants them. */
export async function prepareKeys(directory: string): Promise<Record<string, { jwks: JSONWebKeySet }>> {
  for (const service of SERVICES) await loadKeys(directory, service);
  const agencies: [string, { jwks: JSONWebKeySet }][] = [];
  for (const agency of AGENCIES) {
    const { keys } = await loadKeys(directory, agency);
    agencies.push([shortName(agency), { jwks: new KeySet(keys).publicKeys() }]);
  }
  return Object.fromEntries(agencies);
}

const shortName = (agency: AgencyPrincipal) => agency.replace('agency-', '');
