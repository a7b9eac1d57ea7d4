import { markdown, spell, table } from './table.js';

const measured = [
  {
    benchmark: 'determine',
    figures: [
      { name: 'calls', value: 123_456.7, unit: '1/s' },
      { name: 'all unknown', value: 6.5, unit: 'ms', aim: { atMost: 5 }, note: '400 calls' },
      { name: 'events', value: 2_100, unit: '1/s', aim: { atLeast: 2_000 } },
    ],
  },
];

describe('the table', () => {
  it('names a benchmark once, and marks what meets its aim and what does not', () => {
    const [head, , ...rows] = table(measured).split('\n');
    expect(head).toMatch(/^benchmark +figure +measured +unit +aim +met$/);
    expect(rows).toEqual([
      expect.stringMatching(/^determine +calls +123,457 {2}1\/s$/),
      expect.stringMatching(/^ +all unknown \(400 calls\) +6\.5 {2}ms +≤ 5 ms +✗$/),
      expect.stringMatching(/^ +events +2,100 {2}1\/s +≥ 2,000 1\/s +✓$/),
    ]);
  });

  it('is Markdown too', () => {
    const lines = markdown(measured).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[3]).toBe('|  | all unknown (400 calls) | 6.5 | ms | ≤ 5 ms | ✗ |');
  });

  it.each([
    [0.012345, '0.0123'],
    [99.95, '100'],
    [1234.5, '1,235'],
  ])('spells %d as %s', (value, text) => expect(spell(value)).toBe(text));
});
