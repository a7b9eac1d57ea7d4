import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AGENCIES, type KafkaPrincipal, SERVICES, TOPIC_NAMES, TOPICS, type TopicName } from '@sekisho/contracts';
import kafkajs from 'kafkajs';
import { readInfrastructure } from '../src/infrastructure.js';
import { kafkaClient } from '../src/kafka-client.js';
import { client, type Outcome, outcomeOf, reads, writes } from './kafka-tries.js';

const PRINCIPALS: readonly KafkaPrincipal[] = [...SERVICES, ...AGENCIES];
const PATIENCE = 120_000;

const mayRead = (user: KafkaPrincipal, topic: TopicName): boolean =>
  (TOPICS[topic].readers as readonly string[]).includes(user);
const grantedIf = (allowed: boolean): Outcome => (allowed ? 'granted' : 'refused');

/** What came of each pair, for all principals at once; each walks its own list in turn. */
async function walk<Item>(
  items: (user: KafkaPrincipal) => readonly Item[],
  attempt: (user: KafkaPrincipal, item: Item) => Promise<Outcome>,
): Promise<Record<string, Outcome>> {
  const rows = await Promise.all(
    PRINCIPALS.map(async (user) => {
      const row: [string, Outcome][] = [];
      for (const item of items(user)) row.push([`${user} ${String(item)}`, await attempt(user, item)]);
      return row;
    }),
  );
  return Object.fromEntries(rows.flat());
}

const expected = <Item>(
  items: (user: KafkaPrincipal) => readonly Item[],
  allowed: (user: KafkaPrincipal, item: Item) => boolean,
): Record<string, Outcome> =>
  Object.fromEntries(
    PRINCIPALS.flatMap((user) =>
      items(user).map((item) => [`${user} ${String(item)}`, grantedIf(allowed(user, item))]),
    ),
  );

