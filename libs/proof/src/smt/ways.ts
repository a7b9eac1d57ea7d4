import { CASE_FACTS, type CaseFact, SERVER_LOCATIONS } from '@sekisho/guideline';
import type { TargetClass } from '../classes.js';
import { and, atMost, call, not, or, positive, same, sum, type Term, type Variable } from './terms.js';
import { bool, type CaseVector, int } from './vectors.js';

/** Unknown, it counts as no: `determine` never settles it both ways. */
export const COUNTS_AS_NO: CaseFact = 'noTimeForPriorApproval';

const PLACES = ['OVERSEAS', 'DOMESTIC'] as const;
export type Place = (typeof PLACES)[number];

/** All that conditions ask of a settled way: each fact, and whether there is a server at each place and a target of each class. */
export class Settled {
  constructor(private readonly classes: readonly TargetClass[]) {}

  fact = (fact: CaseFact): Term => `w.${fact}`;
  servers = (place: Place): Term => `w.servers.${place}`;
  targets = (at: number): Term => `w.targets.${this.classes[at]!.kind}`;

  get variables(): Variable[] {
    return [
      ...CASE_FACTS.map(this.fact),
      ...PLACES.map(this.servers),
      ...[...this.classes.keys()].map(this.targets),
    ].map(bool);
  }
}

/**
 * One way of settling a case: every fact, and at which places and of which classes some unknown server or target turns out to be. How
 * many of them does not matter, so it is not asked: so many unknown ones can be settled into any choice of places that is no larger than
 * they are many, and not empty where there are any. There are then as few ways as choices, whatever the number of servers and targets, and
 * `some way` is spelt as the list of them: no quantifier is left to the solver.
 */
export class Way {
  private constructor(
    private readonly it: CaseVector,
    private readonly values: Readonly<Partial<Record<CaseFact, boolean>>>,
    private readonly places: readonly Place[],
    /** The classes that unknown targets have turned out to be of. */
    readonly turned: readonly number[],
  ) {}

  /** Every way in which facts that the guideline asks can be settled; of the others it does not matter. */
  static all(it: CaseVector, asked: readonly CaseFact[]): Way[] {
    const settled = asked.filter((name) => name !== COUNTS_AS_NO);
    const places = choices(PLACES);
    const classes = choices([...it.classes.keys()]);
    return choices(settled).flatMap((yes) => {
      const values = Object.fromEntries(settled.map((name) => [name, yes.includes(name)]));
      return places.flatMap((where) => classes.map((turned) => new Way(it, values, where, turned)));
    });
  }

  /** What a fact is settled to; undefined where that is left to the case. */
  value(fact: CaseFact): boolean | undefined {
    return this.values[fact];
  }

  /** The case can be settled in this way. */
  get settles(): Term {
    const { it, values, places, turned } = this;
    const facts = CASE_FACTS.filter((name) => values[name] !== undefined).map((name) =>
      or(not(it.known(name)), values[name] ? it.fact(name) : not(it.fact(name))),
    );
    return and(...facts, spread(places, it.servers('UNKNOWN')), spread(turned, it.targets(it.classes.length)));
  }

  says(definition: string): Term {
    const { it, values, places, turned } = this;
    const asNo = and(it.known(COUNTS_AS_NO), it.fact(COUNTS_AS_NO));
    return call(definition, [
      ...CASE_FACTS.map((name) => (name === COUNTS_AS_NO ? asNo : `${values[name] ?? false}`)),
      ...PLACES.map((place) => (places.includes(place) ? 'true' : positive(it.servers(place)))),
      ...[...it.classes.keys()].map((at) => (turned.includes(at) ? 'true' : positive(it.targets(at)))),
    ]);
  }
}

const spread = (chosen: readonly unknown[], unknown: Term): Term =>
  chosen.length === 0 ? same(unknown, '0') : `(>= ${unknown} ${chosen.length})`;

/** Every choice of some of them, or of none. */
const choices = <T>(all: readonly T[]): T[][] =>
  all.reduce<T[][]>((some, each) => some.flatMap((chosen) => [chosen, [...chosen, each]]), [[]]);

const factsSettle = (it: CaseVector, fact: (name: CaseFact) => Term): Term[] =>
  CASE_FACTS.map((name) =>
    name === COUNTS_AS_NO
      ? same(fact(name), and(it.known(name), it.fact(name)))
      : or(not(it.known(name)), same(fact(name), it.fact(name))),
  );

/** One way of settling a case with how many there are of each, so that a single unknown can be settled otherwise. */
export class CountedWay {
  private readonly fact = (fact: CaseFact): Term => `counted.${fact}`;
  readonly servers = (place: Place): Term => `counted.servers.${place}`;
  readonly targets = (at: number): Term => `counted.targets.${this.classes[at]!.kind}`;

  constructor(
    private readonly it: CaseVector,
    private readonly classes: readonly TargetClass[],
  ) {}

  get variables(): Variable[] {
    return [...CASE_FACTS.map(this.fact).map(bool), ...this.counts.map(int)];
  }

  private get counts(): Term[] {
    return [...PLACES.map(this.servers), ...[...this.classes.keys()].map(this.targets)];
  }

  get settles(): Term {
    const { it, classes } = this;
    const places = [...classes.keys()];
    return and(
      ...factsSettle(it, this.fact),
      ...PLACES.map((place) => atMost(it.servers(place), this.servers(place))),
      same(sum(...PLACES.map(this.servers)), sum(...SERVER_LOCATIONS.map(it.servers))),
      ...places.map((at) => atMost(it.targets(at), this.targets(at))),
      same(sum(...places.map(this.targets)), sum(...[...places, places.length].map(it.targets))),
    );
  }

  /** What conditions ask of it, and of the way in which a fact is turned over, or one server or target counted elsewhere. */
  asked(otherwise?: { fact: CaseFact } | { from: Term; to: Term }): Term[] {
    const turned = otherwise !== undefined && 'fact' in otherwise ? this.fact(otherwise.fact) : null;
    const [from, to] = otherwise !== undefined && 'from' in otherwise ? [otherwise.from, otherwise.to] : [null, null];
    return [
      ...CASE_FACTS.map(this.fact).map((each) => (each === turned ? not(each) : each)),
      ...this.counts.map((each) => (each === from ? `(> ${each} 1)` : each === to ? 'true' : positive(each))),
    ];
  }
}
