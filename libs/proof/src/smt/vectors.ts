import { CASE_FACTS, type CaseFact, type Facts, SERVER_LOCATIONS, type ThreeValued } from '@sekisho/guideline';
import { caseOf } from '../case-space.js';
import { placesOf, type TargetClass } from '../classes.js';
import type { Model } from '../solver.js';
import { and, atMost, or, positive, same, type Term, type Variable } from './terms.js';

/**
 * A case as a vector of constants: of each fact whether it is known and what it is, and how many servers and targets there are of each
 * kind. Counts are enough, whatever the number: no condition names a server or a target, none asks for more than whether some or all are
 * of a kind, and the answer for a target depends on its kind alone. So cases with equal counts differ in nothing but names.
 */
export class CaseVector {
  constructor(
    readonly name: string,
    readonly classes: readonly TargetClass[],
  ) {}

  known = (fact: CaseFact): Term => `${this.name}.${fact}.known`;
  fact = (fact: CaseFact): Term => `${this.name}.${fact}`;
  servers = (location: Facts['servers'][number]['location']): Term => `${this.name}.servers.${location}`;
  /** By the place of the class; the last are the unknown ones. */
  targets = (place: number): Term => `${this.name}.targets.${this.classes[place]?.kind ?? 'UNKNOWN'}`;

  get variables(): Variable[] {
    const places = [...this.classes.keys(), this.classes.length];
    return [
      ...CASE_FACTS.flatMap((name) => [this.known(name), this.fact(name)]).map(bool),
      ...SERVER_LOCATIONS.map(this.servers).map(int),
      ...places.map(this.targets).map(int),
    ];
  }

  get names(): Term[] {
    return this.variables.map(({ name }) => name);
  }

  /** A server and a target at least, and no more than nothing of anything. */
  get sound(): Term {
    const counts = this.variables.filter(({ sort }) => sort === 'Int').map(({ name }) => name);
    const targets = counts.slice(SERVER_LOCATIONS.length);
    const some = [or(...counts.slice(0, SERVER_LOCATIONS.length).map(positive)), or(...targets.map(positive))];
    return and(...counts.map((count) => atMost('0', count)), ...some);
  }

  /** The same of these facts, and no others. */
  is(facts: Facts): Term {
    const places = placesOf(this.classes);
    const said = CASE_FACTS.map((name) => and(...this.factIs(name, facts[name])));
    const servers = SERVER_LOCATIONS.map((location) =>
      same(this.servers(location), `${facts.servers.filter((each) => each.location === location).length}`),
    );
    const targets = [...this.classes.keys(), this.classes.length].map((place) =>
      same(this.targets(place), `${facts.targets.filter(({ kind }) => places[kind] === place).length}`),
    );
    return and(...said, ...servers, ...targets);
  }

  private factIs(name: CaseFact, value: ThreeValued): Term[] {
    if (value === 'UNKNOWN') return [same(this.known(name), 'false')];
    return [this.known(name), same(this.fact(name), value === 'TRUE' ? 'true' : 'false')];
  }

  /** The case of a counterexample. */
  read(model: Model): Facts {
    const times = <T>(value: T, count: Term): T[] => Array<T>(Number(model.get(count) ?? 0)).fill(value);
    const values = CASE_FACTS.map((name): [CaseFact, ThreeValued] => [
      name,
      model.get(this.known(name)) !== true ? 'UNKNOWN' : model.get(this.fact(name)) === true ? 'TRUE' : 'FALSE',
    ]);
    return caseOf(
      Object.fromEntries(values) as Record<CaseFact, ThreeValued>,
      SERVER_LOCATIONS.flatMap((location) => times(location, this.servers(location))),
      [...this.classes.map(({ kind }) => kind), 'UNKNOWN' as const].flatMap((kind, at) =>
        times(kind, this.targets(at)),
      ),
    );
  }
}

export const bool = (name: string): Variable => ({ name, sort: 'Bool' });
export const int = (name: string): Variable => ({ name, sort: 'Int' });
