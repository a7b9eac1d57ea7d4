import { type Adoption, ENACTED } from '@sekisho/guideline';
import { AT, opened, person } from '../../test/builders.js';
import { confirm } from '../assessment/confirm.js';
import type { Incident } from '../incidents/incident.js';
import { rejudge } from './rejudge.js';

const LATER = '2026-11-21T00:00:00Z';
const incident = opened();
const { facts, determination } = incident.determination;
const confirmed: Incident = {
  ...incident,
  confirmation: confirm(incident, { digest: determination.digest }, person('baba'), AT),
};
const adopted = (guideline: string | null, from = facts.plannedActionAt): Adoption[] => [
  ...ENACTED,
  { guideline, from, adoptedAt: LATER },
];

describe('a case, after an adoption', () => {
  it('stays as it is where its planned time is governed as before', () => {
    expect(rejudge(confirmed, ENACTED, LATER)).toBeNull();
    expect(rejudge(confirmed, adopted('acd-2026-10'), LATER)).toBeNull();
    const later = new Date(Date.parse(facts.plannedActionAt) + 1).toISOString();
    expect(rejudge(confirmed, adopted('acd-2025-12-draft', later), LATER)).toBeNull();
  });

  it('is answered by the version that governs its planned time, and its confirmation falls', () => {
    const { determination: made, lapse } = rejudge(confirmed, adopted('acd-2025-12-draft'), LATER)!;
    expect(made).toMatchObject({
      version: 2,
      facts,
      madeAt: LATER,
      determination: { guideline: 'acd-2025-12-draft', inForce: true },
    });
    expect(made.determination.digest).not.toBe(determination.digest);
    expect(lapse).toEqual({ confirmation: confirmed.confirmation, reason: 'GUIDELINE_CHANGED', at: LATER });
  });

  it('says that nothing is in force where the text that was adopted is not known here', () => {
    const { determination: made, lapse } = rejudge(confirmed, adopted(null), LATER)!;
    expect(made.determination).toMatchObject({
      guideline: 'acd-2026-10',
      inForce: false,
      digest: determination.digest,
    });
    expect(lapse).toBeNull();
  });

  it('has no confirmation to lose where there is none', () => {
    expect(rejudge(incident, adopted('acd-2025-12-draft'), LATER)!.lapse).toBeNull();
  });
});
