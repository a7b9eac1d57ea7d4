import { determined, FACTS, question } from '../../test/cases.js';
import { type CaseInLine, outstanding, summaryLine } from '../index.js';

const { determination, scope, evidence, at } = question();
const line = (change: Partial<CaseInLine>, language: 'en' | 'ja') =>
  summaryLine({ name: 'C-1', determination, outstanding: [], until: null, ...change }, language);
const unknown = determined({
  ...FACTS,
  nationalSecurityImpact: 'UNKNOWN',
  communicationProtection: 'FALSE',
  servers: [{ ref: 's1', location: 'UNKNOWN' }],
});

it.each([
  ['nothing', {}, 'C-1: everything is in hand.', 'C-1：手続はすべて済んでいる。'],
  [
    'facts',
    { determination: unknown, until: '2026-11-20T23:59:59+09:00' },
    'C-1: not established: whether the attack affects national security, the place of 1 server (analysts of the National Cybersecurity Office), by Friday 20 November 2026.',
    'C-1：未確定の事実は、攻撃が国家の安全保障に影響を及ぼすかどうか、サーバー1台の所在（国家サイバー統括室の分析官）。期限は令和8年11月20日(金)。',
  ],
  [
    'a scope',
    { outstanding: null },
    'C-1: a confirmed scope is missing (analysts of the National Cybersecurity Office).',
    'C-1：措置案の確認がない（国家サイバー統括室の分析官）。',
  ],
  [
    'papers',
    {
      outstanding: outstanding(
        determination,
        scope,
        evidence.filter(({ safeguard }) => safeguard !== 'NPSC_CONSENT'),
        at,
      ),
      until: '2026-11-20T12:00:00+09:00',
    },
    'C-1: outstanding: consent of the National Public Safety Commission (the secretariat of the National Public Safety Commission), by Friday 20 November 2026, 12:00.',
    'C-1：済んでいない手続は、国家公安委員会の同意（国家公安委員会の事務局）。期限は令和8年11月20日(金) 12:00。',
  ],
  [
    'nothing, since nothing is done',
    { determination: determined({ ...FACTS, graveHarmUrgent: 'FALSE' }), outstanding: null },
    'C-1: no authority for a measure.',
    'C-1：措置の権限なし。',
  ],
])('a case that waits for %s is told in one line', (_, change, en, ja) =>
  expect([line(change, 'en'), line(change, 'ja')]).toEqual([en, ja]),
);

it('is one line whatever the case is called', () =>
  expect(line({ name: ' two\nlines ' }, 'en')).toMatch(/^two lines: .*$/));
