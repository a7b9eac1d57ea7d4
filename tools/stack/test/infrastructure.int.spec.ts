import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { readInfrastructure } from '../src/infrastructure.js';
import { kafkaClient } from '../src/kafka-client.js';
import { kafkaProperties } from '../src/kafka-properties.js';

// What tests and services rely on is the same whether it runs in containers or as processes: these run on whatever was chosen.

/** Whether somebody listens there. */
function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const answer = (open: boolean) => () => (socket.destroy(), resolve(open));
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false));
  });
}

const { postgres, kafka } = readInfrastructure();
const ports = {
  PostgreSQL: Number(new URL(postgres.superuserUrl).port),
  Kafka: Number(kafka.brokers[0]!.split(':')[1]),
};

describe('the PostgreSQL of the tests', () => {
  it('is set up alike', async () => {
    const client = new pg.Client({ connectionString: postgres.superuserUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name = ANY ($1)
         UNION ALL SELECT 'version', current_setting('server_version_num')::int / 10000 || ''
         UNION ALL SELECT 'locale', concat_ws(' ', datlocprovider, datlocale, datcollate, pg_encoding_to_char(encoding))
                     FROM pg_database WHERE datname = 'template1'
         UNION ALL SELECT 'lc_messages', current_setting('lc_messages')
         UNION ALL SELECT 'logins', string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules`,
        [['max_connections', 'fsync', 'shared_buffers', 'TimeZone', 'log_timezone', 'password_encryption']],
      );
      expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
        version: '18',
        max_connections: '300',
        fsync: 'on',
        shared_buffers: String((128 * 1024) / 8),
        TimeZone: 'UTC',
        log_timezone: 'UTC',
        password_encryption: 'scram-sha-256',
        locale: 'b C.UTF-8 C UTF8',
        lc_messages: 'C',
        logins: 'scram-sha-256',
      });
    } finally {
      await client.end();
    }
  });
});

describe('the Kafka of the tests', () => {
  it('runs on the properties of the local stack', async () => {
    const admin = kafkaClient({ ...kafka, username: 'admin', password: kafka.users['admin']! }).admin();
    await admin.connect();
    try {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: kafkajs.ConfigResourceTypes.BROKER, name: '1' }],
      });
      // What it does not know the type of, the broker takes for a secret.
      const told = resources[0]!.configEntries.filter(({ isSensitive }) => !isSensitive);
      const found = new Map(told.map(({ configName, configValue }) => [configName, configValue]));
      const wanted = kafkaProperties({
        port: ports.Kafka,
        controllerPort: 0,
        directory: '',
        keystore: '',
        ca: '',
        adminPassword: '',
      });
      // The rest holds paths and ports.
      const names = Object.keys(wanted).filter(
        (name) => !/location|^listeners$|voters|log\.dirs/.test(name) && found.has(name),
      );
      expect(names.length).toBeGreaterThan(20);
      for (const name of names) expect([name, found.get(name)]).toEqual([name, String(wanted[name])]);
      const { brokers } = await admin.describeCluster();
      expect(brokers.map(({ host, port }) => ({ host, port }))).toEqual([{ host: '127.0.0.1', port: ports.Kafka }]);
    } finally {
      await admin.disconnect();
    }
  });

  it('lets nobody in with a wrong password, or without TLS', async () => {
    const wrong = kafkaClient({ ...kafka, username: 'admin', password: 'wrong' }).admin();
    await expect(wrong.connect()).rejects.toThrow(/authentication/i);
    await wrong.disconnect();
    const { brokers } = kafka;
    const retry = { retries: 0 };
    const plain = new kafkajs.Kafka({ brokers, retry, connectionTimeout: 2_000, logLevel: kafkajs.logLevel.NOTHING });
    const admin = plain.admin({ retry });
    await expect(admin.connect().then(() => admin.listTopics())).rejects.toThrow();
    await admin.disconnect();
  });
});

describe.each(Object.entries(ports))('%s', (_, port) => {
  it('listens on the loopback alone', async () => {
    const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    const open = await Promise.all(
      others.filter(({ internal }) => !internal).map(async ({ address }) => (await listens(address, port)) && address),
    );
    expect(open.filter(Boolean)).toEqual([]);
    expect(await listens('127.0.0.1', port)).toBe(true);
  });
});
