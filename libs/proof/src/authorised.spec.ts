import { authorise, findGuideline, type Provision, type SafeguardKind, SUPPLIERS } from '@sekisho/guideline';
import { planted, provision } from '../test/planted.js';
import { enumerateEvidence } from './authorised.js';
import { enumerateSuppliers } from './suppliers.js';

const inForce = findGuideline('acd-2026-10')!;

describe('an order', () => {
  it('is authorised exactly where nothing is outstanding, whatever was given', () => {
    const found = enumerateEvidence(inForce, 'PAIRS');
    expect(found?.witness).toBeNull();
    expect(found?.cases).toBeGreaterThan(2_000);
  });

  it('is not asked about under a version that is not in force', () => {
    expect(enumerateEvidence(findGuideline('acd-2025-12-draft')!, 'ALL')).toBeNull();
  });

  it.each<SafeguardKind>([
    'NSC_APPROVAL',
    'COMMISSION_APPROVAL',
    'FOREIGN_MINISTER_CONSULTATION',
    'PRIME_MINISTER_ORDER',
    'NPSC_CONSENT',
  ])('that is authorised without regard to %s is found', (kind) => {
    const blind: typeof authorise = (determination, facts, ...rest) => {
      const said = authorise(determination, facts, ...rest);
      if (said.verdict === 'AUTHORISED' || said.outstanding.some((each) => each.kind !== kind)) return said;
      return { verdict: 'AUTHORISED', servers: [], notBefore: '', notAfter: '', conditions: [], evidence: [] };
    };
    const { facts, evidence } = enumerateEvidence(inForce, 'PAIRS', blind)!.witness!;
    expect(facts.servers.length + facts.targets.length).toBe(2);
    expect(evidence.filter((each) => each.safeguard === kind)).toEqual([]);
  });
});

describe('a safeguard', () => {
  it('has somebody who can supply it', () => {
    expect(enumerateSuppliers(inForce)).toEqual({ cases: 5, witness: null });
  });

  it('that nobody supplies is found, with the smallest case that asks for it', () => {
    const copy = planted((it) => {
      const { then } = provision<Extract<Provision, { then: { safeguards: unknown } }>>(it, 'joint-action');
      then.safeguards.push('CABINET_DECISION' as SafeguardKind);
    });
    expect(enumerateSuppliers(copy).witness).toMatchObject({
      safeguard: 'CABINET_DECISION',
      facts: { servers: [{ location: 'DOMESTIC' }], nationalSecurityImpact: 'TRUE', communicationProtection: 'TRUE' },
    });
  });

  it('whose supplier is no role of the platform is found', () => {
    const suppliers = { ...SUPPLIERS, NPSC_CONSENT: 'npsc-chair' };
    expect(enumerateSuppliers(inForce, suppliers).witness?.safeguard).toBe('NPSC_CONSENT');
  });
});
