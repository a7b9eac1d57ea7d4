import { AGENCIES, SERVICES, TOPICS, TOPIC_PARTITIONS, TOPIC_RETENTION_MS, type Topic } from '@sekisho/contracts';
import kafkajs, { type AclEntry, type AclOperationTypes, type AclResourceTypes, type Admin, type Kafka } from 'kafkajs';

export interface TopicSettings {
  partitions?: number;
  replication?: number;
  minInSyncReplicas?: number;
}

type Catalogue = Readonly<Record<string, Pick<Topic, 'writer' | 'readers'>>>;

const allow = (
  principal: string,
  resourceType: AclResourceTypes,
  resourceName: string,
  operation: AclOperationTypes,
  resourcePatternType = kafkajs.ResourcePatternTypes.LITERAL,
): AclEntry => ({
  principal: `User:${principal}`,
  host: '*',
  permissionType: kafkajs.AclPermissionTypes.ALLOW,
  resourceType,
  resourceName,
  resourcePatternType,
  operation,
});

/** Exactly what the catalogue says: who writes a topic writes it, who reads it reads it, in groups of its own name. */
export function aclsOf(catalogue: Catalogue, services: readonly string[], agencies: readonly string[]): AclEntry[] {
  const { TOPIC, GROUP, CLUSTER } = kafkajs.AclResourceTypes;
  const { READ, WRITE, DESCRIBE, IDEMPOTENT_WRITE } = kafkajs.AclOperationTypes;
  const topics = Object.entries(catalogue).flatMap(([name, { writer, readers }]) => [
    ...[WRITE, DESCRIBE].map((operation) => allow(writer, TOPIC, name, operation)),
    ...readers.flatMap((reader) => [READ, DESCRIBE].map((operation) => allow(reader, TOPIC, name, operation))),
  ]);
  const writers = [...new Set(Object.values(catalogue).map(({ writer }) => writer))];
  return distinct([
    ...topics,
    ...writers.map((writer) => allow(writer, CLUSTER, 'kafka-cluster', IDEMPOTENT_WRITE)),
    ...services.flatMap((service) => [
      allow(service, GROUP, service, READ),
      allow(service, GROUP, `${service}.`, READ, kafkajs.ResourcePatternTypes.PREFIXED),
    ]),
    ...agencies.map((agency) => allow(agency, GROUP, agency, READ, kafkajs.ResourcePatternTypes.PREFIXED)),
  ]);
}

const keyOf = (acl: AclEntry) =>
  [
    acl.principal,
    acl.resourceType,
    acl.resourcePatternType,
    acl.resourceName,
    acl.operation,
    acl.permissionType,
    acl.host,
  ].join(' ');

const distinct = (acls: AclEntry[]) => [...new Map(acls.map((acl) => [keyOf(acl), acl])).values()];

/** Makes every topic of the catalogue that is missing, and the ACLs of its principals what the catalogue says: no more. */
export async function provision(kafka: Kafka, settings: TopicSettings = {}): Promise<{ created: string[] }> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const created = await createTopics(admin, Object.keys(TOPICS), settings);
    await reconcileAcls(admin, aclsOf(TOPICS, SERVICES, AGENCIES), [...SERVICES, ...AGENCIES]);
    return { created };
  } finally {
    await admin.disconnect();
  }
}

export async function createTopics(admin: Admin, names: readonly string[], settings: TopicSettings): Promise<string[]> {
  const existing = new Set(await admin.listTopics());
  const missing = names.filter((name) => !existing.has(name));
  if (missing.length === 0) return [];
  await admin.createTopics({
    waitForLeaders: true,
    timeout: 30_000,
    topics: missing.map((topic) => ({
      topic,
      numPartitions: settings.partitions ?? TOPIC_PARTITIONS,
      replicationFactor: settings.replication ?? 1,
      configEntries: [
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'retention.ms', value: String(TOPIC_RETENTION_MS) },
        { name: 'min.insync.replicas', value: String(settings.minInSyncReplicas ?? 1) },
      ],
    })),
  });
  return missing;
}

/** How long a broker may take to go by ACLs that it has accepted. */
const PROPAGATION_MS = 30_000;

async function aclsFound(admin: Admin): Promise<AclEntry[]> {
  const { resources } = await admin.describeAcls({
    resourceType: kafkajs.AclResourceTypes.ANY,
    resourcePatternType: kafkajs.ResourcePatternTypes.ANY,
    operation: kafkajs.AclOperationTypes.ANY,
    permissionType: kafkajs.AclPermissionTypes.ANY,
  });
  return resources.flatMap(({ acls, ...resource }) => acls.map((acl) => ({ ...resource, ...acl })));
}

async function reconcileAcls(admin: Admin, wanted: AclEntry[], principals: readonly string[]): Promise<void> {
  const ours = new Set(principals.map((principal) => `User:${principal}`));
  const found = (await aclsFound(admin)).filter(({ principal }) => ours.has(principal));
  const has = new Set(found.map(keyOf));
  const missing = wanted.filter((acl) => !has.has(keyOf(acl)));
  if (missing.length > 0) await admin.createAcls({ acl: missing });
  const needed = new Set(wanted.map(keyOf));
  const surplus = found.filter((acl) => !needed.has(keyOf(acl)));
  if (surplus.length > 0) await admin.deleteAcls({ filters: surplus });
  if (missing.length > 0) await untilInForce(admin, missing);
}

/** The controller has accepted them; the broker that is asked goes by them a moment later, and refuses until then. */
async function untilInForce(admin: Admin, acls: readonly AclEntry[]): Promise<void> {
  const until = Date.now() + PROPAGATION_MS;
  for (;;) {
    const has = new Set((await aclsFound(admin)).map(keyOf));
    if (acls.every((acl) => has.has(keyOf(acl)))) return;
    if (Date.now() > until) throw new Error(`the broker did not go by new ACLs in ${PROPAGATION_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
