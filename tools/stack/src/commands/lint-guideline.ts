import type { Evidence, Facts } from '@sekisho/guideline';
import type { Finding, LintReport, Theorem } from '@sekisho/proof';
import { Fault } from '../fault.js';
import { versionNamed } from '../versions.js';

export interface LintOptions {
  /** In Japanese; English otherwise. */
  readonly ja?: boolean | undefined;
  readonly json?: boolean | undefined;
  /** Source file of a draft, in place of a version. */
  readonly draft?: string | undefined;
}

const HOW = 'sekisho lint-guideline VERSION [--ja] [--json]; --draft FILE in place of VERSION. It asks no service.';

/**
 * Says what is wrong with a version of the guideline, and what is proven of it, without any service. Answers 0 where nothing is wrong, 1
 * where something is, 2 where there is no such version.
 */
export async function lintGuideline(version: string | undefined, options: LintOptions): Promise<number> {
  const guideline = await versionNamed({ id: version, draft: options.draft }, HOW).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    process.stderr.write(`✗ ${error.message}\n  ${error.remedy}\n`);
  });
  if (!guideline) return 2;
  // The solver is large, and no other command needs it.
  const { lintGuideline: lint, Solver } = await import('@sekisho/proof');
  const solver = await Solver.start();
  try {
    const report = await lint(guideline, solver);
    const said = options.json ? JSON.stringify(report, null, 2) : spell(report, options.ja ? 'ja' : 'en');
    process.stdout.write(`${said}\n`);
    return report.clean ? 0 : 1;
  } finally {
    await solver.end();
  }
}

type Language = 'en' | 'ja';

const TEXT = {
  en: {
    none: 'No findings.',
    error: 'error',
    note: 'note',
    witness: 'smallest case',
    learned: 'once known',
    evidence: 'evidence',
    proven: 'proven',
    refuted: 'does not hold',
    solver: 'solver, for any number of servers and targets',
    cases: (count: number) => `enumeration of ${count} ${count === 1 ? 'case' : 'cases'}`,
    and: '; ',
  },
  ja: {
    none: '指摘事項はありません。',
    error: '誤り',
    note: '注記',
    witness: '最小の事例',
    learned: '判明後',
    evidence: '証拠',
    proven: '証明済み',
    refuted: '成り立たない',
    solver: 'ソルバー（サーバー及び対象の数を問わない）',
    cases: (count: number) => `${count} 件の列挙`,
    and: '、',
  },
} as const;

/** The report as lines. */
export function spell({ guideline, findings, theorems }: LintReport, language: Language): string {
  return [
    guideline,
    '',
    ...(findings.length === 0 ? [TEXT[language].none] : findings.flatMap((each) => finding(each, language))),
    '',
    ...theorems.flatMap((each) => theorem(each, language)),
  ].join('\n');
}

function finding({ code, level, words, witness }: Finding, language: Language): string[] {
  const text = TEXT[language];
  const head = `${level === 'error' ? '✗' : '·'} ${text[level]} ${code}: ${words[language]}`;
  return witness === null ? [head] : [head, `    ${text.witness}: ${spellFacts(witness)}`];
}

function theorem({ words, holds, by, witness }: Theorem, language: Language): string[] {
  const text = TEXT[language];
  const how = [...(by.solver ? [text.solver] : []), ...(by.cases === null ? [] : [text.cases(by.cases)])];
  const head = `${holds ? '✓' : '✗'} ${holds ? text.proven : text.refuted}: ${words[language]}`;
  const lines = [head, `    ${how.join(text.and)}`];
  if (witness === null) return lines;
  lines.push(`    ${text.witness}: ${spellFacts(witness.facts)}`);
  if (witness.learned) lines.push(`    ${text.learned}: ${spellFacts(witness.learned)}`);
  if (witness.evidence) lines.push(`    ${text.evidence}: ${spellEvidence(witness.evidence)}`);
  return lines;
}

/** Facts keep their names in both languages: they are the names of the interface. */
function spellFacts({ plannedActionAt: _, servers, targets, ...values }: Facts): string {
  const facts = Object.entries(values).map(([name, value]) => `${name} ${String(value)}`);
  const list = (of: readonly string[]) => of.join(' + ');
  return [
    `servers ${list(servers.map(({ location }) => location))}`,
    `targets ${list(targets.map(({ kind }) => kind))}`,
    ...facts,
  ].join(', ');
}

const spellEvidence = (evidence: readonly Evidence[]): string => evidence.map(({ id }) => id).join(', ') || '–';
