import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, imageName, IMAGES } from '#engine';
import { type Command, containerCommand, ourselves } from './container.js';
import { javaProgram } from './java-program.js';
import { KAFKA, mavenLibraries } from './maven-libraries.js';
import type { KafkaOptions } from './kafka.js';

type Place = Pick<KafkaOptions, 'directory' | 'port' | 'env'>;

/** What runs Kafka's programs, on the same files either way: a JVM of this machine, or the one in Kafka's image. */
export interface KafkaRuntime {
  readonly listenOn: string;
  storageTool(args: readonly string[], at: Place): Command;
  broker(properties: string, at: Place): Command;
}

const QUICK = '-XX:TieredStopAtLevel=1';
const HEAP = ['-Xms256m', '-Xmx512m'];
const COLLECTOR = ['-XX:+UseSerialGC', QUICK];
const LOGGING = 'log4j2.properties';

const loggingFrom = (folder: string) => `-Dlog4j2.configurationFile=${join(folder, LOGGING)}`;

/** The jars are kept in `libraries`, shared by every stack and test of this checkout. */
export async function javaRuntime(root: string, libraries: string, signal?: AbortSignal): Promise<KafkaRuntime> {
  const classpath = join(await mavenLibraries(root, KAFKA, libraries, signal), '*');
  const java = (args: string[], { env = process.env }: Place) => ({ command: javaProgram(), args, env });
  return {
    listenOn: '127.0.0.1',
    storageTool: (args, at) => java([QUICK, '-cp', classpath, 'kafka.tools.StorageTool', ...args], at),
    broker: (properties, at) =>
      java(
        [...HEAP, ...COLLECTOR, loggingFrom(join(root, 'deploy/kafka')), '-cp', classpath, 'kafka.Kafka', properties],
        at,
      ),
  };
}

/** Kafka's folder is seen by the container under its own path, and written to as the same user: either runtime goes on with it. */
export function containerRuntime(root: string, engine: Engine): KafkaRuntime {
  const inContainer = (name: string, program: string[], { directory, env }: Place, port?: number) => {
    copyFileSync(join(root, 'deploy/kafka', LOGGING), join(directory, LOGGING));
    return containerCommand(
      engine,
      directory,
      name,
      {
        image: imageName(IMAGES.kafka),
        entrypoint: [],
        command: program,
        user: ourselves(engine),
        folder: directory,
        environment: {
          KAFKA_HEAP_OPTS: HEAP.join(' '),
          KAFKA_JVM_PERFORMANCE_OPTS: COLLECTOR.join(' '),
          KAFKA_LOG4J_OPTS: loggingFrom(directory),
          // The programs of the image write a log of the garbage collector, whoever they run as.
          LOG_DIR: '/tmp',
        },
        ...(port === undefined ? {} : { port: { container: port, host: port } }),
      },
      env,
    );
  };
  return {
    // The container has a network of its own, of which the loopback of this machine sees one port.
    listenOn: '0.0.0.0',
    storageTool: (args, at) => inContainer('storage-tool', ['/opt/kafka/bin/kafka-storage.sh', ...args], at),
    broker: (properties, at) =>
      inContainer('broker', ['/opt/kafka/bin/kafka-server-start.sh', properties], at, at.port),
  };
}
