import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dmnOf } from '@sekisho/dmn';
import { determine, type Facts, findGuideline, type Guideline, guidelines, type Provision } from '@sekisho/guideline';
import { decisionTable, tableColumns, tableRows } from './decision-table.js';

const CASES = 'libs/guideline/test/determination-cases.json';
const root = join(import.meta.dirname, '../../../..');

interface Case {
  readonly case: number;
  readonly name: string;
  readonly guideline: string;
  readonly facts: Facts;
}

/** A page for each version; beside it its decision table as a picture, and as a model for other tools. */
export async function guidelinePages(): Promise<Map<string, string>> {
  const cases = JSON.parse(await readFile(join(root, CASES), 'utf8')) as Case[];
  return new Map(
    guidelines.flatMap((guideline): [string, string][] => [
      [`${guideline.id}.md`, page(guideline, cases)],
      [`${guideline.id}.svg`, decisionTable(guideline)],
      [`${guideline.id}.dmn`, dmnOf(guideline)],
    ]),
  );
}

const sources = (list: Provision['sources']): string =>
  list.map(({ mark, citation }) => `[${mark}] ${citation}`).join('; ');

function page(guideline: Guideline, cases: readonly Case[]): string {
  const { id, title, validFrom, text, provisions, judgements } = guideline;
  const rows = tableRows(guideline);
  const columns = tableColumns(rows);
  const table = [
    ['#', 'Provision', ...columns, 'Then'],
    ['---:', '---', ...columns.map(() => '---'), '---'],
    ...rows.map((row) => [
      String(row.row),
      `[\`${row.provision}\`](#${row.provision})`,
      ...columns.map((column) => row.asked[column] ?? ''),
      row.then,
    ]),
  ];
  const applied = appliedIn(guideline, cases);
  return `${[
    `# ${title.en}`,
    title.ja,
    `\`${id}\`, ${validFrom === null ? 'never in force · 施行されない' : `in force from ${validFrom} · ${validFrom} 施行`}. Generated from \`libs/guideline/src/versions/${id}.ts\`, which is what the platform goes by. The words are our own paraphrase. [A] is the article, [S] statute read in secondary sources, [P] our own proposal. Nothing here is legal advice.`,
    `![The decision table of ${id}](${id}.svg)`,
    '## The text · 本文',
    text
      .map(({ id: clause, words, sources: from, provisions: effect, judgements: left }) => {
        const links = effect.map((each) => `[\`${each}\`](#${each})`);
        const people = left.map((each) => `[\`${each}\`](#${each}) (left to people · 人の判断)`);
        return `**${clause}** ${words.en}<br>${words.ja}<br>${sources(from)}<br>→ ${[...links, ...people].join(', ')}`;
      })
      .join('\n\n'),
    '## The decision table · 判断表',
    'A line asks everything in its row; what stands under a fact is the value that it must have. · 各行は、その行の条件をすべて満たす場合に適用する。',
    table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    `The same for other tools, as a model of DMN 1.5: [${id}.dmn](${id}.dmn). · 他のツールで読むための DMN 1.5 のモデル: [${id}.dmn](${id}.dmn)`,
    '## The provisions · 規定',
    ...provisions.flatMap((provision) => section(provision, applied.get(provision.id) ?? [])),
    '## Left to people · 人の判断に委ねる事項',
    ...judgements.flatMap((each) => [
      `### ${each.id}`,
      `${each.words.en}<br>${each.words.ja}`,
      `Arrives as: \`${each.arrivesAs}\`. Judged by: ${each.judgedBy}. ${sources(each.sources)}`,
    ]),
  ].join('\n\n')}\n`;
}

function section({ id, row, words, sources: from }: Provision, cases: readonly Case[]): string[] {
  const file = `libs/guideline/src/provisions/${String(row).padStart(2, '0')}-${id}.ts`;
  const listed = cases.map((each) => `${each.case} (${each.name})`);
  return [
    `### ${id}`,
    `${words.en}<br>${words.ja}`,
    `Row ${row}. ${sources(from)}. Code: [\`${file}\`](../../${file})`,
    listed.length === 0
      ? `No case of [the list](../../${CASES}) rests on it. · この規定が適用される事例はない。`
      : `Applies in case${listed.length > 1 ? 's' : ''} of [the list](../../${CASES}) · 適用される事例: ${listed.join('; ')}`,
  ];
}

/** The cases of the list in which each provision applies. */
function appliedIn({ id }: Guideline, cases: readonly Case[]): Map<string, Case[]> {
  const applied = new Map<string, Case[]>();
  for (const each of cases.filter(({ guideline }) => guideline === id)) {
    for (const { provision, answer } of determine(findGuideline(id)!, each.facts).because) {
      if (answer === 'TRUE') applied.set(provision, [...(applied.get(provision) ?? []), each]);
    }
  }
  return applied;
}
