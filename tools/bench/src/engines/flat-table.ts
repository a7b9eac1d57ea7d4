import type { Answer, Facts, Guideline, Provision } from '@sekisho/guideline';

/** What an engine is told of a case in which everything is known: yes or no to each. */
export type Inputs = Readonly<Record<string, boolean>>;

/** One line of the table as other engines take it: what is said where all of this is so. */
export interface Line {
  readonly when: Inputs;
  readonly then: string;
}

/** Lines that say the same where any of them holds: a disjunction of conjunctions. */
type Any = Inputs[];

const both = (one: Any, two: Any): Any =>
  one.flatMap((a) =>
    two.flatMap((b) => (Object.keys(a).some((key) => key in b && b[key] !== a[key]) ? [] : [{ ...a, ...b }])),
  );
const all = (list: readonly Any[]): Any => list.reduce(both, [{}]);

/**
 * The decision table of a version for known facts, without chaining: what rests on another provision has its conditions written out, as one
 * does by hand for an engine that reads each line for itself.
 */
export function flatTable({ provisions }: Guideline): Line[] {
  const lines: Line[] = [];
  const say = (any: Any, then: string) => lines.push(...any.map((when) => ({ when, then })));
  let measure: Any = [{}];
  const reviews: Any = [];
  const executors = new Map<string, Any>();
  const conditionOf = (condition: Provision['when'][number]): Any => {
    if ('fact' in condition) return [{ [condition.fact]: condition.is === 'TRUE' }];
    if ('servers' in condition) {
      if (condition.servers === 'SOME_DOMESTIC') return [{ domestic: true }];
      return [{ overseas: condition.servers !== 'ALL_DOMESTIC' }];
    }
    if ('targets' in condition) return [{ [condition.targets.slice('SOME_'.length)]: true }];
    if ('nscReview' in condition) return reviews;
    if ('execution' in condition) return executors.get(condition.execution) ?? [];
    return [{}];
  };
  for (const { when, then } of provisions) {
    const met = both(measure, all((when as Provision['when'][number][]).map(conditionOf)));
    if ('outcome' in then) {
      say(met, `outcome ${then.outcome}`);
      const [{ fact, is }] = when as [{ fact: string; is: string }];
      measure = both(measure, [{ [fact]: is !== 'TRUE' }]);
    } else if ('review' in then) {
      reviews.push(...met);
      say(met, `review ${then.review}`);
    } else if ('candidates' in then) {
      for (const { executor, when: more = [] } of then.candidates) {
        const may = both(met, all(more.map(conditionOf)));
        executors.set(executor, [...(executors.get(executor) ?? []), ...may]);
        say(may, `${then.targets} ${executor}`);
      }
    } else {
      let left = met;
      for (const { timing, when: more = [] } of then.timings ?? [{ timing: undefined }]) {
        for (const kind of then.safeguards) {
          say(both(left, all(more.map(conditionOf))), `safeguard ${kind}${timing === undefined ? '' : ` ${timing}`}`);
        }
        // Only the first that holds counts.
        for (const condition of more)
          if ('fact' in condition) left = both(left, [{ [condition.fact]: condition.is !== 'TRUE' }]);
      }
    }
  }
  return lines;
}

/** What is put to an engine of a case; nothing of it may be unknown. */
export function inputsOf({ targetGroups }: Guideline, facts: Facts): Inputs {
  const groups = Object.entries(targetGroups).map(([name, kinds]): [string, boolean] => [
    name,
    facts.targets.some(({ kind }) => kinds.includes(kind)),
  ]);
  return {
    measureContemplated: facts.measureContemplated === 'TRUE',
    graveHarmUrgent: facts.graveHarmUrgent === 'TRUE',
    nationalSecurityImpact: facts.nationalSecurityImpact === 'TRUE',
    communicationProtection: facts.communicationProtection === 'TRUE',
    noTimeForPriorApproval: facts.noTimeForPriorApproval === 'TRUE',
    overseas: facts.servers.some(({ location }) => location === 'OVERSEAS'),
    domestic: facts.servers.some(({ location }) => location === 'DOMESTIC'),
    ...Object.fromEntries(groups),
  };
}

/** What `determine` answers, in the words of the lines, sorted. */
export function saidBy(
  { targetGroups }: Guideline,
  facts: Facts,
  { outcome, nscReview, execution, safeguards }: Answer,
): string[] {
  if (outcome === 'NO_MEASURE' || outcome === 'NO_AUTHORITY') return [`outcome ${outcome}`];
  const groupsOf = (ref: string) => {
    const { kind } = facts.targets.find((target) => target.ref === ref)!;
    return Object.keys(targetGroups).filter((name) => targetGroups[name]!.includes(kind));
  };
  const said = [
    ...nscReview.bases.map((basis) => `review ${basis}`),
    ...execution.flatMap(({ target, candidates }) =>
      groupsOf(target).flatMap((name) => candidates.map((each) => `${name} ${each}`)),
    ),
    ...safeguards.map((each) => `safeguard ${each.kind}${'timing' in each ? ` ${each.timing}` : ''}`),
  ];
  return [...new Set(said)].sort();
}
