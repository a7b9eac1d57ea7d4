import { existsSync } from 'node:fs';
import { Fault } from '../fault.js';
import { writeJson } from '../json-file.js';
import { filesIn } from '../layout.js';
import { loadSecrets, newMasterKey } from '../secrets.js';

/** `sekisho rotate-contact-key`: from its next start intake keeps the keys of contacts under a new master key, those of before too. */
export async function rotateContactKey(directory: string): Promise<number> {
  const file = filesIn(directory).secrets;
  if (!existsSync(file)) throw new Fault(`There is no stack in ${directory}.`, 'npm start');
  const secrets = loadSecrets(directory);
  const added = newMasterKey();
  writeJson(file, { ...secrets, contactMasterKeys: [added, secrets.contactMasterKeys].join(',') });
  process.stdout.write(
    `intake keeps the keys of contacts under ${added.split(':')[0]} from its next start (npm run stop, npm start).\n` +
      'The earlier master keys are there until then, and are kept: a backup may need them.\n',
  );
  return 0;
}
