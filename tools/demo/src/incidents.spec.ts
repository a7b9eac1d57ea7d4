import { reportForm } from '@sekisho/contracts';
import { recentIncidents, sender } from './incidents.js';

const now = Date.parse('2026-11-23T12:00:00+09:00');
const HOUR = 3_600_000;

describe('real incidents, moved to the last two days', () => {
  it('are eighteen, each a valid report with its source and what was invented', async () => {
    const incidents = await recentIncidents(now, 'r1');
    expect(incidents).toHaveLength(18);
    for (const { report, source, invented } of incidents) {
      expect(reportForm.safeParse(report).error).toBeUndefined();
      expect(source.url).toMatch(/^https?:/);
      expect(invented.length).toBeGreaterThan(0);
    }
  });

  it('were recognised between 1 and 48 hours ago, and nothing in them lies in the future', async () => {
    const incidents = await recentIncidents(now, 'r1');
    const hoursAgo = incidents.map(({ report }) => (now - Date.parse(report.recognisedAt)) / HOUR);
    expect(Math.min(...hoursAgo)).toBeCloseTo(1, 2);
    expect(Math.max(...hoursAgo)).toBeCloseTo(48, 2);
    for (const { report } of incidents) {
      expect(Date.parse(report.consent.at ?? report.recognisedAt)).toBeLessThanOrEqual(now);
      expect(Date.parse(report.occurredAt ?? report.recognisedAt)).toBeLessThanOrEqual(now);
    }
  });

  it('keep the time between occurrence and recognition', async () => {
    const pension = (await recentIncidents(now, 'r1'))[0]!.report;
    expect(Date.parse(pension.recognisedAt) - Date.parse(pension.occurredAt!)).toBe(92 * 60_000);
  });

  it('have other numbers in another run, and the ministry’s own comes from the ministry', async () => {
    const [one, two] = [await recentIncidents(now, 'r1'), await recentIncidents(now, 'r2')];
    const numbers = new Set([...one, ...two].map(({ report }) => report.externalId));
    expect(numbers.size).toBe(36);
    const senders = one.map(sender);
    expect(senders.filter((name) => name === 'partner-defence')).toHaveLength(1);
    expect(senders.filter((name) => name === 'partner-hospital')).toHaveLength(2);
  });
});
