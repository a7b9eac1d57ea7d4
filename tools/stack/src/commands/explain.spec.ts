import { join } from 'node:path';
import { renderText } from '@sekisho/documents';
import { explained } from './explain.js';

const FACTS = {
  plannedActionAt: '2026-11-20T12:00:00+09:00',
  measureContemplated: 'TRUE',
  graveHarmUrgent: 'TRUE',
  nationalSecurityImpact: 'FALSE',
  communicationProtection: 'FALSE',
  noTimeForPriorApproval: 'FALSE',
  servers: [{ ref: 's1', location: 'DOMESTIC' }],
  targets: [{ ref: 't1', kind: 'GOVERNMENT' }],
};
const told = async (content: unknown, options: Parameters<typeof explained>[1] = {}) =>
  renderText(await explained(JSON.stringify(content), options));

describe('sekisho explain', () => {
  it('tells what the guideline in force says of the facts', async () => {
    expect(await told(FACTS)).toMatch(/^Explanation of the determination\n.*October\s2026\s\(acd-2026-10\)/s);
    expect(await told({ facts: FACTS }, { ja: true })).toMatch(
      /^判定の説明\n.*国家安全保障会議による審議を要しない。/s,
    );
  });

  it('asks the version that is named, and a draft', async () => {
    expect(await told(FACTS, { guideline: 'acd-2025-12-draft' })).toMatch(/not in force at the planned time/);
    await expect(told(FACTS, { guideline: 'acd-1999' })).rejects.toThrow('There is no version acd-1999.');
    const amendment = '../../../../libs/guideline/test/amendment/acd-2027-04-invented.ts';
    const drafted = await told(FACTS, { draft: join(import.meta.dirname, amendment) });
    expect(drafted).toContain('review-government-target (row 4): applies');
    expect(drafted).toMatch(/not in force at the planned time/);
  });

  it('says what is wrong with facts that are none', async () => {
    const { targets: _, ...rest } = FACTS;
    await expect(told(rest)).rejects.toThrow('facts holds no facts: /targets');
    await expect(explained('{', { facts: 'case.json' })).rejects.toThrow('case.json is not JSON.');
  });
});
