import { acd202704Invented } from '../test/amendment/acd-2027-04-invented.js';
import { compareGuidelines, findGuideline, guidelines } from './index.js';

const draft = findGuideline('acd-2025-12-draft')!;
const inForce = findGuideline('acd-2026-10')!;

const changesOf = (list: readonly { change: string; from: { id: string } | null; to: { id: string } | null }[]) =>
  list
    .filter(({ change }) => change !== 'SAME')
    .map(({ change, from, to }) => [change, from?.id ?? null, to?.id ?? null]);

describe('two versions side by side', () => {
  it.each(guidelines)('have no difference where both are $id', (version) => {
    const { clauses, provisions, judgements, targetGroups } = compareGuidelines(version, version);
    expect(
      [...clauses, ...provisions, ...judgements].every(({ change, parts }) => change === 'SAME' && parts.length === 0),
    ).toBe(true);
    expect([clauses.length, provisions.length, targetGroups]).toEqual([
      version.text.length,
      version.provisions.length,
      [],
    ]);
  });

  it('show what an amendment adds, and nothing else', () => {
    const { clauses, provisions, judgements, targetGroups } = compareGuidelines(inForce, acd202704Invented);
    expect(changesOf(clauses)).toEqual([['ADDED', null, 'P9']]);
    expect(changesOf(provisions)).toEqual([['ADDED', null, 'review-government-target']]);
    expect(provisions.map(({ to }) => to?.id)).toEqual(acd202704Invented.provisions.map(({ id }) => id));
    expect([changesOf(judgements), targetGroups]).toEqual([[], ['GOVERNMENT']]);
  });

  it('put a provision beside the one whose row it takes, and name what reads otherwise', () => {
    const { clauses, provisions } = compareGuidelines(draft, inForce);
    expect(changesOf(provisions)).toEqual([
      ['ADDED', null, 'no-authority'],
      ['CHANGED', 'executor-overseas-server-draft', 'executor-overseas-server'],
      ['CHANGED', 'executor-domestic-servers-draft', 'executor-domestic-servers'],
      ['ADDED', null, 'foreign-minister-consultation'],
      ['ADDED', null, 'commission-approval'],
      ['ADDED', null, 'joint-action'],
    ]);
    expect(provisions.find(({ to }) => to?.id === 'executor-overseas-server')?.parts).toEqual([
      'id',
      'words',
      'sources',
      'then',
    ]);
    expect(changesOf(clauses)).toEqual([
      ['CHANGED', 'A8', 'A8'],
      ['REMOVED', 'P1', null],
      ...['S1', 'S2', 'S3', 'S4', 'S5'].map((id) => ['ADDED', null, id]),
    ]);
    expect(changesOf(compareGuidelines(inForce, draft).clauses)).toContainEqual(['ADDED', null, 'P1']);
  });
});
