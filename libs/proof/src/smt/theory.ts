import {
  CASE_FACTS,
  type CaseFact,
  type Condition,
  EXECUTORS,
  type Executor,
  type Guideline,
  isExecution,
  isOutcome,
  isReview,
  isSafeguard,
  type KnownCondition,
} from '@sekisho/guideline';
import { classesOf, placesOf, type TargetClass } from '../classes.js';
import type { SettledView } from '../statement.js';
import { missing } from './missing.js';
import { and, call, define, not, or, positive, type Term } from './terms.js';
import { CaseVector } from './vectors.js';
import { Settled, Way } from './ways.js';

/**
 * A version as definitions for the solver, made from its provisions alone: what each says of one settled way, and what `determine` says
 * of a case by asking of some way, or of every way, of settling it. Nothing of `determine` is used; tests hold the two against each other.
 */
export class Theory {
  readonly classes: readonly TargetClass[];
  readonly definitions: string;
  private readonly places;

  constructor(private readonly guideline: Guideline) {
    this.classes = classesOf(guideline);
    this.places = placesOf(this.classes);
    this.definitions = [...this.ofWays(new Settled(this.classes)), ...this.ofCases(this.case('x'))].join('\n');
  }

  case(name: string): CaseVector {
    return new CaseVector(name, this.classes);
  }

  /** What the provisions say of one way, in their order: the reviews so far answer whether there is one. */
  private *ofWays(way: Settled): Generator<string> {
    const { provisions } = this.guideline;
    const names = way.variables.map(({ name }) => name);
    const define_ = (name: string, body: Term) => define(name, way.variables, body);
    const outcomes = provisions.filter(isOutcome);
    const met = (conditions: readonly Condition[], reviews: readonly Term[]) =>
      and(...conditions.map((each) => this.holds(each, way, or(...reviews))));
    for (const [at, { when }] of outcomes.entries()) yield define_(`ends-${at}`, met(when, []));
    yield define_('measure', not(or(...outcomes.map((_, at) => call(`ends-${at}`, names)))));
    const reviews: Term[] = [];
    const executions = provisions.filter(isExecution);
    for (const [at, provision] of provisions.entries()) {
      if (isReview(provision)) {
        yield define_(`review-${at}`, met(provision.when, reviews));
        reviews.push(call(`review-${at}`, names));
      } else if (isExecution(provision)) {
        const place = executions.indexOf(provision);
        for (const executor of EXECUTORS) {
          const named = provision.then.candidates.filter((each) => each.executor === executor);
          const each = named.map(({ when = [] }) => met([...provision.when, ...when], reviews));
          yield define_(`names-${place}-${executor}`, or(...each));
        }
      }
    }
    yield define_('reviewed', or(...reviews));
    for (const [place, { kind }] of this.classes.entries()) {
      for (const executor of EXECUTORS) {
        const naming = this.naming(kind).map((at) => call(`names-${at}-${executor}`, names));
        yield define_(`acts-${place}-${executor}`, or(...naming));
      }
    }
  }

  /** The execution provisions for targets of a kind, by their place among them. */
  private naming(kind: TargetClass['kind']): number[] {
    const executions = this.guideline.provisions.filter(isExecution);
    return [...executions.keys()].filter((at) =>
      this.guideline.targetGroups[executions[at]!.then.targets]!.includes(kind),
    );
  }

  private holds(condition: Condition, way: Settled, reviewed: Term): Term {
    if ('fact' in condition) return condition.is === 'TRUE' ? way.fact(condition.fact) : not(way.fact(condition.fact));
    if ('nscReview' in condition) return reviewed;
    if ('targets' in condition) {
      const group = this.guideline.targetGroups[condition.targets.slice('SOME_'.length)]!;
      const within = [...this.classes.keys()].filter((place) => group.includes(this.classes[place]!.kind));
      return or(...within.map(way.targets));
    }
    if (condition.servers === 'ALL_DOMESTIC') return not(way.servers('OVERSEAS'));
    return way.servers(condition.servers === 'SOME_OVERSEAS' ? 'OVERSEAS' : 'DOMESTIC');
  }

