import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { settleAll } from '../test/settle-all.js';
import { determined, FACTS } from '../test/cases.js';
import type { CaseFact, Determination, Facts } from './index.js';
import { CASE_FACTS, SERVER_LOCATIONS, TARGET_KINDS, THREE_VALUES, determine, guidelines } from './index.js';

interface Case {
  case: number;
  name: string;
  guideline: string;
  facts: Facts;
  expect: Record<string, unknown>;
}

const cases = JSON.parse(readFileSync(new URL('../test/determination-cases.json', import.meta.url), 'utf8')) as Case[];
const versions = guidelines.map(({ id }) => id);

/** A determination in the form of the cases' `expect`, whose lists are sorted. */
function summary(determination: Determination): Record<string, unknown> {
  const { outcome, nscReview, execution, missingFacts, safeguards, inForce } = determination;
  const has = (kind: string) => safeguards.some((each) => each.kind === kind);
  const consultation = safeguards.find((each) => each.kind === 'FOREIGN_MINISTER_CONSULTATION');
  const commission = safeguards.find((each) => each.kind === 'COMMISSION_APPROVAL');
  return {
    outcome,
    nscReview: nscReview.required,
    bases: nscReview.bases.toSorted(),
    possibleBases: nscReview.possibleBases.toSorted(),
    execution: Object.fromEntries(execution.map(({ target, candidates }) => [target, candidates.toSorted()])),
    missingFacts: missingFacts.toSorted(),
    foreignMinisterConsultation: consultation?.servers.toSorted() ?? [],
    commission: commission?.timing ?? 'NONE',
    nscApproval: has('NSC_APPROVAL'),
    primeMinisterOrder: has('PRIME_MINISTER_ORDER'),
    inForce,
  };
}

/** A determination in the form of the reference, for comparison in everything. */
function said({ outcome, nscReview, execution, missingFacts, safeguards }: Determination) {
  const { required, bases, possibleBases } = nscReview;
  return { outcome, required, bases, possibleBases, execution, missingFacts, safeguards };
}

describe('the table of cases', () => {
  it('has every case under both guidelines', () => expect(cases).toHaveLength(72));

  it.each(cases)('$case under $guideline: $name', ({ guideline, facts, expect: expected }) => {
    const determination = determined(facts, guideline);
    expect(summary(determination)).toEqual(expected);
    const kinds = determination.safeguards.map(({ kind }) => kind);
    expect(kinds.includes('NPSC_CONSENT')).toBe(kinds.includes('PRIME_MINISTER_ORDER'));
  });
});

const three = fc.constantFrom(...THREE_VALUES);
/** More unknowns than life has, up to six of them; the rest of the unknown becomes known. */
const anyFacts = fc
  .record({
    measureContemplated: fc.constantFrom('TRUE', 'TRUE', 'UNKNOWN', 'FALSE'),
    graveHarmUrgent: fc.constantFrom('TRUE', 'TRUE', 'UNKNOWN', 'FALSE'),
    nationalSecurityImpact: three,
    communicationProtection: three,
    noTimeForPriorApproval: three,
    locations: fc.array(fc.constantFrom(...SERVER_LOCATIONS, 'UNKNOWN'), { minLength: 1, maxLength: 3 }),
    kinds: fc.array(fc.constantFrom(...TARGET_KINDS, 'UNKNOWN'), { minLength: 1, maxLength: 3 }),
  })
  .map(({ locations, kinds, ...rest }): Facts => {
    let unknown = 0;
    const few = <T extends string>(value: T, known: T): T => (value === 'UNKNOWN' && ++unknown > 6 ? known : value);
    const facts = { ...rest, plannedActionAt: FACTS.plannedActionAt } as Facts;
    for (const name of CASE_FACTS) facts[name] = few(facts[name], 'TRUE');
    facts.servers = locations.map((location, n) => ({
      ref: `s${n + 1}`,
      location: few(location as 'UNKNOWN' | 'DOMESTIC', 'DOMESTIC'),
    }));
    facts.targets = kinds.map((kind, n) => ({ ref: `t${n + 1}`, kind: few(kind as 'UNKNOWN' | 'PRIVATE', 'PRIVATE') }));
    return facts;
  });

describe('unknown facts', () => {
  it.each(versions)('say under %s what all ways of settling them say', (version) => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(said(determined(facts, version))).toEqual(settleAll(version, facts));
      }),
      { numRuns: 300, seed: 20261001 },
    );
  });

  it.each(versions)(
    'under %s, of many servers and targets, say the same as of the two that stand for them',
    (version) => {
      const facts = structuredClone(FACTS);
      facts.nationalSecurityImpact = 'UNKNOWN';
      facts.servers = ['s1', 's2', 's3', 's4'].map((ref) => ({ ref, location: 'UNKNOWN' }));
      facts.targets = ['t1', 't2', 't3', 't4'].map((ref) => ({ ref, kind: 'UNKNOWN' }));
      expect(said(determined(facts, version))).toEqual(settleAll(version, facts));
    },
  );

  it('never take a safeguard away: what is asked for when something is known is asked for while it is not', () => {
    const servers = ({ safeguards }: Determination) =>
      safeguards.flatMap((each) => ('servers' in each ? each.servers : []));
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...CASE_FACTS), (facts, name) => {
        const open = determined({ ...facts, [name]: 'UNKNOWN' });
        const known = determined(facts);
        if (open.outcome === 'NO_MEASURE' || open.outcome === 'NO_AUTHORITY') return;
        const kinds = open.safeguards.map(({ kind }) => kind);
        for (const { kind } of known.safeguards) expect(kinds).toContain(kind);
        expect(servers(open)).toEqual(expect.arrayContaining(servers(known)));
      }),
      { numRuns: 200, seed: 20261001 },
    );
  });
});

