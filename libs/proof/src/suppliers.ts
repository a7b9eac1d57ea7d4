import { ROLES } from '@sekisho/contracts';
import { determine, type Facts, type Guideline, isSafeguard, SUPPLIERS, type Words } from '@sekisho/guideline';
import { caseSpaceOf } from './case-space.js';

export const everySafeguardHasSupplier: { id: string; words: Words } = {
  id: 'every-safeguard-has-supplier',
  words: {
    en: 'Every safeguard has somebody who can supply it: a role that the platform knows.',
    ja: 'いずれの手続についても、それを行い得る者が、本システムの役割として定められている。',
  },
};

/** The safeguards that the version may ask for, and the first without a supplier, with the smallest case that asks for it. */
export function enumerateSuppliers(
  guideline: Guideline,
  suppliers: Readonly<Record<string, string>> = SUPPLIERS,
): { cases: number; witness: { safeguard: string; facts: Facts | null } | null } {
  const roles: readonly string[] = ROLES;
  const asking = guideline.provisions
    .filter(isSafeguard)
    .flatMap(({ id, then }) => then.safeguards.map((safeguard) => ({ id, safeguard })));
  const lacking = asking.find(({ safeguard }) => !roles.includes(suppliers[safeguard] ?? ''));
  if (lacking === undefined) return { cases: asking.length, witness: null };
  const facts = caseSpaceOf(guideline).all.find((each) =>
    determine(guideline, each).because.some(({ provision, answer }) => provision === lacking.id && answer === 'TRUE'),
  );
  return { cases: asking.length, witness: { safeguard: lacking.safeguard, facts: facts ?? null } };
}
