import {
  dataschema,
  TOPIC_NAMES,
  TOPIC_PARTITIONS,
  TOPIC_RETENTION_MS,
  type TopicName,
  TOPICS,
} from '@sekisho/contracts';
import { z } from 'zod';

const HEADERS = {
  type: 'object',
  description: 'CloudEvents 1.0 in binary mode.',
  required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time'],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: { type: 'string', format: 'uuid', description: 'UUIDv7; an event that comes twice has the same.' },
    ce_source: { type: 'string', examples: ['/incident-intake'] },
    ce_type: { type: 'string', examples: ['report-submitted.v1'] },
    ce_subject: { type: 'string', description: 'Incident or report id, or the aggregate’s own.' },
    ce_time: { type: 'string', format: 'date-time' },
    ce_dataschema: { type: 'string' },
    'content-type': { const: 'application/json' },
    ce_sequence: { type: 'string', pattern: '^[0-9]{20}$', description: 'Per topic, without gaps.' },
    ce_correlationid: { type: 'string' },
    ce_causationid: { type: 'string' },
    ce_dependson: { type: 'string', description: '<topic>/<event id> that must have been taken in before.' },
    traceparent: { type: 'string' },
  },
};

/** The AsyncAPI 3 document of every topic, made from the catalogue and the contracts. */
export function asyncApi(): object {
  const messages: Record<string, object> = {};
  const channels: Record<string, object> = {};
  const operations: Record<string, object> = {};
  for (const name of TOPIC_NAMES) {
    const topic = TOPICS[name];
    const types = Object.keys(topic.events);
    for (const type of types) messages[`${name}:${type}`] = message(name, type);
    channels[name] = {
      address: name,
      description: `Written by ${topic.writer}; read by ${topic.readers.join(', ') || 'operators’ tools'}.`,
      messages: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${name}:${type}` }])),
      bindings: {
        kafka: {
          partitions: TOPIC_PARTITIONS,
          topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': TOPIC_RETENTION_MS },
        },
      },
    };
    const channel = { $ref: `#/channels/${name}` };
    operations[`${topic.writer}:send:${name}`] = { action: 'send', channel };
    for (const reader of topic.readers) operations[`${reader}:receive:${name}`] = { action: 'receive', channel };
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Sekisho', version: '0.1.0', license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: { messages, messageTraits: { cloudEvent: { headers: HEADERS } } },
  };
}

function message(topic: TopicName, type: string): object {
  const schemas = TOPICS[topic].events as Record<string, z.ZodType>;
  return {
    name: type,
    contentType: 'application/json',
    traits: TOPICS[topic].numbered ? [{ $ref: '#/components/messageTraits/cloudEvent' }] : [],
    // Readers tolerate what a later release adds: the input form, open to more fields.
    payload: { ...z.toJSONSchema(schemas[type]!, { io: 'input', unrepresentable: 'any' }), $id: dataschema(type) },
  };
}
