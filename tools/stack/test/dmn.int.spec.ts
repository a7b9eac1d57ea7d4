import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { dmnOf } from '@sekisho/dmn';
import { findGuideline, guidelines } from '@sekisho/guideline';
import { acd202704Invented } from '@sekisho/guideline/test/amendment';
import { brokerFault } from '#preflight';
import { type DmnEngine, kieEngine } from '../src/dmn-engine.js';
import { disagreement } from '../src/dmn-judge.js';

// Commands load it when they need it, and so must whoever is beside them.
const { caseSpaceOf } = await import('@sekisho/proof');

const PATIENCE = 600_000;
const root = resolve(import.meta.dirname, '../../..');
const inForce = findGuideline('acd-2026-10')!;

/**
 * Every so many-th case is asked, of the version in force more than of others, since each takes an engine 3 ms: prime numbers, as cases
 * come in threes. `SEKISHO_WHOLE_SPACE=1` has all, and so has `sekisho check-dmn` always.
 */
const [STEP_IN_FORCE, STEP] = [5, 23];
const whole = process.env['SEKISHO_WHOLE_SPACE'] === '1';

it('comes whole out of the command line, also to a reader that takes its time', async () => {
  const program = resolve(root, 'tools/stack/dist/src/main.js');
  const command = '"$0" "$@" | { sleep 1; cat; }';
  const args = ['-c', command, process.execPath, program, 'sekisho', 'export-dmn', inForce.id];
  const { stdout } = await promisify(execFile)('sh', args);
  expect(stdout).toBe(dmnOf(inForce));
});

// Where the tests run in containers there may be no JVM.
const describeWithJvm = brokerFault(root) === undefined ? describe : describe.skip;

describeWithJvm('the exported model, decided by Apache KIE', () => {
  let decide: DmnEngine;
  beforeAll(async () => {
    decide = await kieEngine(root);
  }, PATIENCE);

  it.each([...guidelines, acd202704Invented])(
    'says of every case what the library says: $id',
    async (guideline) => {
      const { all } = caseSpaceOf(guideline);
      const step = whole ? 1 : guideline === inForce ? STEP_IN_FORCE : STEP;
      const asked = all.filter((_, at) => at % step === 0);
      expect(await disagreement(guideline, dmnOf(guideline), asked, decide)).toBeNull();
    },
    PATIENCE,
  );

  it(
    'is caught where it says otherwise, with the smallest case',
    async () => {
      const model = dmnOf(inForce);
      // Row 8 without its condition that the council reviews the case.
      const faulty = model.replace('<text>count(bases) &gt; 0</text>', '<text>count(bases) &gt;= 0</text>');
      expect(faulty).not.toBe(model);
      const { settled } = caseSpaceOf(inForce);
      expect(await disagreement(inForce, faulty, settled, decide)).toMatchObject({
        facts: {
          communicationProtection: 'TRUE',
          nationalSecurityImpact: 'FALSE',
          servers: [{ location: 'DOMESTIC' }],
          targets: [{ kind: 'PRIVATE' }],
        },
        model: { execution: [{ candidates: ['NPA_SOLE', 'JOINT_NPA_SDF'] }] },
        library: { execution: [{ candidates: ['NPA_SOLE'] }] },
      });
    },
    PATIENCE,
  );

  it(
    'is refused where it does not keep the schema, or does not compile',
    async () => {
      const model = dmnOf(inForce);
      await expect(decide(model.replace('<decision ', '<judgement '), 'determination', [])).rejects.toThrow(
        'Apache KIE',
      );
      await expect(decide(model.replace('count(bases) &gt; 0', 'count(basis'), 'determination', [])).rejects.toThrow(
        'Apache KIE',
      );
    },
    PATIENCE,
  );
});
