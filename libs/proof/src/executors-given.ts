import { EXECUTORS, type Facts, type Guideline } from '@sekisho/guideline';
import { answersOf } from './answers.js';
import { caseSpaceOf } from './case-space.js';
import type { Finding } from './finding.js';
import { giversOf, readSettled } from './settled-reading.js';

/** Settled cases in which a measure is possible and nobody may act against a target: one finding for each class of target. */
export function gaps(guideline: Guideline): Finding[] {
  const { classes, settled } = caseSpaceOf(guideline);
  const answers = answersOf(guideline);
  return classes.flatMap(({ kind, kinds }) => {
    const witness = settled.find((facts) => {
      const view = answers.of(facts);
      return !view.ended && view.target(kind) && !EXECUTORS.some((executor) => view.mayAct(kind, executor));
    });
    if (witness === undefined) return [];
    const named = guideline.provisions.filter((each) => 'candidates' in each.then && covers(guideline, each, kind));
    return [
      {
        code: 'GAP' as const,
        level: 'error' as const,
        provisions: named.map(({ id }) => id),
        words: {
          en: `A measure is possible, and nobody may act against attacks on targets of the kinds ${kinds.join(', ')}.`,
          ja: `措置が可能であるのに、対象（${kinds.join('、')}）について対処し得る主体がない。`,
        },
        witness,
      },
    ];
  });
}

const covers = (
  { targetGroups }: Guideline,
  { then }: Guideline['provisions'][number],
  kind: Facts['targets'][number]['kind'],
): boolean => 'candidates' in then && targetGroups[then.targets]!.includes(kind);

/** Two provisions that both name executors for one target in one settled case: one finding for each pair. */
export function overlaps(guideline: Guideline): Finding[] {
  const { classes, settled } = caseSpaceOf(guideline);
  const found = new Map<string, Finding>();
  for (const facts of settled) {
    const reading = readSettled(guideline, facts);
    if (reading.ended) continue;
    for (const { kind } of classes) {
      if (!facts.targets.some((each) => each.kind === kind)) continue;
      const ids = giversOf(guideline, reading, kind).map(({ id }) => id);
      for (const [at, one] of ids.entries()) {
        for (const other of ids.slice(at + 1)) {
          if (found.has(`${one} ${other}`)) continue;
          found.set(`${one} ${other}`, {
            code: 'OVERLAP',
            level: 'error',
            provisions: [one, other],
            words: {
              en: `${one} and ${other} both name executors for a target of the kind ${kind}.`,
              ja: `${one} と ${other} が、同一の対象（${kind}）について重ねて実施主体を定めている。`,
            },
            witness: facts,
          });
        }
      }
    }
  }
  return [...found.values()];
}
