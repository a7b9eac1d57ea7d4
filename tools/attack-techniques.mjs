// Makes the list of ATT&CK technique ids anew from STIX bundles as MITRE publishes them:
//   node tools/attack-techniques.mjs enterprise-attack.json ics-attack.json
// (https://github.com/mitre-attack/attack-stix-data). What is revoked or deprecated is left out.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OUT = join(import.meta.dirname, '../apps/incident-intake/src/reports/attack-techniques.ts');
const WIDTH = 116;

const idOf = ({ external_references: references = [] }) =>
  references.find(({ source_name: name }) => /^mitre-(ics-)?attack$/.test(name))?.external_id;

function read(file) {
  const { objects } = JSON.parse(readFileSync(file, 'utf8'));
  const collection = objects.find(({ type }) => type === 'x-mitre-collection');
  if (!collection) throw new Error(`${file} has no x-mitre-collection: which version it is cannot be told`);
  const ids = objects
    .filter(({ type, revoked, x_mitre_deprecated: deprecated }) => type === 'attack-pattern' && !revoked && !deprecated)
    .map(idOf);
  return {
    source: { name: collection.name, version: collection.x_mitre_version, modified: collection.modified.slice(0, 10) },
    ids,
  };
}

function wrapped(ids) {
  const lines = [''];
  for (const id of ids) {
    if (lines.at(-1).length + id.length + 1 > WIDTH) lines.push('');
    lines.push(`${lines.pop()} ${id}`.trim());
  }
  return lines.join('\n  ');
}

const files = process.argv.slice(2);
if (files.length === 0) throw new Error('Name the STIX bundles.');
const editions = files.map(read);
const ids = [...new Set(editions.flatMap((each) => each.ids))].sort();
const faulty = ids.filter((id) => !/^T\d{4}(\.\d{3})?$/.test(id ?? ''));
if (faulty.length > 0) throw new Error(`no technique ids: ${faulty.join(', ')}`);
const sources = editions.map(
  ({ source, ids: { length } }) =>
    `  { name: '${source.name}', version: '${source.version}', modified: '${source.modified}', techniques: ${length} },`,
);

writeFileSync(
  OUT,
  `// Made by tools/attack-techniques.mjs from MITRE ATT&CK® (https://attack.mitre.org): ids alone, of techniques and sub-techniques.
// © ${editions[0].source.modified.slice(0, 4)} The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.
// The MITRE Corporation (MITRE) hereby grants you a non-exclusive, royalty-free license to use ATT&CK® for research, development, and
// commercial purposes. Any copy you make for such purposes is authorized provided that you reproduce MITRE's copyright designation and
// this license in any such copy.

/** Which editions the list is from. It ages: an id that is not in it may be newer, or retired. */
export const ATTACK_SOURCES = [
${sources.join('\n')}
] as const;

const IDS = \`
  ${wrapped(ids)}
\`;

export const ATTACK_TECHNIQUES: ReadonlySet<string> = new Set(IDS.trim().split(/\\s+/));
`,
);
console.log(`${ids.length} ids written to ${OUT}`);
