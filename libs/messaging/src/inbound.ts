import { createHash } from 'node:crypto';
import type { IncomingMessage } from './kafka.js';
import { isStorable } from './storable.js';

/**
 * A message in a form that can be stored whatever is in it, so that it can be tried again from its row as if it had just come. Nothing
 * in it has been checked.
 */
export interface Inbound {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** The message's key; its place, where it has none: then it holds up nothing but itself. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer | null;
}

/** An index entry must stay under 2.7 KB, and what sets a key apart must be kept. */
const KEY_LENGTH = 512;

export const placeOf = ({ topic, partition, offset }: Pick<Inbound, 'topic' | 'partition' | 'offset'>): string =>
  `${topic}/${partition}/${offset}`;

export function inbound(message: IncomingMessage): Inbound {
  const { topic, partition, offset, value } = message;
  const headers = Object.entries(message.headers).map(([name, values]) => {
    // A header that comes twice has no meaning; so written it passes for none of ours.
    const texts = values.map((one) => textOf(one) ?? `base64:${one.toString('base64')}`);
    return [
      isStorable(name) ? name : encodeURIComponent(name.toWellFormed()),
      texts.length === 1 ? texts[0]! : JSON.stringify(texts),
    ];
  });
  return {
    topic,
    partition,
    offset,
    key: keyOf(message),
    headers: Object.fromEntries(headers) as Record<string, string>,
    value,
  };
}

function keyOf(message: IncomingMessage): string {
  const { key } = message;
  if (key === null || key.length === 0) return placeOf(message);
  const text = textOf(key);
  if (text !== undefined && text.length <= KEY_LENGTH) return text;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for what is not storable text. */
function textOf(bytes: Buffer): string | undefined {
  try {
    const text = utf8.decode(bytes);
    return isStorable(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
