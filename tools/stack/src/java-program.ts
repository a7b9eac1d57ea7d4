import { join } from 'node:path';

/** The JVM of this machine. */
export const javaProgram = (): string =>
  process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java';
