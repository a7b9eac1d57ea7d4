import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.js';
import { Fault } from './fault.js';
import { folderFor, keptFolder } from './kept-folder.js';

/** Jars that a pom of `deploy` names: the folder of the pom, what they are for people, and what one of them is called. */
export interface MavenLibraries {
  readonly deploy: string;
  readonly name: string;
  readonly jar: string;
}

export const KAFKA: MavenLibraries = { deploy: 'kafka', name: 'Apache Kafka', jar: 'kafka_' };
export const KIE: MavenLibraries = { deploy: 'kie', name: 'Apache KIE', jar: 'kie-dmn-core-' };

const pomOf = (root: string, { deploy }: MavenLibraries): string => join(root, 'deploy', deploy, 'pom.xml');

/** Where the jars are, or will be. */
export const librariesFolder = (root: string, libraries: MavenLibraries, cache: string): string =>
  folderFor(cache, pomOf(root, libraries));

/** A folder of jars, fetched from Maven Central the first time. */
export function mavenLibraries(
  root: string,
  libraries: MavenLibraries,
  cache: string,
  signal?: AbortSignal,
): Promise<string> {
  const pom = pomOf(root, libraries);
  return keptFolder(librariesFolder(root, libraries, cache), async (partial) => {
    try {
      await run(
        'mvn',
        [
          '-q',
          '-B',
          '-f',
          pom,
          'dependency:copy-dependencies',
          '-DincludeScope=runtime',
          `-DoutputDirectory=${partial}`,
        ],
        { cwd: root, signal },
      );
      if (!readdirSync(partial).some((name) => name.startsWith(libraries.jar))) {
        throw new Error(`${libraries.jar} is not among the jars`);
      }
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Fault(
        `Maven could not fetch ${libraries.name}: ${error instanceof Error ? error.message : String(error)}`,
        'Check that Maven reaches Maven Central or your mirror of it (~/.m2/settings.xml), then try again.',
      );
    }
  });
}
