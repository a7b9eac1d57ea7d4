import { readEndpoints } from '@sekisho/stack';
import { Partner } from './partner.js';
import { ReportSource } from './report-source.js';
import { steady, type Steady } from './steady.js';

const CONNECTIONS = 32;

/** Partners that report through the platform's intake at a steady rate, for at most `longest` milliseconds. */
export async function background(directory: string, perSecond: number, longest: number): Promise<Steady> {
  const { intake, ...access } = readEndpoints(directory)!;
  const reports = await ReportSource.of(`load-${Date.now().toString(36)}`);
  const partner = new Partner(access, intake, CONNECTIONS, reports);
  await partner.ready();
  const load = steady(perSecond, longest, async () => {
    const status = await partner.report();
    if (status !== 202) throw new Error(`intake answered a report with ${status}`);
  });
  return {
    stop: async () => {
      const ended = await load.stop();
      await partner.close();
      return ended;
    },
  };
}
