import {
  type Basis,
  type Condition,
  type ExecutionProvision,
  type Executor,
  type Facts,
  type Guideline,
  isExecution,
  isOutcome,
  isReview,
  type OutcomeProvision,
  type Provision,
  type TargetKind,
} from '@sekisho/guideline';

/** What each provision does in one case in which everything is known. Read here a second time: `determine` is held against it. */
export interface SettledReading {
  /** The first outcome whose conditions hold; null where a measure is possible. */
  readonly ended: OutcomeProvision | null;
  readonly bases: readonly Basis[];
  /** Of each outcome, review and execution provision: its conditions and those of its candidates, asked whatever has ended the case. */
  readonly asked: ReadonlyMap<Provision, { readonly held: boolean; readonly conditions: readonly boolean[] }>;
  /** Which executors an execution provision names, were a measure possible. */
  readonly candidates: ReadonlyMap<ExecutionProvision, readonly Executor[]>;
}

export function readSettled({ provisions, targetGroups }: Guideline, facts: Facts): SettledReading {
  const bases: Basis[] = [];
  const asked = new Map<Provision, { held: boolean; conditions: boolean[] }>();
  const candidates = new Map<ExecutionProvision, Executor[]>();
  const met = (condition: Condition): boolean => holds(targetGroups, condition, facts, bases.length > 0);
  let ended: OutcomeProvision | null = null;
  for (const provision of provisions) {
    if (!isOutcome(provision) && !isReview(provision) && !isExecution(provision)) continue;
    const conditions = provision.when.map(met);
    const held = conditions.every(Boolean);
    asked.set(provision, { held, conditions });
    if (isExecution(provision)) {
      const named = provision.then.candidates.filter(({ when = [] }) => held && when.every(met));
      candidates.set(
        provision,
        named.map(({ executor }) => executor),
      );
    } else if (held && isReview(provision)) bases.push(provision.then.review);
    else if (held && isOutcome(provision)) ended ??= provision;
  }
  return { ended, bases, asked, candidates };
}

/** The execution provisions that name an executor for targets of a kind. */
export function giversOf(guideline: Guideline, reading: SettledReading, kind: TargetKind): ExecutionProvision[] {
  return guideline.provisions
    .filter(isExecution)
    .filter((each) => guideline.targetGroups[each.then.targets]!.includes(kind))
    .filter((each) => reading.candidates.get(each)!.length > 0);
}

function holds(
  groups: Guideline['targetGroups'],
  condition: Condition,
  { servers, targets, ...facts }: Facts,
  reviewed: boolean,
): boolean {
  if ('fact' in condition) return facts[condition.fact] === condition.is;
  if ('nscReview' in condition) return reviewed;
  if ('targets' in condition) {
    const group = groups[condition.targets.slice('SOME_'.length)]!;
    return targets.some(({ kind }) => group.includes(kind));
  }
  if (condition.servers === 'ALL_DOMESTIC') return servers.every(({ location }) => location === 'DOMESTIC');
  const where = condition.servers === 'SOME_OVERSEAS' ? 'OVERSEAS' : 'DOMESTIC';
  return servers.some(({ location }) => location === where);
}
