import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Inputs, Line } from './flat-table.js';

/** Not in the project's lock file: registries lack some of their platforms. The benchmark installs them where it runs. */
export const PACKAGES = { 'json-rules-engine': '7.3.1', '@gorules/zen-engine': '0.54.0' } as const;

/** Reads a table: answers what is said of a case, in no order and perhaps twice. */
export interface OtherEngine {
  readonly name: string;
  evaluate(inputs: Inputs): Promise<string[]>;
}

interface JsonRules {
  Engine: new (rules: object[]) => { run(facts: Inputs): Promise<{ events: { type: string }[] }> };
}
interface Zen {
  ZenEngine: new () => {
    createDecision(content: Buffer): { evaluate(context: object): Promise<{ result: unknown }> };
  };
}

/** Both engines with the same lines, installed into a folder that is thrown away. */
export async function otherEngines(folder: string, lines: readonly Line[]): Promise<OtherEngine[]> {
  const home = join(folder, 'engines');
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), '{ "private": true }');
  const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  await promisify(execFile)('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...wanted], { cwd: home });
  const require = createRequire(join(home, 'package.json'));
  return [
    jsonRules(require('json-rules-engine') as JsonRules, lines),
    zen(require('@gorules/zen-engine') as Zen, lines),
  ];
}

/** A rule for each thing that is said, with all lines that say it: the fewest rules are its fastest form. */
function jsonRules({ Engine }: JsonRules, lines: readonly Line[]): OtherEngine {
  const whens = new Map<string, Inputs[]>();
  for (const { when, then } of lines) whens.set(then, [...(whens.get(then) ?? []), when]);
  const engine = new Engine(
    [...whens].map(([type, any]) => ({
      event: { type },
      conditions: {
        any: any.map((when) => ({
          all: Object.entries(when).map(([fact, value]) => ({ fact, operator: 'equal', value })),
        })),
      },
    })),
  );
  return {
    name: 'json-rules-engine',
    evaluate: async (inputs) => (await engine.run(inputs)).events.map(({ type }) => type),
  };
}

/** One decision table that collects every line that holds. */
function zen({ ZenEngine }: Zen, lines: readonly Line[]): OtherEngine {
  const fields = [...new Set(lines.flatMap(({ when }) => Object.keys(when)))];
  const rules = lines.map(({ when, then }, at) => ({
    _id: `r${at}`,
    ...Object.fromEntries(fields.map((field) => [field, field in when ? String(when[field]) : ''])),
    said: JSON.stringify(then),
  }));
  const column = (field: string) => ({ id: field, name: field, field });
  const node = (id: string, type: string, more = {}) => ({ id, type, name: id, position: { x: 0, y: 0 }, ...more });
  const content = { hitPolicy: 'collect', inputs: fields.map(column), outputs: [column('said')], rules };
  const decision = new ZenEngine().createDecision(
    Buffer.from(
      JSON.stringify({
        nodes: [node('in', 'inputNode'), node('table', 'decisionTableNode', { content }), node('out', 'outputNode')],
        edges: [
          { id: 'e1', sourceId: 'in', targetId: 'table', type: 'edge' },
          { id: 'e2', sourceId: 'table', targetId: 'out', type: 'edge' },
        ],
      }),
    ),
  );
  return {
    name: 'zen-engine',
    evaluate: async (inputs) =>
      ((await decision.evaluate(inputs)).result as { said: string }[]).map(({ said }) => said),
  };
}
