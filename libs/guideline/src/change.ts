import type { CaseFact, Facts, ServerLocation, TargetKind, ThreeValued } from './facts.js';

/** A fact as `missingFacts` spells it, and a value that it would take. */
export interface Change {
  fact: string;
  value: string;
}

const LISTED = /^(servers|targets)\.(.+)\.(location|kind)$/;

/** The value of a fact that is spelt as in `missingFacts`; undefined where the case has no such fact. */
export function valueIn(facts: Facts, fact: string): string | undefined {
  const [, list, ref] = LISTED.exec(fact) ?? [];
  if (list === 'servers') return facts.servers.find((server) => server.ref === ref)?.location;
  if (list === 'targets') return facts.targets.find((target) => target.ref === ref)?.kind;
  return facts[fact as CaseFact];
}

/** The same case, had these facts other values. */
export function changed(facts: Facts, changes: readonly Change[]): Facts {
  const values = new Map(changes.map(({ fact, value }) => [fact, value]));
  const over = Object.fromEntries(
    changes.filter(({ fact }) => !LISTED.test(fact)).map(({ fact, value }) => [fact, value]),
  );
  return {
    ...facts,
    ...(over as Partial<Record<CaseFact, ThreeValued>>),
    servers: facts.servers.map(({ ref, location }) => ({
      ref,
      location: (values.get(`servers.${ref}.location`) ?? location) as ServerLocation,
    })),
    targets: facts.targets.map(({ ref, kind }) => ({
      ref,
      kind: (values.get(`targets.${ref}.kind`) ?? kind) as TargetKind,
    })),
  };
}
