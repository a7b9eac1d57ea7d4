import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.js';
import { Fault } from './fault.js';

const POM = 'deploy/kafka/pom.xml';

/** Where the jars are, or will be. */
export function librariesFolder(root: string, cache: string): string {
  const digest = createHash('sha256')
    .update(readFileSync(join(root, POM)))
    .digest('hex')
    .slice(0, 16);
  return join(cache, digest);
}

/**
 * The broker's jars, fetched from Maven Central the first time and kept in a folder that bears the digest of the pom:
 * another version is another folder, and a fetch that was broken off leaves nothing that looks whole.
 */
export async function kafkaLibraries(root: string, cache: string, signal?: AbortSignal): Promise<string> {
  const pom = join(root, POM);
  const folder = librariesFolder(root, cache);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const partial = `${folder}.partial-${randomBytes(4).toString('hex')}`;
  try {
    await run(
      'mvn',
      ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`],
      { cwd: root, signal },
    );
    if (!readdirSync(partial).some((name) => name.startsWith('kafka_'))) throw new Error('kafka is not among the jars');
    renameSync(partial, folder);
  } catch (error) {
    // Somebody else was faster: theirs is as good.
    if (existsSync(folder)) return folder;
    if (signal?.aborted) throw error;
    throw new Fault(
      `Maven could not fetch Apache Kafka: ${error instanceof Error ? error.message : String(error)}`,
      'Check that Maven reaches Maven Central or your mirror of it (~/.m2/settings.xml), then start again.',
    );
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}
