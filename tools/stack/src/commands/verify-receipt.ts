import { readFileSync } from 'node:fs';
import { receiptPayload } from '@sekisho/contracts';
import { digestOf, type JSONWebKeySet, KeySet, NotAuthentic, verify } from '@sekisho/signing';
import { z } from 'zod';
import { Fault } from '../fault.js';
import { filesIn } from '../layout.js';

export interface ReceiptOptions {
  /** File of the report as it was sent. */
  readonly report?: string | undefined;
  /** File of intake's published keys; the local stack's own unless named. */
  readonly keys?: string | undefined;
}

const HOW =
  'sekisho verify-receipt FILE [--report FILE] [--keys FILE]: an answer of intake or its bare receipt, the report as sent, and the keys as ' +
  'published at /.well-known/jwks.json.';
const answer = z.looseObject({
  receipt: z.string(),
  report: z.unknown().optional(),
  contactErasedAt: z.string().optional(),
});
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/**
 * Verifies a receipt without any service: that intake signed it, and that a report is the one that it was given for. Answers 0 where both
 * hold, 1 where one does not.
 */
export async function verifyReceipt(
  directory: string,
  file: string | undefined,
  options: ReceiptOptions,
): Promise<number> {
  if (file === undefined) throw new Fault('Which receipt?', HOW);
  const { receipt, report: shown, contactErasedAt } = receiptIn(read(file), file);
  const keys = publicKeys(options.keys ?? filesIn(directory).keys('incident-intake'));
  // Without its contact what is shown is not what was sent.
  const whole = contactErasedAt === undefined ? shown : undefined;
  const report = options.report === undefined ? whole : json(read(options.report), options.report);
  const found = await findings(receipt, keys, report, contactErasedAt);
  for (const { good, said } of found) process.stdout.write(`${good ? '✓' : '✗'} ${said}\n`);
  return found.every(({ good }) => good) ? 0 : 1;
}

/** What is to be said of a receipt, and of the report where there is one. */
export async function findings(
  receipt: string,
  keys: JSONWebKeySet,
  report: unknown,
  contactErasedAt?: string,
): Promise<{ readonly good: boolean; readonly said: string }[]> {
  let payload: z.infer<typeof receiptPayload>;
  try {
    payload = receiptPayload.parse(await verify(receipt, keys, 'sekisho-receipt+jws'));
  } catch (error) {
    if (!(error instanceof NotAuthentic)) throw error;
    return [{ good: false, said: `this receipt is not intake's: ${error.message}` }];
  }
  const { reportId, number, receivedAt, organisation, digest } = payload;
  const signed = {
    good: true,
    said: `intake received report ${number} (${reportId}) of ${organisation} at ${receivedAt}`,
  };
  if (report === undefined) {
    const erased = contactErasedAt === undefined ? '' : `whom to contact was erased at ${contactErasedAt}; `;
    return [signed, { good: true, said: `${erased}its content was ${digest}; with --report it is compared` }];
  }
  const same = digestOf(report) === digest;
  const said = same
    ? `the report is the one that was received: ${digest}`
    : `the report is another than the one that was received: ${digestOf(report)}, not ${digest}`;
  return [signed, { good: same, said }];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Fault(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, HOW);
  }
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Fault(`${file} is not JSON.`, HOW);
  }
}

function receiptIn(text: string, file: string): z.infer<typeof answer> {
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return { receipt: text };
  const parsed = answer.safeParse(json(text, file));
  if (!parsed.success) throw new Fault(`${file} holds no receipt.`, HOW);
  return parsed.data;
}

/** Of a file with private keys, too, only the public parts are used. */
function publicKeys(file: string): JSONWebKeySet {
  const parsed = keySet.safeParse(json(read(file), file));
  if (!parsed.success) throw new Fault(`${file} is no key set.`, HOW);
  return new KeySet((parsed.data as JSONWebKeySet).keys).publicKeys();
}
