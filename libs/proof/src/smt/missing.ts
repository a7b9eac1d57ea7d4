import { CASE_FACTS, EXECUTORS, type Guideline, isOutcome } from '@sekisho/guideline';
import { and, call, exists, not, or, same, type Term } from './terms.js';
import type { CaseVector } from './vectors.js';
import { CountedWay, COUNTS_AS_NO } from './ways.js';

type Classes = CaseVector['classes'];

/** Of each unknown, that two ways which differ in it alone disagree. */
export function missing(guideline: Guideline, it: CaseVector): Term[] {
  const { classes } = it;
  const way = new CountedWay(it, classes);
  const some = (...body: Term[]) => exists(way.variables, and(way.settles, ...body));
  const facts = CASE_FACTS.filter((name) => name !== COUNTS_AS_NO).map((fact) =>
    and(not(it.known(fact)), some(disagree(guideline, classes, way.asked(), way.asked({ fact })))),
  );
  const more = (counted: Term, known: Term): Term => `(> ${counted} ${known})`;
  const abroad = way.asked({ from: way.servers('DOMESTIC'), to: way.servers('OVERSEAS') });
  const server = some(
    more(way.servers('DOMESTIC'), it.servers('DOMESTIC')),
    disagree(guideline, classes, way.asked(), abroad),
  );
  const places = [...classes.keys()];
  const targets = places.flatMap((from) =>
    places.slice(from + 1).map((to) => {
      const other = way.asked({ from: way.targets(from), to: way.targets(to) });
      const differ = or(disagree(guideline, classes, way.asked(), other), actsDiffer(from, way.asked(), to, other));
      return some(more(way.targets(from), it.targets(from)), differ);
    }),
  );
  return [...facts, server, ...targets];
}

/** In the outcome, in whether there is a review, or in who may act against targets that are there in both. */
function disagree(guideline: Guideline, classes: Classes, one: readonly Term[], two: readonly Term[]): Term {
  const outcomes = guideline.provisions.filter(isOutcome);
  const first = (names: readonly Term[], outcome: string) =>
    or(
      ...outcomes.flatMap(({ then }, at) => {
        const earlier = outcomes.slice(0, at).map((_, before) => not(call(`ends-${before}`, names)));
        return then.outcome === outcome ? [and(...earlier, call(`ends-${at}`, names))] : [];
      }),
    );
  const ends = ['NO_MEASURE', 'NO_AUTHORITY'].map((outcome) => not(same(first(one, outcome), first(two, outcome))));
  const targetsFrom = one.length - classes.length;
  const within = [...classes.keys()].map((at) =>
    and(one[targetsFrom + at]!, two[targetsFrom + at]!, actsDiffer(at, one, at, two)),
  );
  const reviews = not(same(call('reviewed', one), call('reviewed', two)));
  return or(...ends, and(call('measure', one), call('measure', two), or(reviews, ...within)));
}

function actsDiffer(place: number, one: readonly Term[], other: number, two: readonly Term[]): Term {
  const differ = EXECUTORS.map((executor) =>
    not(same(call(`acts-${place}-${executor}`, one), call(`acts-${other}-${executor}`, two))),
  );
  return and(call('measure', one), call('measure', two), or(...differ));
}
