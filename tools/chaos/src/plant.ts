import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@sekisho/stack';
import pg from 'pg';
import { inDatabase } from './checker/read-databases.js';

export const PLANTS = ['offset-first', 'kept-producer', 'dropped-constraint'] as const;
export type Plant = (typeof PLANTS)[number];

interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const CONSUMER = 'libs/messaging/dist/src/consumer.js';

/** Bugs as changes of what was built. */
export const PATCHES: Readonly<Partial<Record<Plant, readonly Patch[]>>> = {
  'offset-first': [
    {
      file: CONSUMER,
      from: 'await this.untilTaken(batch, delivery);\n            }',
      to: 'await delivery.done(batch.at(-1).message.offset);\n                await this.untilTaken(batch, delivery);\n            }',
    },
  ],
  'kept-producer': [
    {
      file: 'libs/messaging/dist/src/relay-lane.js',
      from: 'await this.discardProducer();\n            this.failures += 1;',
      to: 'this.failures += 1;',
    },
  ],
};

/** A rule that another person is needed for; the code relies on the database for it. */
const DROPPED = [
  ['scheduling', 'ALTER TABLE decision_confirmation DROP CONSTRAINT decision_confirmation_two_persons'],
  ['tasking', 'DROP INDEX order_live'],
  ['oversight', 'ALTER TABLE inbox DROP CONSTRAINT inbox_pkey'],
] as const;

/**
 * The repository as it was built, in a folder of its own, with a bug in it: services started from there run with it, and nothing of the
 * real build is touched. A change that no longer finds its place is a fault: the proof would prove nothing.
 */
export function plantedRoot(root: string, folder: string, plant: Plant): string {
  const patches = PATCHES[plant];
  if (!patches) return root;
  mkdirSync(join(folder, 'node_modules/@sekisho'), { recursive: true });
  for (const group of ['libs', 'apps']) {
    for (const name of readdirSync(join(root, group))) {
      for (const part of ['dist', 'prisma', 'package.json']) {
        const from = join(root, group, name, part);
        if (existsSync(from)) cpSync(from, join(folder, group, name, part), { recursive: true });
      }
      symlinkSync(join(folder, group, name), join(folder, 'node_modules/@sekisho', name));
    }
  }
  for (const name of ['deploy', 'tools', '.local', 'package.json']) {
    if (existsSync(join(root, name))) symlinkSync(realpathSync(join(root, name)), join(folder, name));
  }
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@sekisho') symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  for (const patch of patches) apply(folder, patch);
  return folder;
}

export function apply(folder: string, { file, from, to }: Patch): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) {
    throw new Fault(
      `The planted bug no longer finds its place in ${file}.`,
      'Bring the patch in tools/chaos/src/plant.ts up to date.',
    );
  }
  writeFileSync(path, text.replace(from, to));
}

/** The bug that is planted in the run's own databases, once they are made. */
export async function plantInDatabases(superuserUrl: string, plant: Plant | undefined): Promise<void> {
  if (plant !== 'dropped-constraint') return;
  for (const [name, statement] of DROPPED) {
    const client = new pg.Client({ connectionString: inDatabase(superuserUrl, name) });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}
