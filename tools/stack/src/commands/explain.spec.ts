import { explained } from './explain.js';

const FACTS = {
  plannedActionAt: '2026-11-20T12:00:00+09:00',
  measureContemplated: 'TRUE',
  graveHarmUrgent: 'TRUE',
  nationalSecurityImpact: 'FALSE',
  communicationProtection: 'FALSE',
  noTimeForPriorApproval: 'FALSE',
  servers: [{ ref: 's1', location: 'DOMESTIC' }],
  targets: [{ ref: 't1', kind: 'PRIVATE' }],
};
const AT = new Date('2026-11-20T03:00:00Z');
const told = async (content: unknown, options: Parameters<typeof explained>[1] = {}) =>
  (await explained(JSON.stringify(content), options, 'text', AT)).body;

describe('sekisho explain', () => {
  it('tells what the guideline in force says of the facts', async () => {
    expect(await told(FACTS)).toMatch(/^Explanation of the determination\n.*October\s2026\s\(acd-2026-10\)/s);
    expect(await told({ facts: FACTS }, { ja: true })).toMatch(
      /^判定の説明\n.*国家安全保障会議による審議を要しない。/s,
    );
  });

  it('asks the version that is named', async () => {
    expect(await told(FACTS, { guideline: 'acd-2025-12-draft' })).toMatch(/not in force at the planned time/);
    await expect(told(FACTS, { guideline: 'acd-1999' })).rejects.toThrow('There is no guideline acd-1999.');
  });

  it('writes a PDF too', async () => {
    const { body } = await explained(JSON.stringify(FACTS), { ja: true }, 'pdf', AT);
    expect(body.slice(0, 5).toString()).toBe('%PDF-');
  });

  it('says what is wrong with facts that are none', async () => {
    const { targets: _, ...rest } = FACTS;
    await expect(told(rest)).rejects.toThrow('facts holds no facts: /targets');
    await expect(explained('{', { facts: 'case.json' }, 'text', AT)).rejects.toThrow('case.json is not JSON.');
  });
});