describe('the broker, asked with each principal’s real credentials', () => {
  it(
    'takes events on each topic from its writer alone',
    async () => {
      const rows = await Promise.all(PRINCIPALS.map(async (user) => [user, await writes(user, TOPIC_NAMES)] as const));
      const found = Object.fromEntries(
        rows.flatMap(([user, outcomes]) => [...outcomes].map(([topic, outcome]) => [`${user} ${topic}`, outcome])),
      );
      expect(found).toEqual(
        expected(
          () => TOPIC_NAMES,
          (user, topic) => TOPICS[topic].writer === user,
        ),
      );
    },
    PATIENCE,
  );

  it(
    'gives events of each topic to its readers alone',
    async () => {
      const found = await walk(
        () => TOPIC_NAMES,
        (user, topic) => reads(user, `${user}.${randomUUID()}`, topic),
      );
      expect(found).toEqual(expected(() => TOPIC_NAMES, mayRead));
    },
    PATIENCE,
  );

  it(
    'lets each use consumer groups of its own name alone',
    async () => {
      const run = randomUUID();
      const groups = () => [...PRINCIPALS.flatMap((name) => [`${name}.${run}`, `x-${name}.${run}`]), run];
      // Whoever reads nothing may at least see what it writes, and so comes as far as the group.
      const topicOf = (user: KafkaPrincipal) =>
        TOPIC_NAMES.find((topic) => mayRead(user, topic)) ??
        TOPIC_NAMES.find((topic) => TOPICS[topic].writer === user)!;
      const foreign = (user: KafkaPrincipal) => groups().filter((group) => !group.startsWith(user));
      // Of a group that it may not see, kafkajs says only that it found no coordinator.
      const inGroup = async (user: KafkaPrincipal, group: string): Promise<Outcome> => {
        const outcome = await reads(user, group, topicOf(user));
        return /group coordinator/i.test(outcome) ? 'refused' : outcome;
      };
      expect(await walk(foreign, inGroup)).toEqual(expected(foreign, () => false));
      // A service's group has its name and no more, or a point: another service's name may begin with its own.
      expect(await inGroup('classification', `classification-${run}`)).toBe('refused');
      expect(await inGroup('agency-npa', `agency-npa-${run}`)).toBe('granted');
    },
    PATIENCE,
  );

  it(
    'is administered by the provisioner alone',
    async () => {
      const acl = {
        principal: 'User:agency-npa',
        host: '*',
        operation: kafkajs.AclOperationTypes.READ,
        permissionType: kafkajs.AclPermissionTypes.ALLOW,
        resourceType: kafkajs.AclResourceTypes.TOPIC,
        resourceName: 'tasking.sdf.v1',
        resourcePatternType: kafkajs.ResourcePatternTypes.LITERAL,
      };
      const own = (user: KafkaPrincipal) => TOPIC_NAMES.find((topic) => TOPICS[topic].writer === user)!;
      const config = (name: string) => [
        { type: kafkajs.ConfigResourceTypes.TOPIC, name, configEntries: [{ name: 'retention.ms', value: '1' }] },
      ];
      const acts: Record<string, (admin: kafkajs.Admin, user: KafkaPrincipal) => Promise<unknown>> = {
        'makes a topic': (admin, user) =>
          admin.createTopics({ waitForLeaders: false, topics: [{ topic: `${user}-${randomUUID()}` }] }),
        'deletes its topic': (admin, user) => admin.deleteTopics({ topics: [own(user)], timeout: 2_000 }),
        'empties its topic': (admin, user) =>
          admin.deleteTopicRecords({ topic: own(user), partitions: [{ partition: 0, offset: '-1' }] }),
        'changes its topic': (admin, user) => admin.alterConfigs({ validateOnly: true, resources: config(own(user)) }),
        'widens its topic': (admin, user) =>
          admin.createPartitions({ validateOnly: true, topicPartitions: [{ topic: own(user), count: 13 }] }),
        'makes an ACL': (admin) => admin.createAcls({ acl: [acl] }),
        'deletes an ACL': (admin) => admin.deleteAcls({ filters: [{ ...acl, resourceName: `none-${randomUUID()}` }] }),
        'reads the ACLs': (admin) => admin.describeAcls(acl),
      };
      const admins = new Map(PRINCIPALS.map((user) => [user, client(user).admin({ retry: { retries: 0 } })]));
      for (const admin of admins.values()) await admin.connect();
      const found = await walk(
        () => Object.keys(acts),
        (user, act) => outcomeOf(() => acts[act]!(admins.get(user)!, user)),
      );
      for (const admin of admins.values()) await admin.disconnect();
      expect(found).toEqual(
        expected(
          () => Object.keys(acts),
          () => false,
        ),
      );

      const provisioner = client('provisioner').admin();
      await provisioner.connect();
      const topic = `made-${randomUUID()}`;
      expect(await outcomeOf(() => provisioner.createTopics({ waitForLeaders: true, topics: [{ topic }] }))).toBe(
        'granted',
      );
      expect(await outcomeOf(() => provisioner.deleteTopics({ topics: [topic] }))).toBe('granted');
      await provisioner.disconnect();
    },
    PATIENCE,
  );

  it('makes no topic by its being used, not even for the provisioner', async () => {
    const topic = `unheard-of-${randomUUID()}`;
    expect((await writes('provisioner', [topic])).get(topic)).not.toBe('granted');
  });

  it(
    'lets nobody in without the right password, over TLS, by SCRAM',
    async () => {
      const { brokers, ca, users } = readInfrastructure().kafka;
      const password = users['agency-npa']!;
      const connects = (kafka: kafkajs.Kafka) =>
        outcomeOf(async () => {
          const admin = kafka.admin({ retry: { retries: 0 } });
          try {
            await admin.connect();
            await admin.listTopics();
          } finally {
            await admin.disconnect();
          }
        });
      const open = {
        clientId: 'x',
        brokers,
        logLevel: kafkajs.logLevel.NOTHING,
        connectionTimeout: 2_000,
        requestTimeout: 2_000,
      };
      const scram = { mechanism: 'scram-sha-512', username: 'agency-npa', password } as const;
      const ssl = { ca: [readFileSync(ca, 'utf8')] };
      expect(await connects(kafkaClient({ brokers, ca, username: 'agency-npa', password }))).toBe('granted');
      const others: Record<string, kafkajs.Kafka> = {
        'another’s password': kafkaClient({ brokers, ca, username: 'agency-npa', password: users['agency-sdf']! }),
        'an empty password': kafkaClient({ brokers, ca, username: 'agency-npa', password: '' }),
        'nobody that there is': kafkaClient({ brokers, ca, username: 'agency-xyz', password }),
        'no TLS': new kafkajs.Kafka({ ...open, ssl: false, sasl: scram }),
        'no TLS and no name': new kafkajs.Kafka({ ...open, ssl: false }),
        'no name': new kafkajs.Kafka({ ...open, ssl }),
        'the password in plain': new kafkajs.Kafka({ ...open, ssl, sasl: { ...scram, mechanism: 'plain' } }),
        'another SCRAM': new kafkajs.Kafka({ ...open, ssl, sasl: { ...scram, mechanism: 'scram-sha-256' } }),
        'a broker that only the system would trust': kafkaClient({ brokers, username: 'agency-npa', password }),
      };
      const outcomes = await Promise.all(
        Object.entries(others).map(async ([how, kafka]) => [how, await connects(kafka)] as const),
      );
      expect(outcomes.filter(([, outcome]) => outcome === 'granted')).toEqual([]);
    },
    PATIENCE,
  );
});
