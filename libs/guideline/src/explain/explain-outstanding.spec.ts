import fc from 'fast-check';
import { question } from '../../test/cases.js';
import { prose } from '../../test/prose.js';
import {
  COMMISSION_TIMINGS,
  EXECUTORS,
  explainOutstanding,
  FAULTS,
  findGuideline,
  type Outstanding,
  outstanding,
  SAFEGUARD_KINDS,
  SUPPLIERS,
} from '../index.js';
import { SUPPLIER_WORDS } from './code-words.js';
import { FAULT_WORDS } from './refusal-words.js';

const guideline = findGuideline('acd-2026-10')!;

const anyOutstanding: fc.Arbitrary<Outstanding> = fc
  .record({
    kind: fc.constantFrom(...SAFEGUARD_KINDS),
    reason: fc.constantFrom(...FAULTS),
  })
  .chain(({ kind, reason }) =>
    fc.record(
      {
        kind: fc.constant(kind),
        reason: fc.constant(reason),
        suppliedBy: fc.constant(SUPPLIERS[kind]),
        provision: fc.constantFrom('nsc-approval', 'commission-approval', 'joint-action'),
        timing: fc.constantFrom(...COMMISSION_TIMINGS),
        servers: fc.array(fc.constantFrom('s1', 's2', 's3'), { minLength: 1 }),
        onlyFor: fc.constantFrom(...EXECUTORS),
      },
      { requiredKeys: ['kind', 'reason', 'suppliedBy', 'provision'] },
    ),
  );

it('names each safeguard with why and by whom, its servers, and each provision once', () => {
  fc.assert(
    fc.property(fc.array(anyOutstanding, { maxLength: 6 }), fc.constantFrom('en', 'ja'), (list, language) => {
      const lines = prose(explainOutstanding(guideline, list, language));
      for (const { reason, suppliedBy, servers } of list) {
        const line = lines.find(
          (each) =>
            each.includes(FAULT_WORDS[reason][language]) &&
            each.includes(SUPPLIER_WORDS[suppliedBy][language]) &&
            (servers === undefined || servers.every((ref) => each.includes(ref))),
        );
        expect(line).toBeDefined();
      }
      for (const id of new Set(list.map(({ provision }) => provision))) {
        expect(lines.filter((line) => line.startsWith(id))).toHaveLength(1);
      }
      expect(lines.join()).not.toMatch(/[A-Z]+_[A-Z]+|undefined/);
    }),
  );
});

it('says so where nothing is outstanding', () => {
  const lines = prose(explainOutstanding(guideline, [], 'ja'));
  expect(lines.at(-1)).toBe('判定が求める手続は、すべて済んでいる。');
});

it('reads as an official would write it', () => {
  const { determination, scope, at } = question();
  const list = outstanding(determination, scope, [], at);
  expect(prose(explainOutstanding(guideline, list, 'ja')).slice(0, 8)).toEqual([
    '命令の前に済んでいない手続',
    '根拠とする指針：アクセス・無害化措置に関する指針（2026年10月）（acd-2026-10）。',
    '次の手続が済むまで、命令を出すことはできない。',
    '国家安全保障会議の了承：記録がない。担当は国家安全保障会議の事務局。',
    'サイバー通信情報監理委員会の事前の承認：記録がない。担当はサイバー通信情報監理委員会。',
    '外務大臣との協議（サーバーs1）：記録がない。担当は外務省。',
    '内閣総理大臣の命令（共同での対処の場合に限る）：記録がない。担当は内閣官房。',
    '国家公安委員会の同意（共同での対処の場合に限る）：記録がない。担当は国家公安委員会の事務局。',
  ]);
});
