import {
  answer,
  CASE_FACTS,
  EXECUTORS,
  type Facts,
  type Guideline,
  SAFEGUARD_KINDS,
  SERVER_LOCATIONS,
} from '@sekisho/guideline';
import { caseSpaceOf } from './case-space.js';
import { placesOf } from './classes.js';
import type { CaseView } from './statement.js';

/**
 * The answers of `determine`, seen as properties see them. Two cases of which a property could say nothing different share one view, so
 * that it need be asked of the view once.
 */
export class Answers {
  private readonly places;
  private readonly byCase = new Map<string, CaseView<boolean>>();
  private readonly byContent = new Map<string, CaseView<boolean>>();

  constructor(private readonly guideline: Guideline) {
    this.places = placesOf(caseSpaceOf(guideline).classes);
  }

  /** Of several servers or targets alike, one stands for all that are known; of those unknown each counts. */
  of(facts: Facts): CaseView<boolean> {
    const servers = { DOMESTIC: 0, OVERSEAS: 0, UNKNOWN: 0 };
    for (const { location } of facts.servers) servers[location] = location === 'UNKNOWN' ? servers.UNKNOWN + 1 : 1;
    let targets = 0;
    let unknown = 0;
    for (const { kind } of facts.targets) {
      targets |= 1 << this.places[kind];
      if (kind === 'UNKNOWN') unknown += 1;
    }
    let key = `${servers.DOMESTIC}${servers.OVERSEAS}${servers.UNKNOWN} ${targets} ${unknown} `;
    for (const name of CASE_FACTS) key += facts[name].charAt(0);
    const known = this.byCase.get(key);
    if (known !== undefined) return known;
    const view = this.work(facts, targets);
    this.byCase.set(key, view);
    return view;
  }

  private work(facts: Facts, targets: number): CaseView<boolean> {
    const { outcome, nscReview, execution, safeguards } = answer(this.guideline, facts);
    const mayAct = Array<number>(this.places.UNKNOWN + 1).fill(0);
    execution.forEach(({ candidates }, at) => {
      for (const each of candidates) mayAct[this.places[facts.targets[at]!.kind]]! |= 1 << EXECUTORS.indexOf(each);
    });
    // A kind that nobody can name has no form in the answer; that is another property's affair.
    const asked = safeguards.filter((each) => each !== undefined);
    const asks = asked.reduce((bits, { kind }) => bits | (1 << SAFEGUARD_KINDS.indexOf(kind)), 0);
    const timing = asked.find((each) => each.kind === 'COMMISSION_APPROVAL')?.timing;
    const where = SERVER_LOCATIONS.filter((each) => facts.servers.some(({ location }) => location === each));
    const content = [outcome, nscReview.required, mayAct, asks, timing, where, targets].join(' ');
    const known = this.byContent.get(content);
    if (known !== undefined) return known;
    const { places } = this;
    const view: CaseView<boolean> = {
      ended: outcome === 'NO_MEASURE' || outcome === 'NO_AUTHORITY',
      provisional: outcome === 'PROVISIONAL',
      server: (location) => where.includes(location),
      target: (kind) => (targets & (1 << places[kind])) !== 0,
      review: (said) => nscReview.required === said,
      mayAct: (kind, executor) => (mayAct[places[kind]]! & (1 << EXECUTORS.indexOf(executor))) !== 0,
      asks: (kind) => (asks & (1 << SAFEGUARD_KINDS.indexOf(kind))) !== 0,
      asksIn: (each) => each === timing,
    };
    this.byContent.set(content, view);
    return view;
  }
}

const kept = new WeakMap<Guideline, Answers>();

/** The answers of a version; those worked out for one property serve the next. */
export function answersOf(guideline: Guideline): Answers {
  const known = kept.get(guideline) ?? new Answers(guideline);
  kept.set(guideline, known);
  return known;
}
