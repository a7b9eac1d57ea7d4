import { SERVICES } from '@sekisho/contracts';
import { rotateSigningKey } from '@sekisho/signing';
import { Fault } from '../fault.js';
import { writeJson } from '../json-file.js';
import { loadKeys } from '../keys.js';
import { filesIn } from '../layout.js';

/** `sekisho rotate-key SERVICE`: it signs with a new key from its next start; what it signed before goes on verifying. */
export async function rotateKey(directory: string, service: string | undefined): Promise<number> {
  if (!SERVICES.some((known) => known === service)) {
    throw new Fault(`There is no service ${service ?? '(none named)'} with keys.`, `Known: ${SERVICES.join(', ')}`);
  }
  const rotated = await rotateSigningKey(await loadKeys(directory, service!));
  writeJson(filesIn(directory).keys(service!), rotated);
  const [active, ...others] = rotated.keys.filter(({ use }) => use === 'sig');
  process.stdout.write(
    `${service} signs with ${active!.kid} from its next start (npm run stop, npm start).\n` +
      `${others.length} earlier signing key(s) go on verifying; their private parts are gone.\n`,
  );
  return 0;
}
