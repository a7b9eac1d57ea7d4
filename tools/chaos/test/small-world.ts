import { type Service, SERVICES, TOPIC_NAMES, type TopicName, TOPICS } from '@sekisho/contracts';
import { READS } from '../src/checker/inboxes.js';
import type { Report, Row, World } from '../src/checker/world.js';
import { batched, happened } from './small-case.js';
import { smallReport } from './small-report.js';

/** A world as the checks get it, in which a fault may be planted. */
export type Plantable<Part> =
  Part extends ReadonlyMap<infer Key, infer Value>
    ? Map<Key, Plantable<Value>>
    : Part extends object
      ? { -readonly [Name in keyof Part]: Plantable<Part[Name]> }
      : Part;
export type SmallWorld = Plantable<World>;
export type SmallMessage = Plantable<World['topics']> extends Map<TopicName, (infer One)[]> ? One : never;

export const LATER = '2026-11-25T02:00:00+00:00';

/** Tables that the checks read, besides those that every service has. */
const TABLES: Readonly<Record<Service, readonly string[]>> = {
  'incident-intake': ['report', 'report_revision', 'report_withdrawal', 'report_reading'],
  classification: ['incident', 'incident_report', 'claim', 'scope', 'confirmation'],
  'nsc-scheduling': [
    ...['review', 'review_supersession', 'meeting_plan', 'booking', 'attendance'],
    ...['decision', 'decision_confirmation', 'decision_withdrawal', 'decision_withdrawal_confirmation'],
  ],
  'agency-tasking': [
    ...['confirmed_scope', 'later_facts', 'scope_lapse', 'fact_contest', 'fact_contest_settlement'],
    ...['evidence', 'evidence_confirmation', 'commission_request', 'agency_return'],
    ...['tasking_order', 'order_basis', 'order_part', 'order_change', 'order_step'],
  ],
  'oversight-reporting': ['ruling', 'ruling_confirmation', 'recorded_event'],
};
const EVERYWHERE = ['outbox', 'inbox', 'idempotency', 'parked', 'parked_change'];

/** Two cases and what became of them, without a fault: a new one each time, as the checks remember what they have read of a world. */
export function smallWorld(): SmallWorld {
  const databases = SERVICES.map((service) => {
    const tables = Object.fromEntries([...EVERYWHERE, ...TABLES[service]].map((name) => [name, [] as Row[]]));
    const rules = [`${service} outbox_id_unique UNIQUE (id)`, `${service} inbox_pkey PRIMARY KEY (topic, event_id)`];
    return [service, { tables, rules, rulesAsMade: [...rules] }] as const;
  });
  const world: SmallWorld = {
    answers: [],
    returns: [],
    lines: [],
    delivered: [],
    observations: [{ what: 'a report while Kafka is down is accepted', good: true, detail: 'it was answered 202' }],
    unsettled: [],
    databases: Object.fromEntries(databases) as SmallWorld['databases'],
    topics: new Map(TOPIC_NAMES.map((name) => [name, []])),
    report: smallReport() as Plantable<Report>,
  };
  const chronicle = new Chronicle(world);
  happened(chronicle);
  batched(chronicle);
  onTheWay(chronicle);
  return world;
}

/** What faults may do: a message that waited, a client that was told to come later. */
function onTheWay(says: Chronicle): void {
  const waited = { topic: 'nsc.reviews.v1', event_id: 'nsc.reviews#7', state: 'DONE', error: null };
  says.stored('agency-tasking', 'parked', waited);
  says.stored('agency-tasking', 'parked_change', { version: 1, state: 'WAITING' }, { version: 2, state: 'DONE' });
  says.world.answers.push({
    ...{ client: 'somebody', method: 'POST', url: 'http://127.0.0.1:8080/v1/reports', body: null },
    ...({ service: 'incident-intake', status: 503, retryAfter: '2', at: 0 } as const),
  });
}

export const table = (world: SmallWorld, service: Service, name: string): Plantable<Row>[] =>
  world.databases[service].tables[name]!;
