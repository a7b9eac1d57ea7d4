import { aboutCase } from '../index.js';

const text = (language: 'en' | 'ja') =>
  aboutCase(
    { language, title: '', blocks: [{ kind: 'paragraph', text: 'then' }] },
    { incidentId: 'i-1', at: '2026-11-20T01:00:00.000Z', determinationVersion: 3, digest: 'sha256:d' },
  ).blocks;

it('says first which case it is about, and as of when in Japan', () => {
  expect(text('en')).toEqual([
    {
      kind: 'list',
      items: [
        'Case: i-1',
        'Version of the determination: 3',
        'Digest of the determination: sha256:d',
        'As of: Friday 20 November 2026, 10:00 (Japan time)',
      ],
    },
    { kind: 'paragraph', text: 'then' },
  ]);
  expect(text('ja')[0]).toEqual({
    kind: 'list',
    items: ['案件：i-1', '判定の版：3', '判定のダイジェスト：sha256:d', '基準日時：令和8年11月20日(金) 10:00'],
  });
});
