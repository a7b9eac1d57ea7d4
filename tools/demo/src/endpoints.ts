import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const client = z.object({ id: z.string(), secret: z.string(), roles: z.array(z.string()), organisation: z.string() });

/** What `.local/endpoints.json` tells other programs: all that the demonstration knows of the platform. */
const endpoints = z.object({
  intake: z.string(),
  classification: z.string(),
  scheduling: z.string(),
  tasking: z.string(),
  oversight: z.string(),
  tokenEndpoint: z.string(),
  jwks: z.object({ receipts: z.string(), orders: z.string() }),
  kafka: z.object({
    brokers: z.array(z.string()),
    mechanism: z.literal('scram-sha-512'),
    ca: z.string(),
    users: z.record(z.string(), z.string()),
  }),
  agencyKeys: z.record(z.string(), z.string()),
  clients: z.record(z.string(), client),
});

export type Endpoints = z.infer<typeof endpoints>;

export async function readEndpoints(path: string): Promise<Endpoints> {
  return endpoints.parse(JSON.parse(await readFile(path, 'utf8')));
}
