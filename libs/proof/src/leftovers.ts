import {
  CASE_FACTS,
  determine,
  type Facts,
  type Guideline,
  isReview,
  isSafeguard,
  type Provision,
} from '@sekisho/guideline';
import { caseOf, caseSpaceOf, PLAIN } from './case-space.js';
import type { Finding } from './finding.js';

/**
 * Facts that no provision asks. That the platform knows of a fact is no promise of the version, so it is a note; that the version declares
 * how people judge it, and then does not ask, is an error.
 */
export function unusedFacts({ provisions, judgements }: Guideline): Finding[] {
  const asked = JSON.stringify(provisions);
  return CASE_FACTS.filter((name) => !asked.includes(`"fact":"${name}"`)).map((name) => {
    const declared = judgements.filter(({ arrivesAs }) => arrivesAs === name).map(({ id }) => id);
    const error = declared.length > 0;
    return {
      code: 'UNUSED_FACT',
      level: error ? 'error' : 'note',
      provisions: declared,
      words: error
        ? {
            en: `${declared.join(', ')} is declared as a matter of judgement, but no provision asks ${name}: unknown, it changes nothing.`,
            ja: `${declared.join('、')} は判断事項とされているが、${name} を要件とする規定がなく、不明であっても結論は変わらない。`,
          }
        : {
            en: `No provision asks ${name}: unknown, it changes nothing.`,
            ja: `${name} を要件とする規定がなく、不明であっても結論は変わらない。`,
          },
      witness: caseOf({ ...PLAIN, [name]: 'UNKNOWN' }, ['DOMESTIC'], ['PRIVATE']),
    };
  });
}

/** Provisions with the effect of another one that holds wherever they do: one finding for each that could be left out. */
export function redundancies(guideline: Guideline): Finding[] {
  const { provisions } = guideline;
  const alike = provisions.flatMap((one, at) =>
    provisions.slice(at + 1).flatMap((other) => (effectOf(one) === effectOf(other) ? [[one, other] as const] : [])),
  );
  if (alike.length === 0) return [];
  const { all, settled } = caseSpaceOf(guideline);
  return alike.flatMap(([one, other]) => {
    const cases = isSafeguard(one) ? all : settled;
    const together: Facts[] = [];
    const alone = new Set<Provision>();
    for (const facts of cases) {
      const held = heldIn(guideline, facts);
      if (held.has(one.id) && held.has(other.id)) together.push(facts);
      else if (held.has(one.id)) alone.add(one);
      else if (held.has(other.id)) alone.add(other);
    }
    const superfluous = !alone.has(other) ? [other, one] : !alone.has(one) ? [one, other] : null;
    if (superfluous === null || together.length === 0) return [];
    const [spare, kept] = superfluous.map(({ id }) => id);
    return [
      {
        code: 'REDUNDANCY' as const,
        level: 'error' as const,
        provisions: [spare!, kept!],
        words: {
          en: `${spare} has the same effect as ${kept}, which holds wherever it does: it adds nothing.`,
          ja: `${spare} は ${kept} と効果が同じであり、要件を満たす場合には常に ${kept} の要件も満たされるため、意味を持たない。`,
        },
        witness: together[0]!,
      },
    ];
  });
}

/** What is the same for two reviews, or two safeguards, that come to the same; executions are compared as overlaps. */
function effectOf(provision: Provision): string | Provision {
  if (isReview(provision)) return provision.then.review;
  return isSafeguard(provision) ? JSON.stringify(provision.then) : provision;
}

function heldIn(guideline: Guideline, facts: Facts): Set<string> {
  const { because } = determine(guideline, facts);
  return new Set(because.filter(({ answer }) => answer === 'TRUE').map(({ provision }) => provision));
}
