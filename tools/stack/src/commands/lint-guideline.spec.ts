import { jest } from '@jest/globals';
import type { Facts } from '@sekisho/guideline';
import { lintGuideline, spell } from './lint-guideline.js';

const facts: Facts = {
  plannedActionAt: '2027-01-01T12:00:00+09:00',
  measureContemplated: 'TRUE',
  graveHarmUrgent: 'UNKNOWN',
  nationalSecurityImpact: 'FALSE',
  communicationProtection: 'FALSE',
  noTimeForPriorApproval: 'FALSE',
  servers: [
    { ref: 's1', location: 'DOMESTIC' },
    { ref: 's2', location: 'OVERSEAS' },
  ],
  targets: [{ ref: 't1', kind: 'PRIVATE' }],
};
const report: Parameters<typeof spell>[0] = {
  guideline: 'acd-2099',
  clean: false,
  findings: [{ code: 'GAP', level: 'error', provisions: [], words: { en: 'A gap.', ja: '欠缺。' }, witness: facts }],
  theorems: [
    {
      id: 'kept',
      words: { en: 'It holds.', ja: '成り立つ。' },
      holds: true,
      by: { solver: true, cases: 1200 },
      witness: null,
    },
    {
      id: 'broken',
      words: { en: 'It should.', ja: '成り立つべきもの。' },
      holds: false,
      by: { solver: false, cases: 1 },
      witness: { facts, learned: { ...facts, graveHarmUrgent: 'TRUE' }, evidence: [] },
    },
  ],
};

describe('sekisho lint-guideline', () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
    }
  });
  afterEach(() => jest.restoreAllMocks());

  it('says findings, theorems, how they were found, and the smallest case against them', () => {
    const values = 'nationalSecurityImpact FALSE, communicationProtection FALSE, noTimeForPriorApproval FALSE';
    const spelt = (grave: string) =>
      `servers DOMESTIC + OVERSEAS, targets PRIVATE, measureContemplated TRUE, graveHarmUrgent ${grave}, ${values}`;
    expect(spell(report, 'en').split('\n')).toEqual([
      'acd-2099',
      '',
      '✗ error GAP: A gap.',
      `    smallest case: ${spelt('UNKNOWN')}`,
      '',
      '✓ proven: It holds.',
      '    solver, for any number of servers and targets; enumeration of 1200 cases',
      '✗ does not hold: It should.',
      '    enumeration of 1 case',
      `    smallest case: ${spelt('UNKNOWN')}`,
      `    once known: ${spelt('TRUE')}`,
      '    evidence: –',
    ]);
  });

  it('says them in Japanese', () => {
    const [, , first] = spell(report, 'ja').split('\n');
    expect(first).toBe('✗ 誤り GAP: 欠缺。');
    expect(spell({ ...report, findings: [] }, 'ja')).toContain('指摘事項はありません。');
  });

  it.each([undefined, 'acd-2099'])('knows no version %s, and names those there are', async (version) => {
    expect(await lintGuideline(version, {})).toBe(2);
    expect(written.join('')).toContain('There are acd-2025-12-draft, acd-2026-10.');
  });
});