export const messages = (world: SmallWorld, topic: TopicName): SmallMessage[] => world.topics.get(topic)!;

/** Writes down what happens in all the places in which a platform without faults keeps it. */
export class Chronicle {
  private keys = 0;

  constructor(readonly world: SmallWorld) {}

  stored(service: Service, name: string, ...rows: Row[]): void {
    table(this.world, service, name).push(...rows);
  }

  /** A write of a client: answered, kept under its key, and what it made. */
  wrote(service: Service, route: string, body: Row, [name, row]: [string, Row], status = 201): void {
    const [method, path] = route.split(' ') as [string, string];
    const url = `http://127.0.0.1:8080${path}`;
    this.keys += 1;
    this.world.answers.push({
      client: 'somebody',
      method,
      url,
      service,
      status,
      body,
      retryAfter: null,
      at: this.keys,
    });
    const kept = { organisation_id: 'org-1', principal: 'somebody', route, key: `key-${this.keys}` };
    this.stored(service, 'idempotency', { ...kept, status, body: JSON.stringify(body) });
    this.stored(service, name, row);
  }

  /** An event of ours, from its writer's outbox to its readers. Answers its id. */
  published(topic: TopicName, type: string, key: string, data: Row): string {
    const outbox = table(this.world, TOPICS[topic].writer as Service, 'outbox');
    const sequence = messages(this.world, topic).length + 1;
    const id = `${topic.split('.').slice(0, 2).join('.')}#${sequence}`;
    const value = JSON.stringify(data);
    outbox.push({ id, topic, key, sequence, position: outbox.length + 1, data: value, sent_at: LATER });
    const headers = { ce_id: id, ce_type: `${type}.v1`, ce_sequence: String(sequence).padStart(20, '0') };
    this.lies(topic, key, value, headers);
    this.taken(topic, { event_id: id, type: `${type}.v1`, key, sequence }, data);
    return id;
  }

  /** An event to the agency, which its client opens. */
  told(agency: 'npa' | 'sdf', type: string, incidentId: string, orderId: string): void {
    const id = this.published(`tasking.${agency}.v1`, type, incidentId, { sealed: `${type} ${orderId}` });
    this.world.delivered.push({ agency, id, type: `${type}.v1`, incidentId, orderId });
  }

  /** A return of the agency: acknowledged by the broker, judged, and stored where it is accepted. */
  returned(agency: 'npa' | 'sdf', kind: string, orderId: string, incidentId: string, accepted = true): void {
    const topic: TopicName = `agency.${agency}.v1`;
    const payload = { orderId, kind, serversTouched: kind === 'STOPPED' ? ['s1'] : [] };
    const jws = `head.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.signature`;
    const offset = this.lies(topic, orderId, JSON.stringify({ return: jws }), {});
    this.world.returns.push({ agency, orderId, kind });
    this.taken(topic, { event_id: `${topic}/0/${offset}`, type: 'return-submitted.v1', key: orderId }, { return: jws });
    this.published('tasking.decisions.v1', 'return-recorded', incidentId, { orderId, agency, jws, payload, accepted });
    if (accepted) this.stored('agency-tasking', 'agency_return', { agency, order_id: orderId, kind, jws });
  }

  private lies(topic: TopicName, key: string, value: string, headers: Record<string, string>): string {
    const all = messages(this.world, topic);
    const offset = String(all.length);
    all.push({ topic, partition: 0, offset, key, value, headers });
    return offset;
  }

  private taken(topic: TopicName, event: Row, data: Row): void {
    for (const service of SERVICES) {
      if (READS[service].includes(topic)) this.stored(service, 'inbox', { topic, ...event });
    }
    if (READS['oversight-reporting'].includes(topic)) {
      const recorded = JSON.parse(JSON.stringify(data)) as Row;
      this.stored('oversight-reporting', 'recorded_event', { topic, ...event, data: recorded });
    }
  }
}
