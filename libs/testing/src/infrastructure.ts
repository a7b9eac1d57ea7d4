import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { INFRASTRUCTURE_VARIABLE, readInfrastructure } from '@sekisho/stack';

/** The PostgreSQL and the Kafka of this test run. Throws outside of jest's `int` project, whose global setup starts them. */
export const infrastructure = readInfrastructure;

/** A new folder for one test's files beside the run's infrastructure: it goes when that goes. */
export function folderOfRun(name: string): string {
  infrastructure();
  return mkdtempSync(join(dirname(process.env[INFRASTRUCTURE_VARIABLE]!), `${name}-`));
}
