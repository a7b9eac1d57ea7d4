import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import type { Answer, Facts } from '@sekisho/guideline';
import { guidelines } from '@sekisho/guideline';
import { settleAll } from '@sekisho/guideline/test/settle-all';
import { caseSpaceOf } from '@sekisho/proof';
import { type TestIssuer, testIssuer } from '@sekisho/testing';
import { type ServiceProcesses, serviceProcesses } from './service-processes.js';

const PATIENCE = 600_000;
const AT_ONCE = 16;
/** A token lives for minutes. */
const CALLS_PER_TOKEN = 2_000;

/** Every so many-th case is asked, a prime number as cases come in threes, since all of them take two minutes; `SEKISHO_WHOLE_SPACE=1` has all. */
const STEP = process.env['SEKISHO_WHOLE_SPACE'] === '1' ? 1 : 7;

let issuer: TestIssuer;
let processes: ServiceProcesses;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  issuer = await testIssuer();
  processes = await serviceProcesses(issuer, issuer.issuers, ['classification']);
}, PATIENCE);
afterAll(async () => {
  agent.destroy();
  await processes?.stop();
  await issuer?.stop();
}, 60_000);

async function preview(guideline: string, facts: Facts, token: string): Promise<Answer> {
  const url = new URL('/v1/determination-previews', processes.urls.classification);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      const body = json(response) as Promise<Answer>;
      if (response.statusCode === 200) resolve(body);
      else reject(new Error(`answered ${response.statusCode}`));
    })
      .on('error', reject)
      .end(JSON.stringify({ guideline, facts }));
  });
}

/** The answer in the terms of the second reading, which shares nothing with what the service runs. */
const inItsTerms = ({ outcome, nscReview, execution, missingFacts, safeguards }: Answer) => ({
  outcome,
  ...nscReview,
  execution,
  missingFacts,
  safeguards,
});

it.each(guidelines.map(({ id }, at) => [id, at] as const))(
  'the preview of every case of %s is what its decision table says',
  async (id, at) => {
    const cases = caseSpaceOf(guidelines[at]!).all.filter((_, place) => place % STEP === 0);
    const analyst = { subject: 'aoki', person: 'aoki', organisation: 'org-nco', roles: ['analyst' as const] };
    let token = issuer.token(analyst);
    let next = 0;
    const caller = async (): Promise<void> => {
      while (next < cases.length) {
        if (next % CALLS_PER_TOKEN === 0) token = issuer.token(analyst);
        const facts = cases[next++]!;
        const said = inItsTerms(await preview(id, facts, await token));
        const expected = settleAll(id, facts);
        // Thousands of expectations would take longer than the calls.
        if (!isDeepStrictEqual(said, expected)) expect({ facts, said }).toEqual({ facts, said: expected });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, caller));
    expect(next).toBe(cases.length);
  },
  PATIENCE,
);
