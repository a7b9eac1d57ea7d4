import { SERVICES } from '@sekisho/contracts';
import { type TestIssuer, testIssuer } from '@sekisho/testing';
import fc from 'fast-check';
import { Document } from './fuzz/document.js';
import { complaints } from './fuzz/judge.js';
import { type FuzzRequest, requestsFor } from './fuzz/requests.js';
import { Known, Sender } from './fuzz/sender.js';
import { permittedRoutes } from './permissions-page.js';
import { type ServiceProcesses, serviceProcesses } from './service-processes.js';

const REQUESTS_PER_SERVICE = Number(process.env['SEKISHO_FUZZ_REQUESTS'] ?? 300);
/** Every run says its own; with it the same requests come again. */
const SEED = Number(process.env['SEKISHO_FUZZ_SEED'] ?? Date.now() % 1_000_000_000);

let processes: ServiceProcesses;
let issuer: TestIssuer;
let stranger: TestIssuer;
const known = new Known();

beforeAll(async () => {
  console.info(`SEKISHO_FUZZ_SEED=${SEED}`);
  [issuer, stranger] = await Promise.all([testIssuer(), testIssuer()]);
  processes = await serviceProcesses(issuer, issuer.issuers);
}, 180_000);
afterAll(async () => {
  await processes?.stop();
  await Promise.all([issuer?.stop(), stranger?.stop()]);
}, 60_000);

const shown = ({ operation: { method, path }, caller, parameters, type, body }: FuzzRequest): string => {
  const sent = body && ('json' in body ? JSON.stringify(body.json) : Buffer.from(body.raw).toString('latin1'));
  return `${method} ${path} ${caller} ${JSON.stringify(parameters)} ${type ?? ''} ${sent?.slice(0, 2_000) ?? ''}`;
};

describe('whatever is asked', () => {
  it.each(SERVICES)(
    '%s answers as its document says',
    async (service) => {
      const url = processes.urls[service];
      const document = new Document((await (await fetch(`${url}/openapi.json`)).json()) as object);
      const routes = permittedRoutes().filter((route) => route.service === service);
      const sender = new Sender(
        url,
        issuer,
        stranger,
        (method, path) => {
          const found = routes.find(
            (route) => route.method === method && route.path.replaceAll(/:(\w+)/g, '{$1}') === path,
          );
          if (!found || found.roles === 'everyone') throw new Error(`${method} ${path} is not in the matrix`);
          return found.roles;
        },
        known,
      );
      const rounds = Math.ceil(REQUESTS_PER_SERVICE / document.operations.length);
      const samples = document.operations.map((each) =>
        fc.sample(requestsFor(document, each), { numRuns: rounds, seed: SEED }),
      );
      const wrong: string[] = [];
      const statuses = new Map<number, number>();
      for (let round = 0; round < rounds; round += 1) {
        await Promise.all(
          samples.map(async (sample) => {
            const request = sample[round]!;
            const answered = await sender.send(request);
            statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1);
            wrong.push(...complaints(document, request, answered).map((each) => `${shown(request)}\n  ${each}`));
          }),
        );
      }
      expect({ SEED, wrong }).toEqual({ SEED, wrong: [] });
      // It has come to something: not everything was refused at the door.
      expect([...statuses].filter(([, count]) => count > 3).map(([status]) => status)).toEqual(
        expect.arrayContaining([200, 400, 404]),
      );
    },
    600_000,
  );
});
