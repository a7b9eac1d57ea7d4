export interface KafkaProperties {
  /** Where clients find the broker. */
  port: number;
  /** Where it listens, if not there: something stands in between. */
  listenPort?: number | undefined;
  controllerPort: number;
  directory: string;
  keystore: string;
  ca: string;
  /** Of `admin`, which is the broker itself, and of `provisioner`, which makes topics and ACLs. Both are super users. */
  adminPassword: string;
  /** Where clients are listened for: the loopback, but for a broker with a network of its own. They are told the loopback. */
  listenOn?: string;
}

export const SUPER_USERS = ['admin', 'provisioner'] as const;

/**
 * One node that is broker and controller. Clients come in by TLS and SCRAM alone; what no ACL allows is refused; topics
 * are made by the provisioner, never by being used.
 */
export function kafkaProperties(of: KafkaProperties): Record<string, string | number> {
  const login = (module: string) =>
    `org.apache.kafka.common.security.${module} required username="admin" password="${of.adminPassword}"`;
  return {
    'node.id': 1,
    'process.roles': 'broker,controller',
    'controller.quorum.voters': `1@127.0.0.1:${of.controllerPort}`,
    listeners: `CLIENT://${of.listenOn ?? '127.0.0.1'}:${of.listenPort ?? of.port},CONTROLLER://127.0.0.1:${of.controllerPort}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${of.port}`,
    'listener.security.protocol.map': 'CLIENT:SASL_SSL,CONTROLLER:SASL_PLAINTEXT',
    'inter.broker.listener.name': 'CLIENT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': `${of.directory}/data`,

    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.client.scram-sha-512.sasl.jaas.config': `${login('scram.ScramLoginModule')};`,
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': `${login('plain.PlainLoginModule')} user_admin="${of.adminPassword}";`,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': of.keystore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': of.ca,

    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': SUPER_USERS.map((user) => `User:${user}`).join(';'),
    'allow.everyone.if.no.acl.found': 'false',
    'auto.create.topics.enable': 'false',

    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 2,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // Indexes are given their full size beforehand: with a dozen partitions per topic the usual 10 MiB would be a lot.
    'log.index.size.max.bytes': 1024 * 1024,
  };
}

/** A properties file: backslashes are the only thing in our values that it would read otherwise. */
export function renderProperties(properties: Readonly<Record<string, string | number>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('');
}
