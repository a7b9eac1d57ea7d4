import { reportForm } from '@sekisho/contracts';
import { ReportSource } from './report-source.js';

describe('reports for load', () => {
  it('are valid, and no two have one number', async () => {
    const source = await ReportSource.of('r1', Date.parse('2026-11-25T09:00:00+09:00'));
    const reports = Array.from({ length: 40 }, () => reportForm.parse(JSON.parse(source.next())));
    expect(new Set(reports.map(({ externalId }) => externalId)).size).toBe(40);
    expect(new Set(reports.map(({ title }) => title)).size).toBe(18);
  });

  it('of two sources have no number in common', async () => {
    const [one, other] = await Promise.all(['r1', 'r2'].map((run) => ReportSource.of(run)));
    const numbers = [one!, other!].map((source) => Array.from({ length: 20 }, () => source.next()));
    expect(numbers[0]!.filter((report) => numbers[1]!.includes(report))).toEqual([]);
  });
});
