import { type Topic, type TopicName, TOPICS } from '@sekisho/contracts';
import type { z } from 'zod';
import type { ReceivedEvent } from './event.js';
import { type Fault, faultOf } from './failure.js';
import { type Inbound, placeOf } from './inbound.js';
import { isStorable, storable } from './storable.js';

/** What is known of a message even if it cannot be read. */
export interface Identity {
  readonly eventId: string | null;
  readonly type: string | null;
  readonly dependsOn: string | null;
}

export type Decoded = Identity &
  ({ readonly event: ReceivedEvent; readonly fault?: never } | { readonly event?: never; readonly fault: Fault });

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SEQUENCE = /^\d{20}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const DEPENDENCY = /^[a-z0-9.-]+\/.+$/;
const FAULTS = 10;
const ATTRIBUTE_LENGTH = 512;

/**
 * A message as the event that its topic's contract says it is, or why it is none. The value is checked only where `matters` says so:
 * what no handler takes need not be understood. A fault names fields and rules, never values.
 */
export function decode(message: Inbound, matters: (type: string) => boolean): Decoded {
  try {
    const contract: Topic = TOPICS[message.topic as TopicName];
    return contract.numbered ? decodeOurs(contract, message, matters) : decodeReturn(contract, message, matters);
  } catch (error) {
    // Nothing that somebody sends may stop the consumer: a document nested too deep ends here.
    return {
      eventId: null,
      type: null,
      dependsOn: null,
      fault: faultOf(`cannot be read: ${error instanceof Error ? error.name : 'error'}`),
    };
  }
}

function decodeOurs(contract: Topic, message: Inbound, matters: (type: string) => boolean): Decoded {
  const { headers } = message;
  const header = (name: string): string | undefined => (Object.hasOwn(headers, name) ? headers[name] : undefined);
  const id = header('ce_id')?.toLowerCase();
  const type = header('ce_type');
  const dependsOn = header('ce_dependson');
  // Our relay numbers everything; what comes without a number is taken in, and its absence is on record.
  const sequence = header('ce_sequence');
  const identity: Identity = {
    eventId: id !== undefined && UUID.test(id) ? id : null,
    type: type === undefined ? null : storable(type, 200),
    dependsOn: dependsOn === undefined ? null : storable(dependsOn, ATTRIBUTE_LENGTH),
  };
  const faults = Object.entries({
    ce_specversion: header('ce_specversion') === '1.0',
    ce_id: identity.eventId !== null,
    ce_source: header('ce_source') === `/${contract.writer}`,
    ce_type: Boolean(type),
    ce_subject: within(header('ce_subject')),
    ce_time: INSTANT.test(header('ce_time') ?? ''),
    ce_sequence: sequence === undefined || SEQUENCE.test(sequence),
    ce_correlationid: within(header('ce_correlationid')),
    ce_causationid: header('ce_causationid') === undefined || within(header('ce_causationid')),
    ce_dependson: dependsOn === undefined || (within(dependsOn) && DEPENDENCY.test(dependsOn)),
    'content-type': /^application\/json(?:$|\s*;)/.test(header('content-type') ?? ''),
    key: message.key !== placeOf(message),
  }).flatMap(([name, good]) => (good ? [] : [name]));
  if (faults.length > 0) return { ...identity, fault: faultOf(`missing or wrong: ${faults.join(', ')}`) };
  const value = read(contract, type!, message.value, matters);
  if ('fault' in value) return { ...identity, fault: faultOf(value.fault) };
  const event: ReceivedEvent = {
    id: id!,
    source: header('ce_source')!,
    type: type!,
    subject: header('ce_subject')!,
    time: header('ce_time')!,
    topic: message.topic,
    key: message.key,
    ...(sequence !== undefined && { sequence: BigInt(sequence) }),
    correlationId: header('ce_correlationid')!,
    ...optional('causationId', header('ce_causationid')),
    ...optional('dependsOn', dependsOn),
    ...optional('traceparent', header('traceparent')),
    partition: message.partition,
    offset: message.offset,
    ...value,
  };
  return { ...identity, event };
}

/** An agency needs no `ce_` headers, and none is believed: what it sends is known by its place until its signature is verified. */
function decodeReturn(contract: Topic, message: Inbound, matters: (type: string) => boolean): Decoded {
  const id = placeOf(message);
  const [type] = Object.keys(contract.events) as [string];
  const identity: Identity = { eventId: id, type, dependsOn: null };
  const value = read(contract, type, message.value, matters);
  if ('fault' in value) return { ...identity, fault: faultOf(value.fault) };
  const { topic, partition, offset, key } = message;
  const time = new Date(0).toISOString();
  const origin = { id, source: `/${contract.writer}`, type, subject: '', time, topic, key, correlationId: id };
  return { ...identity, event: { ...origin, partition, offset, ...value } };
}

// One for all: making one costs as much as the rest of the decoding.
const UTF8 = new TextDecoder('utf-8', { fatal: true });

type Value = { readonly data: unknown; readonly text: string } | { readonly fault: string };

function read(contract: Topic, type: string, value: Buffer | null, matters: (type: string) => boolean): Value {
  const schema: z.ZodType | undefined = Object.hasOwn(contract.events, type) ? contract.events[type] : undefined;
  if (schema === undefined) return { fault: 'a type that the topic does not have' };
  if (value === null) return { fault: 'has no value' };
  let text: string;
  let json: unknown;
  try {
    text = UTF8.decode(value);
    json = JSON.parse(text);
  } catch {
    return { fault: 'the value is not JSON in UTF-8' };
  }
  if (!matters(type)) return { data: json, text };
  if (!isStorable(json)) return { fault: 'the value holds U+0000 or a lone surrogate' };
  const checked = schema.safeParse(json);
  if (checked.success) return { data: checked.data, text };
  const faults = checked.error.issues
    .slice(0, FAULTS)
    .map(({ path, code }) => `/${path.map(String).join('/')} ${code}`);
  return { fault: storable(`against its contract: ${faults.join(', ')}`, 1_000) };
}

const within = (value: string | undefined): boolean =>
  value !== undefined && value.length > 0 && value.length <= ATTRIBUTE_LENGTH;

const optional = <Name extends string>(name: Name, value: string | undefined): { [K in Name]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { [K in Name]?: string };

/** Topic and event id of a dependency, `<topic>/<event id>`. */
export function dependencyOf(dependsOn: string): { topic: string; eventId: string } {
  const cut = dependsOn.indexOf('/');
  return { topic: dependsOn.slice(0, cut), eventId: dependsOn.slice(cut + 1) };
}