  /** What holds of a case: some way of settling it that leaves a measure possible, or every one. */
  private *ofCases(it: CaseVector): Generator<string> {
    const outcomes = this.guideline.provisions.filter(isOutcome);
    // A way that an outcome ends leaves no measure: the solver need not hear of it.
    const ends = (way: Way) =>
      outcomes.some(({ when }) => when.every(({ fact, is }) => way.value(fact) === (is === 'TRUE')));
    const ways = Way.all(it, this.asked()).filter((way) => !ends(way));
    const some = (body: (way: Way) => Term) =>
      or(...ways.map((way) => and(way.settles, way.says('measure'), body(way))));
    const define_ = (name: string, body: Term) => define(name, it.variables, body);
    const known = outcomes.map(({ when }) =>
      and(...when.flatMap(({ fact, is }) => [it.known(fact), is === 'TRUE' ? it.fact(fact) : not(it.fact(fact))])),
    );
    yield define_('ended', or(...known));
    yield define_(
      'may-be-reviewed',
      some((way) => way.says('reviewed')),
    );
    yield define_(
      'may-go-unreviewed',
      some((way) => not(way.says('reviewed'))),
    );
    for (const executor of EXECUTORS) {
      for (const at of this.classes.keys()) {
        yield define_(
          `may-act-${at}-${executor}`,
          some((way) => way.says(`acts-${at}-${executor}`)),
        );
      }
      const unknown = (way: Way) => or(...way.turned.map((at) => way.says(`acts-${at}-${executor}`)));
      yield define_(`unknown-may-act-${executor}`, some(unknown));
    }
    for (const at of this.guideline.provisions.filter(isExecution).keys()) {
      const names = (way: Way) => or(...EXECUTORS.map((executor) => way.says(`names-${at}-${executor}`)));
      yield define_(`may-name-${at}`, some(names));
    }
  }

  /** The facts that conditions on settled cases ask. */
  private asked(): CaseFact[] {
    const asked = JSON.stringify(this.guideline.provisions.filter((each) => !isSafeguard(each)));
    return CASE_FACTS.filter((name) => asked.includes(`"fact":"${name}"`));
  }

  /** That something is missing: apart from the others, since it asks of two ways at once and no property asks it. */
  get provisional(): string {
    const it = this.case('x');
    return define('provisional', it.variables, or(...missing(this.guideline, it)));
  }

  /** A case as properties see it, in terms. Where an outcome ends it, nothing else is said. */
  view(it: CaseVector): SettledView<Term> {
    const ended = call('ended', it.names);
    const open = not(ended);
    const maybe = call('may-be-reviewed', it.names);
    const maybeNot = call('may-go-unreviewed', it.names);
    const review = {
      YES: and(open, not(maybeNot)),
      NO: or(ended, and(maybeNot, not(maybe))),
      PROVISIONAL: and(open, maybe, maybeNot),
    };
    const mayAct = (place: number, executor: Executor): Term =>
      place === this.classes.length
        ? call(`unknown-may-act-${executor}`, it.names)
        : call(`may-act-${place}-${executor}`, it.names);
    const view: SettledView<Term> = {
      ended,
      provisional: and(open, call('provisional', it.names)),
      server: (location) => positive(it.servers(location)),
      target: (kind) => positive(it.targets(this.places[kind])),
      review: (said) => review[said],
      mayAct: (kind, executor) => and(open, view.target(kind), mayAct(this.places[kind], executor)),
      asks: (kind) =>
        and(
          open,
          or(
            ...this.safeguards((each) => each.safeguards.includes(kind)).map((each) =>
              this.needed(each.when, view, it),
            ),
          ),
        ),
      asksIn: (timing) =>
        and(
          open,
          or(
            ...this.safeguards((each) => each.safeguards.includes('COMMISSION_APPROVAL')).map((each) => {
              const timings = each.timings ?? [{ timing: 'PRIOR' as const }];
              const holds = timings.map(({ when = [] }) => this.needed(when, view, it));
              const first = timings.flatMap((one, at) =>
                one.timing === timing ? [and(...holds.slice(0, at).map(not), holds[at]!)] : [],
              );
              // Where none holds, the safeguard is asked for beforehand.
              if (timing === 'PRIOR') first.push(and(...holds.map(not)));
              return and(this.needed(each.when, view, it), or(...first));
            }),
          ),
        ),
      givers: (kind) => {
        return this.naming(kind).map((at) => call(`may-name-${at}`, it.names));
      },
    };
    return view;
  }

  private safeguards(of: (then: SafeguardThen) => boolean): (SafeguardThen & { when: KnownCondition[] })[] {
    return this.guideline.provisions
      .filter(isSafeguard)
      .filter(({ then }) => of(then))
      .map(({ then, when }) => ({ ...then, when }));
  }

  /** Conditions on what is known: what is unknown counts as a risk. */
  private needed(conditions: readonly KnownCondition[], view: SettledView<Term>, it: CaseVector): Term {
    return and(
      ...conditions.map((condition) => {
        if ('fact' in condition) return and(it.known(condition.fact), it.fact(condition.fact));
        if ('servers' in condition) return or(view.server('OVERSEAS'), view.server('UNKNOWN'));
        if ('nscReview' in condition) return not(view.review('NO'));
        if ('measure' in condition) return or(call('may-be-reviewed', it.names), call('may-go-unreviewed', it.names));
        const kinds = [...this.classes.map(({ kind }) => kind), 'UNKNOWN' as const];
        return or(...kinds.map((kind) => view.mayAct(kind, condition.execution)));
      }),
    );
  }
}

type SafeguardThen = Extract<Guideline['provisions'][number], { then: { safeguards: unknown } }>['then'];