describe('the finite table of one server and one target', () => {
  const table: Facts[] = [];
  for (const values of combinations(CASE_FACTS.map(() => THREE_VALUES))) {
    const facts = Object.fromEntries(CASE_FACTS.map((name, n) => [name, values[n]])) as Record<CaseFact, 'TRUE'>;
    for (const location of SERVER_LOCATIONS) {
      for (const kind of TARGET_KINDS) {
        const targets = [{ ref: 't1', kind }];
        table.push({ ...facts, plannedActionAt: FACTS.plannedActionAt, servers: [{ ref: 's1', location }], targets });
      }
    }
  }

  it('has every combination', () => expect(table).toHaveLength(3 ** 5 * 3 * 8));

  it.each(versions)('under %s leaves nothing unmatched and no provision without effect', (version) => {
    const guideline = guidelines.find(({ id }) => id === version);
    const answers = new Map<string, Set<string>>();
    for (const facts of table) {
      const determination = determined(facts, version);
      for (const { provision, answer } of determination.because) {
        answers.set(provision, (answers.get(provision) ?? new Set()).add(answer));
      }
      const said = determination.outcome === 'DETERMINED' || determination.outcome === 'PROVISIONAL';
      const asked = determination.because.filter(({ answer }) => answer !== 'FALSE').length;
      if (!said) expect(determination.because.at(-1)?.answer).toBe('TRUE');
      else if (determination.execution.some(({ candidates }) => candidates.length === 0))
        throw new Error('nobody acts');
      expect(asked).toBeGreaterThan(0);
    }
    expect([...answers.keys()]).toEqual(expect.arrayContaining(guideline?.provisions.map(({ id }) => id) ?? []));
    for (const [provision, found] of answers)
      expect([provision, [...found]]).toEqual([provision, expect.arrayContaining(['TRUE'])]);
    const never = [...answers].filter(([, found]) => !found.has('FALSE')).map(([provision]) => provision);
    expect(never).toEqual(version === 'acd-2026-10' ? ['commission-approval'] : []);
  });

  it.each(versions)('under %s says what all ways of settling say', (version) => {
    const wrong = table.filter((facts) => {
      return JSON.stringify(said(determined(facts, version))) !== JSON.stringify(settleAll(version, facts));
    });
    expect(wrong).toEqual([]);
  });
});

describe('the work', () => {
  /** How often servers and targets are looked at for `n` of each, all unknown. */
  function looks(n: number): number {
    let reads = 0;
    const counted = <T extends object>(value: T): T =>
      new Proxy(value, {
        get(object, key, receiver) {
          reads += 1;
          return Reflect.get(object, key, receiver) as unknown;
        },
      });
    determine(guidelines[1]!, {
      ...FACTS,
      measureContemplated: 'UNKNOWN',
      graveHarmUrgent: 'UNKNOWN',
      nationalSecurityImpact: 'UNKNOWN',
      communicationProtection: 'UNKNOWN',
      servers: Array.from({ length: n }, (_, index) => counted({ ref: `s${index}`, location: 'UNKNOWN' })),
      targets: Array.from({ length: n }, (_, index) => counted({ ref: `t${index}`, kind: 'UNKNOWN' })),
    });
    return reads;
  }

  it('grows in step with servers and targets', () => {
    const [small, middle, large] = [looks(100), looks(1000), looks(10_000)];
    expect(middle).toBe(small * 10);
    expect(large).toBe(small * 100);
    expect(small).toBeGreaterThan(0);
    expect(small).toBeLessThanOrEqual(100 * 2 * 8);
  });
});

describe('facts that cannot be determined', () => {
  const twice = { ref: 's1', location: 'DOMESTIC' as const };
  it.each([
    ['NO_SERVER', { ...FACTS, servers: [] }],
    ['NO_TARGET', { ...FACTS, targets: [] }],
    ['REF_REPEATED', { ...FACTS, servers: [twice, twice] }],
    ['REF_REPEATED', { ...FACTS, targets: [...FACTS.targets, ...FACTS.targets] }],
  ])('are refused: %s', (fault, facts) => {
    expect(() => determined(facts)).toThrow(new RangeError(`facts cannot be determined: ${fault}`));
  });
});

function combinations<T>(choices: readonly (readonly T[])[]): T[][] {
  return choices.reduce<T[][]>(
    (found, values) => found.flatMap((each) => values.map((value) => [...each, value])),
    [[]],
  );
}
