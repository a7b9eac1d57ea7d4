import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Caller, type Endpoints, type Heard, recentIncidents, sender } from '@sekisho/demo';
import type { Memory } from './memory.js';

export interface Probed {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** Reports one incident once, whatever is away; undefined when nobody answered. */
export async function report(endpoints: Endpoints, memory: Pick<Memory, 'heard'>): Promise<Probed | undefined> {
  const incident = (await recentIncidents(Date.now(), `probe-${randomUUID().slice(0, 8)}`))[1]!;
  let heard: Heard | undefined;
  const call = new Caller(endpoints, {
    patience: 0,
    heard: (answer) => {
      heard = answer;
      memory.heard(answer);
    },
  });
  await call.call(sender(incident), 'POST', `${endpoints.intake}/v1/reports`, incident.report).catch(() => undefined);
  return heard && { status: heard.status, retryAfter: heard.headers.get('retry-after') };
}

/** Reports again and again until an answer is as wanted, for so long at most; what was heard last otherwise. */
export async function reportUntil(
  endpoints: Endpoints,
  memory: Pick<Memory, 'heard'>,
  milliseconds: number,
  wanted: (probed: Probed) => boolean,
): Promise<{ good: boolean; last: Probed | undefined }> {
  const end = Date.now() + milliseconds;
  let last: Probed | undefined;
  do {
    last = (await report(endpoints, memory)) ?? last;
    if (last && wanted(last)) return { good: true, last };
    await pause(300);
  } while (Date.now() < end);
  return { good: false, last };
}

export const isAccepted = ({ status }: Probed): boolean => status === 202;
export const saysLater = ({ status, retryAfter }: Probed): boolean => status === 503 && /^\d+$/.test(retryAfter ?? '');
