// The commands of the local stack; `tools/run.mjs` installs and builds before it hands over to this.
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { ask, type AskOptions } from './commands/ask.js';
import { checkDmn, exportDmn } from './commands/dmn.js';
import { diff, type DiffOptions } from './commands/diff.js';
import { explain, type ExplainOptions } from './commands/explain.js';
import { lintGuideline, type LintOptions } from './commands/lint-guideline.js';
import { replay, type ReplayOptions } from './commands/replay.js';
import { reset } from './commands/reset.js';
import { rotateContactKey } from './commands/rotate-contact-key.js';
import { rotateKey } from './commands/rotate-key.js';
import { start } from './commands/start.js';
import { status } from './commands/status.js';
import { stop } from './commands/stop.js';
import { type ReceiptOptions, verifyReceipt } from './commands/verify-receipt.js';
import { Fault } from './fault.js';
import { readSettings } from './settings.js';
import { builtModule, versionNamed } from './versions.js';

const USAGE = `npm start [-- --empty | --again]   everything, with the journey (--empty: without; --again: a new one)
                                   with --draft FILE stored cases can be replayed under a draft of the guideline
npm run status                     what runs
npm run stop                       ends it; the data stays
npm run reset                      ends it and throws the data away
npm run sekisho -- get URL --as CLIENT
npm run sekisho -- post URL BODY|@FILE --as CLIENT      (put alike; --key KEY, --accept TYPE, --language ja)
npm run sekisho -- token CLIENT
npm run sekisho -- verify-receipt FILE [--report FILE] [--keys FILE]      offline
npm run sekisho -- lint-guideline VERSION [--ja] [--json]                 offline: faults of a version, and what is proven of it
npm run sekisho -- export-dmn VERSION [--out FILE]                        offline: a version as a model of DMN 1.5
npm run sekisho -- check-dmn VERSION                                      offline: does Apache KIE decide by it as the library does?
npm run sekisho -- explain --facts FILE [--guideline VERSION] [--format md|text|html|pdf] [--ja] [--out FILE]      offline
npm run sekisho -- diff FROM TO [--ja] [--json] [--format md|text|html|pdf] [--out FILE]      offline: two versions side by side
npm run sekisho -- replay FROM TO [--opened-from TIME] [--opened-to TIME] [--csv FILE] [--svg FILE] [--ja]      the stored cases
npm run sekisho -- replay FROM TO --facts FILE [--csv FILE] [--svg FILE] [--ja]      offline: cases of a file, one in a line
npm run sekisho -- rotate-key SERVICE
npm run sekisho -- rotate-contact-key
URL is a whole one or begins with a service's name: intake/v1/reports
Offline, --draft FILE takes the place of the (later) VERSION: the source file of a version that is being drafted
`;

/** What the command line does beside asking the services. */
function sekisho(
  directory: string,
  positionals: string[],
  options: AskOptions & ReceiptOptions & ExplainOptions & LintOptions & DiffOptions & ReplayOptions,
): Promise<number> {
  const [verb, ...subjects] = positionals;
  const [subject] = subjects;
  if (verb === 'verify-receipt') return verifyReceipt(directory, subject, options);
  if (verb === 'explain') return explain(options);
  if (verb === 'diff') return diff(subjects, options);
  if (verb === 'replay') return replay(directory, subjects, options);
  if (verb === 'lint-guideline') return lintGuideline(subject, options);
  if (verb === 'export-dmn') return exportDmn(subject, options);
  if (verb === 'check-dmn') return checkDmn(root, subject);
  if (verb === 'rotate-key') return rotateKey(directory, subject);
  if (verb === 'rotate-contact-key') return rotateContactKey(directory);
  return ask(directory, positionals, options);
}

const root = resolve(import.meta.dirname, '../../../..');
const [command = '', ...rest] = process.argv.slice(2);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      directory: { type: 'string', default: resolve(root, '.local') },
      'port-base': { type: 'string' },
      empty: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      as: { type: 'string' },
      key: { type: 'string' },
      language: { type: 'string', default: 'en' },
      accept: { type: 'string', default: 'application/json' },
      report: { type: 'string' },
      keys: { type: 'string' },
      ja: { type: 'boolean', default: /^ja/.test(process.env['LC_ALL'] || process.env['LANG'] || '') },
      json: { type: 'boolean', default: false },
      facts: { type: 'string' },
      guideline: { type: 'string' },
      draft: { type: 'string' },
      'opened-from': { type: 'string' },
      'opened-to': { type: 'string' },
      csv: { type: 'string' },
      svg: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const directory = resolve(values.directory);
  switch (command) {
    case 'start': {
      const base = values['port-base'];
      const { draft } = values;
      // Here and now, rather than by a service that does not come up.
      if (draft !== undefined) await versionNamed({ draft }, 'npm start -- --draft FILE');
      const settings = {
        ...readSettings({ ...process.env, ...(base ? { SEKISHO_PORT_BASE: base } : {}) }),
        drafts: draft === undefined ? [] : [builtModule(draft)],
      };
      return start({ root, directory, settings, empty: values.empty, again: values.again });
    }
    case 'stop':
      return stop(directory);
    case 'reset':
      return reset(directory);
    case 'status':
      return status(directory);
    case 'sekisho':
      return sekisho(directory, positionals, values);
    default:
      process.stderr.write(USAGE);
      return 2;
  }
}

// A reader that goes away (`npm start | head`) must not take the stack down before it has tidied up.
process.stdout.on('error', () => process.emit('SIGTERM'));

try {
  process.exitCode = await main();
} catch (error) {
  const wrongUse = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (error instanceof Fault) process.stderr.write(`\n✗ ${error.message}\n\n  ${error.remedy}\n`);
  else if (wrongUse) process.stderr.write(`${error.message}\n\n${USAGE}`);
  else process.stderr.write(`\n✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = wrongUse ? 2 : 1;
}
// What is written to a pipe is on its way yet: an exit would cut it off.
await new Promise((done) => process.stdout.write('', done));
process.exit();
