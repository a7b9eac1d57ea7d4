// What a machine must have before anything is fetched or built for it: each fault names its remedy. Node alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { findEngine, imagesFor } from './engine.mjs';

const GIBIBYTE = 1024 ** 3;

/** The major version in what `java -version` prints: 8 calls itself 1.8. Undefined where there is none. */
export function javaMajor(printed) {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(printed) ?? [];
  if (first === undefined) return undefined;
  return Number(first === '1' ? second : first);
}

export function nodeFault(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return { fault: `Node ${version} is too old.`, remedy: 'Install Node 20.19 or later.' };
}

export function diskFault(freeBytes, folder) {
  if (freeBytes >= GIBIBYTE) return undefined;
  return {
    fault: `Only ${Math.floor(freeBytes / 1024 ** 2)} MiB are free where ${folder} lies.`,
    remedy: 'Packages, databases and logs need 1 GiB: make room (npm run reset throws the local state away).',
  };
}

export function javaFault(printed, java = 'java') {
  const major = printed === undefined ? undefined : javaMajor(printed);
  const remedy =
    'Kafka needs a JVM, 17 or later: apt-get install openjdk-17-jre-headless maven (Debian), or set JAVA_HOME.';
  if (major === undefined) return { fault: `There is no JVM: ${java} cannot be run.`, remedy };
  return major < 17 ? { fault: `The JVM is too old: ${java} is version ${major}.`, remedy } : undefined;
}

export function mavenFault(printed) {
  if (printed?.includes('Apache Maven')) return undefined;
  return {
    fault: 'There is no Maven: mvn cannot be run.',
    remedy:
      'It fetches Kafka, once: apt-get install maven (Debian), or set SEKISHO_KAFKA_BROKERS to a Kafka of your own.',
  };
}

function printedBy(program, argument) {
  const { error, status, stdout, stderr } = spawnSync(program, [argument], { encoding: 'utf8' });
  return error || status !== 0 ? undefined : `${stdout}${stderr}`;
}

/** What keeps a broker of our own from running here as a process, or undefined. */
export function brokerFault(root) {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const jvm = javaFault(printedBy(java, '-version'), java);
  if (jvm) return jvm;
  const pom = createHash('sha256')
    .update(readFileSync(join(root, 'deploy/kafka/pom.xml')))
    .digest('hex')
    .slice(0, 16);
  return existsSync(join(root, '.local/kafka-libs', pom)) ? undefined : mavenFault(printedBy('mvn', '-v'));
}

/**
 * The first fault of this machine, or undefined. `broker`: whether Kafka is to run here; without a JVM it then needs an engine
 * that runs these `parts` in containers. No parts: not in containers.
 */
export async function machineFault(root, { broker, parts }) {
  const { bavail, bsize } = statfsSync(root);
  const disk = diskFault(bavail * bsize, root);
  if (disk || !broker) return disk;
  const fault = brokerFault(root);
  if (!fault || parts.length === 0) return fault;
  const { obstacle } = await findEngine(imagesFor(parts), { say: console.log });
  return obstacle && { ...fault, fault: `${fault.fault} Containers would do, but ${obstacle}.` };
}
