import {
  determine,
  type ExecutionProvision,
  type Facts,
  type Guideline,
  isExecution,
  isOutcome,
  isSafeguard,
  type Provision,
  type Words,
} from '@sekisho/guideline';
import { caseSpaceOf } from './case-space.js';
import type { Finding, FindingCode } from './finding.js';
import { readSettled, type SettledReading } from './settled-reading.js';

/**
 * Provisions and alternatives that no case ever meets. Where the conditions of one exclude one another, or hold only where an outcome has
 * ended the case already, that is a contradiction; an outcome that an earlier one always forestalls is out of reach.
 */
export function unreached(guideline: Guideline): Finding[] {
  const { settled } = caseSpaceOf(guideline);
  const readings = settled.map((facts) => ({ facts, reading: readSettled(guideline, facts) }));
  return guideline.provisions.flatMap((provision) =>
    isSafeguard(provision) ? safeguard(guideline, provision) : rule(provision, readings),
  );
}

type Readings = readonly { readonly facts: Facts; readonly reading: SettledReading }[];

function rule(provision: Exclude<Provision, { then: { safeguards: unknown } }>, readings: Readings): Finding[] {
  const held = readings.filter(({ reading }) => reading.asked.get(provision)!.held);
  if (held.length === 0) {
    return [
      finding(
        'CONTRADICTION',
        provision,
        {
          en: 'Its conditions exclude one another; the case comes nearest.',
          ja: '要件が互いに両立しない。示した事例は要件を最も多く満たすものである。',
        },
        nearest(readings, ({ reading }) => reading.asked.get(provision)!.conditions),
      ),
    ];
  }
  const effective = held.filter(({ reading }) =>
    isOutcome(provision) ? reading.ended === provision : reading.ended === null,
  );
  if (effective.length === 0) {
    const [first] = held;
    const by = first!.reading.ended!.id;
    return [
      isOutcome(provision)
        ? finding('UNREACHABLE_PROVISION', provision, forestalled(by), first!.facts)
        : finding('CONTRADICTION', provision, noMeasure(by), first!.facts),
    ];
  }
  return isExecution(provision) ? candidates(provision, effective) : [];
}

/** Candidates that are never named although the provision is met. */
function candidates(provision: ExecutionProvision, effective: Readings): Finding[] {
  return provision.then.candidates.flatMap(({ executor }) => {
    const named = effective.some(({ reading }) => reading.candidates.get(provision)!.includes(executor));
    return named ? [] : [finding('UNREACHABLE_ALTERNATIVE', provision, neverNamed(executor), effective[0]!.facts)];
  });
}

/** Safeguards are asked of what is known, so cases in which something is unknown count as well. */
function safeguard(guideline: Guideline, provision: Extract<Provision, { then: { safeguards: unknown } }>): Finding[] {
  const timings = new Set(provision.then.timings?.map(({ timing }) => timing));
  let met: Facts | undefined;
  const asked: { facts: Facts; conditions: boolean[] }[] = [];
  for (const facts of caseSpaceOf(guideline).all) {
    const { because } = determine(guideline, facts);
    const found = because.find((each) => each.provision === provision.id);
    if (found === undefined) continue;
    const own = found.conditions.filter(({ alternative }) => alternative === undefined);
    asked.push({ facts, conditions: own.map(({ answer }) => answer === 'TRUE') });
    if (found.answer !== 'TRUE') continue;
    met ??= facts;
    const holds = (timing: string) =>
      found.conditions.every(({ alternative, answer }) => alternative !== timing || answer === 'TRUE');
    const first = provision.then.timings?.find(({ timing }) => holds(timing));
    if (first !== undefined) timings.delete(first.timing);
    if (timings.size === 0) return [];
  }
  if (met !== undefined) {
    return [...timings].map((each) => finding('UNREACHABLE_ALTERNATIVE', provision, neverNamed(each), met));
  }
  const words = {
    en: 'No case meets its conditions; the case comes nearest.',
    ja: 'その要件を満たす事例がない。示した事例は要件を最も多く満たすものである。',
  };
  return [
    finding(
      'UNREACHABLE_PROVISION',
      provision,
      words,
      nearest(asked, ({ conditions }) => conditions),
    ),
  ];
}

/** Of the cases that meet the most conditions the smallest, which comes first. */
function nearest<T extends { facts: Facts }>(cases: readonly T[], conditions: (each: T) => readonly boolean[]) {
  let best: { facts: Facts; count: number } | null = null;
  for (const each of cases) {
    const count = conditions(each).filter(Boolean).length;
    if (best === null || count > best.count) best = { facts: each.facts, count };
  }
  return best?.facts ?? null;
}

const finding = (code: FindingCode, { id }: Provision, words: Words, witness: Facts | null): Finding => ({
  code,
  level: 'error',
  provisions: [id],
  words: { en: `${id}: ${words.en}`, ja: `${id}：${words.ja}` },
  witness,
});

const forestalled = (by: string): Words => ({
  en: `wherever it holds, ${by} has ended the case before.`,
  ja: `要件を満たすときは、常に先に ${by} により結論が出ている。`,
});

const noMeasure = (by: string): Words => ({
  en: `it holds only where no measure is possible: ${by} has ended the case.`,
  ja: `要件を満たすのは、${by} により措置ができない場合に限られる。`,
});

const neverNamed = (alternative: string): Words => ({
  en: `the alternative ${alternative} never comes to pass.`,
  ja: `選択肢 ${alternative} に至ることがない。`,
});
