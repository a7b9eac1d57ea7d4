import type { Basis, Executor, Facts, Safeguard } from '../src/index.js';

/**
 * The decision table read a second time, without the library: every unknown is settled in every way, and what all the
 * ways say is put together. Slow on purpose; the tests hold `determine` against it.
 */
export interface Answer {
  outcome: string;
  required: string;
  bases: Basis[];
  possibleBases: Basis[];
  execution: { target: string; candidates: Executor[] }[];
  missingFacts: string[];
  safeguards: Safeguard[];
}

interface Said {
  outcome: 'NO_MEASURE' | 'NO_AUTHORITY' | 'MEASURE';
  bases: Basis[];
  executors: Executor[][];
}

const NOTHING = { required: 'NO', bases: [], possibleBases: [], execution: [], missingFacts: [], safeguards: [] };
const SETTLED_KINDS = ['SDF', 'USFJ', 'CRITICAL_INFRASTRUCTURE', 'PRIVATE'] as const;

/** One settled case by the rows of the table. */
function read(draft: boolean, facts: Facts): Said {
  if (facts.measureContemplated === 'FALSE') return { outcome: 'NO_MEASURE', bases: [], executors: [] };
  if (!draft && facts.graveHarmUrgent === 'FALSE') return { outcome: 'NO_AUTHORITY', bases: [], executors: [] };
  const ours = (kind: string) => kind === 'SDF' || kind === 'USFJ';
  const overseas = facts.servers.some(({ location }) => location === 'OVERSEAS');
  const domestic = facts.servers.some(({ location }) => location === 'DOMESTIC');
  const bases: Basis[] = [];
  if (overseas) bases.push('OVERSEAS_SERVER');
  if (facts.targets.some(({ kind }) => ours(kind))) bases.push('SDF_OR_USFJ_SYSTEM');
  if (domestic && facts.nationalSecurityImpact === 'TRUE') bases.push('DOMESTIC_NATIONAL_SECURITY');
  const protection = facts.communicationProtection === 'TRUE';
  const joint = draft ? overseas : overseas ? protection : protection && bases.length > 0;
  const police: Executor[] = joint ? ['NPA_SOLE', 'JOINT_NPA_SDF'] : ['NPA_SOLE'];
  return { outcome: 'MEASURE', bases, executors: facts.targets.map(({ kind }) => (ours(kind) ? ['SDF'] : police)) };
}

/** Each unknown fact: its name, the values that it may take, and how to set one. */
function openFacts(
  facts: Facts,
): { name: string; values: readonly string[]; set: (on: Facts, value: string) => void }[] {
  const names = [
    'measureContemplated',
    'graveHarmUrgent',
    'nationalSecurityImpact',
    'communicationProtection',
  ] as const;
  return [
    ...names
      .filter((name) => facts[name] === 'UNKNOWN')
      .map((name) => ({
        name,
        values: ['TRUE', 'FALSE'],
        set: (on: Facts, value: string) => void (on[name] = value as 'TRUE'),
      })),
    ...facts.servers.flatMap(({ ref, location }, index) => {
      const set = (on: Facts, value: string) => void (on.servers[index] = { ref, location: value as 'DOMESTIC' });
      return location === 'UNKNOWN' ? [{ name: `servers.${ref}.location`, values: ['DOMESTIC', 'OVERSEAS'], set }] : [];
    }),
    ...facts.targets.flatMap(({ ref, kind }, index) => {
      const set = (on: Facts, value: string) => void (on.targets[index] = { ref, kind: value as 'SDF' });
      return kind === 'UNKNOWN' ? [{ name: `targets.${ref}.kind`, values: SETTLED_KINDS, set }] : [];
    }),
  ];
}

/** What two ways must agree on for the fact that tells them apart not to matter. */
function gist({ outcome, bases, executors }: Said): string {
  return JSON.stringify([outcome, bases.length > 0, executors]);
}

export function settleAll(guideline: string, facts: Facts): Answer {
  const draft = guideline === 'acd-2025-12-draft';
  if (facts.measureContemplated === 'FALSE') return { outcome: 'NO_MEASURE', ...NOTHING } as Answer;
  if (!draft && facts.graveHarmUrgent === 'FALSE') return { outcome: 'NO_AUTHORITY', ...NOTHING } as Answer;

  const open = openFacts(facts);
  let settings: string[][] = [[]];
  for (const { values } of open) settings = settings.flatMap((each) => values.map((value) => [...each, value]));
  const said = settings.map((setting) => {
    const settled = structuredClone(facts);
    open.forEach(({ set }, index) => set(settled, setting[index] ?? ''));
    return read(draft, settled);
  });

  const missingFacts = open.flatMap(({ name }, index) => {
    const gists = new Map<string, string>();
    const differs = settings.some((setting, number) => {
      const others = setting.filter((_, other) => other !== index).join();
      const found = gist(said[number] as Said);
      const before = gists.get(others);
      gists.set(others, found);
      return before !== undefined && before !== found;
    });
    return differs ? [name] : [];
  });

  const ways = said.filter(({ outcome }) => outcome === 'MEASURE');
  const reviewed = ways.filter(({ bases }) => bases.length > 0).length;
  const ALL: Basis[] = ['OVERSEAS_SERVER', 'SDF_OR_USFJ_SYSTEM', 'DOMESTIC_NATIONAL_SECURITY'];
  const ORDER: Executor[] = ['NPA_SOLE', 'JOINT_NPA_SDF', 'SDF'];
  const execution = facts.targets.map(({ ref }, index) => ({
    target: ref,
    candidates: ORDER.filter((executor) => ways.some(({ executors }) => executors[index]?.includes(executor))),
  }));

  const safeguards: Safeguard[] = reviewed > 0 ? [{ kind: 'NSC_APPROVAL' }] : [];
  if (!draft) {
    const noTime = facts.noTimeForPriorApproval === 'TRUE';
    safeguards.push({ kind: 'COMMISSION_APPROVAL', timing: noTime ? 'POST_NOTIFICATION' : 'PRIOR' });
    const servers = facts.servers.filter(({ location }) => location !== 'DOMESTIC').map(({ ref }) => ref);
    if (servers.length > 0) safeguards.push({ kind: 'FOREIGN_MINISTER_CONSULTATION', servers });
    if (execution.some(({ candidates }) => candidates.includes('JOINT_NPA_SDF'))) {
      safeguards.push({ kind: 'PRIME_MINISTER_ORDER', onlyFor: 'JOINT_NPA_SDF' });
      safeguards.push({ kind: 'NPSC_CONSENT', onlyFor: 'JOINT_NPA_SDF' });
    }
  }

  return {
    outcome: missingFacts.length > 0 ? 'PROVISIONAL' : 'DETERMINED',
    required: reviewed === ways.length ? 'YES' : reviewed === 0 ? 'NO' : 'PROVISIONAL',
    bases: ALL.filter((basis) => ways.every(({ bases }) => bases.includes(basis))),
    possibleBases: ALL.filter((basis) => ways.some(({ bases }) => bases.includes(basis))),
    execution,
    missingFacts,
    safeguards,
  };
}
