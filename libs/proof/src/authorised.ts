import {
  authorise,
  determine,
  ENACTED,
  type Evidence,
  type Executor,
  type Facts,
  type Guideline,
  guidelineInForce,
  type JudgedDetermination,
  type JudgedScope,
  outstanding,
  type Safeguard,
  type Words,
} from '@sekisho/guideline';
import { caseSpaceOf } from './case-space.js';
import { type EvidenceState, SCOPE_DIGEST, statesOf } from './evidence-states.js';

export const authorisedLacksNothing: { id: string; words: Words } = {
  id: 'authorised-lacks-nothing',
  words: {
    en: 'An order is authorised exactly where nothing is outstanding: no safeguard for its executor and servers is without evidence that carries it.',
    ja: '命令が認められるのは、実施主体及び対象サーバーに係るすべての手続について有効な証拠があり、不足がない場合に限られる。',
  },
};

const DIGEST = 'sha256:determination';

/** A case, and what was given for it, of which `authorise` says something else than the evidence. */
export interface EvidenceWitness {
  readonly facts: Facts;
  readonly executor: Executor;
  readonly evidence: readonly Evidence[];
}

/**
 * Asks `authorise`, which is code and no provision, of every state of the evidence: for each different list of safeguards, every choice of
 * a state for each of them, or with `PAIRS` of every two of them while the others are in hand, which takes a hundredth of the time. Null
 * where the version is not in force: then nothing is ever authorised.
 */
export function enumerateEvidence(
  guideline: Guideline,
  choices: 'ALL' | 'PAIRS',
  asked: typeof authorise = authorise,
): { cases: number; witness: EvidenceWitness | null } | null {
  let cases = 0;
  for (const { facts, executor, safeguards } of situations(guideline)) {
    if (guidelineInForce(facts.plannedActionAt)?.id !== guideline.id) return null;
    const at = facts.plannedActionAt;
    const determination: JudgedDetermination = { ...determine(guideline, facts), digest: DIGEST };
    const scope = scopeOf(facts, executor);
    const people = { draftedBy: 'person-4', issuedBy: 'person-5' };
    const order = { scopeDigest: SCOPE_DIGEST, executor, plannedActionAt: at, ...people };
    for (const chosen of (choices === 'ALL' ? choicesOf : pairsOf)(safeguards.map(statesOf))) {
      cases += 1;
      const evidence = chosen.flatMap(({ papers }) => papers);
      const said = asked(determination, facts, scope, evidence, order, at, ENACTED);
      const lacking =
        said.verdict === 'REFUSED' ? said.outstanding : outstanding(determination, scope, evidence, at, at);
      const carried = chosen.every(({ carries }) => carries);
      if ((said.verdict === 'AUTHORISED') !== carried || (lacking.length === 0) !== carried) {
        return { cases, witness: { facts, executor, evidence } };
      }
    }
  }
  return { cases, witness: null };
}

/** The smallest cases with one target for each list of safeguards that an order can need. */
function* situations(guideline: Guideline): Generator<{ facts: Facts; executor: Executor; safeguards: Safeguard[] }> {
  const seen = new Set<string>();
  for (const facts of caseSpaceOf(guideline).settled.filter(({ targets }) => targets.length === 1)) {
    const { execution, safeguards } = determine(guideline, facts);
    for (const executor of execution[0]?.candidates ?? []) {
      const needed = safeguards.filter((each) => !('onlyFor' in each) || each.onlyFor === executor);
      const list = needed.map((each) => ('timing' in each ? `${each.kind} ${each.timing}` : each.kind)).join();
      if (seen.has(list)) continue;
      seen.add(list);
      yield { facts, executor, safeguards: needed };
    }
  }
}

function scopeOf(facts: Facts, executor: Executor): JudgedScope {
  const text = 'a measure';
  return {
    determination: DIGEST,
    scopeDigest: SCOPE_DIGEST,
    measure: {
      kind: 'DIRECT',
      purpose: text,
      expectedEffect: text,
      thirdPartyRisk: text,
      alternatives: text,
      notBefore: '2026-12-31T00:00:00+09:00',
      notAfter: '2027-01-31T00:00:00+09:00',
    },
    servers: facts.servers.map(({ ref }) => {
      return { ref, address: '198.51.100.37', attacks: facts.targets.map((each) => each.ref), executor };
    }),
  };
}

/** One state for each safeguard, in every way. */
function* choicesOf(lists: readonly EvidenceState[][]): Generator<EvidenceState[]> {
  const [first, ...rest] = lists;
  if (first === undefined) yield [];
  else for (const others of choicesOf(rest)) for (const state of first) yield [state, ...others];
}

/** Every choice for every two of them, where the others have what carries an order: the first state of each list. */
function* pairsOf(lists: readonly EvidenceState[][]): Generator<EvidenceState[]> {
  for (const one of lists.keys()) {
    for (const other of lists.keys()) {
      if (other < one || (other === one && lists.length > 1)) continue;
      yield* choicesOf(lists.map((states, at) => (at === one || at === other ? states : states.slice(0, 1))));
    }
  }
}
