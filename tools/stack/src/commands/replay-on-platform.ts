import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type ReplayBody, replayChangePage, replayView, type ReplayView } from '@sekisho/contracts';
import { fetchOrFault, tokenOf } from '../calling.js';
import type { Endpoints } from '../endpoints.js';
import { Fault } from '../fault.js';
import type { ReplayResult } from './replay-words.js';

const SHOWN = 20;
const ROUTE = '/v1/guideline-replays';

interface Asking {
  /** The client that asks. */
  readonly as: string;
  readonly language: 'en' | 'ja';
}

/** Has the platform replay its stored cases, shows how far it has come, and answers what was found. */
export async function replayOnPlatform(
  at: Endpoints,
  body: ReplayBody,
  { as, language }: Asking,
): Promise<ReplayResult> {
  const ask = async (path: string, accept: string, more: RequestInit = {}): Promise<Response> => {
    const headers = {
      accept: `${accept}, application/problem+json;q=0.5`,
      'accept-language': language,
      authorization: `Bearer ${await tokenOf(at, as)}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const response = await fetchOrFault(`${at.classification}${path}`, { ...more, headers });
    if (!response.ok) throw refusal(await response.text(), body);
    return response;
  };
  const started = await ask(ROUTE, 'application/json', { method: 'POST', body: JSON.stringify(body) });
  const { replayId } = replayView.parse(await started.json());
  const path = `${ROUTE}/${replayId}`;
  const view = await watched(await ask(`${path}/progress`, 'text/event-stream'));
  const page = await ask(`${path}/changes?limit=${SHOWN}`, 'application/json');
  return {
    ...view,
    changes: replayChangePage.parse(await page.json()).items,
    table: async () => (await ask(`${path}/changes.csv`, 'text/csv')).text(),
    picture: async () => (await ask(`${path}/diagram.svg`, 'image/svg+xml')).text(),
  };
}

/** The replay once it is finished; until then a line on standard error tells how far it has come. */
async function watched(response: Response): Promise<ReplayView> {
  const { isTTY } = process.stderr;
  let last: ReplayView | undefined;
  if (response.body !== null) {
    for await (const line of createInterface(Readable.fromWeb(response.body as ReadableStream))) {
      if (!line.startsWith('data: ')) continue;
      last = replayView.parse(JSON.parse(line.slice('data: '.length)));
      const { done, total } = last;
      if (isTTY) process.stderr.write(`\r\u001b[K${done} of ${total ?? '…'} cases`);
    }
  }
  if (isTTY) process.stderr.write('\r\u001b[K');
  if (last?.state === 'FINISHED') return last;
  throw new Fault(
    'The platform went before the replay was finished.',
    `It goes on with it by itself when it is up again (npm run status): sekisho get classification${ROUTE}/${last?.replayId ?? ''}.`,
  );
}

/** What the platform says against it; of a version that it does not know, how it comes to know a draft. */
function refusal(text: string, { from, to }: ReplayBody): Fault {
  let problem: { title?: string; detail?: string; errors?: { pointer: string; code: string; detail: string }[] };
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    return new Fault(`The platform refuses: ${text}`, 'npm run status shows what runs.');
  }
  const unknown = problem.errors?.find(({ code }) => code === 'unknown-guideline');
  if (unknown !== undefined) {
    return new Fault(
      `${unknown.pointer === '/from' ? from : to} ${unknown.detail}.`,
      'A platform knows a draft that it was started with: npm start -- --draft FILE. Without one: --facts FILE --draft FILE.',
    );
  }
  const faults = new Set(problem.errors?.map(({ pointer, detail }) => `${pointer}: ${detail}`));
  return new Fault(
    [problem.title ?? text, problem.detail, ...faults].filter(Boolean).join('; '),
    'Another client may be meant: --as CLIENT. Times are RFC 3339 with offset.',
  );
}
