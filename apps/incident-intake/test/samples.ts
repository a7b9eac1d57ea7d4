import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportForm } from '@sekisho/contracts';

const lines = (file: string): unknown[] =>
  readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

/** 18 real incidents in Japan; the file says of each where it was read and what is invented. */
export const japanIncidents = (): ReportForm[] =>
  lines('../../../tools/demo/data/japan-incidents.ndjson').map((line) => (line as { report: ReportForm }).report);

/** 481 real public incidents in the form of a report; addresses, contacts and the Japanese setting stand in. */
export const realReports = (): ReportForm[] => lines('real-reports.ndjson') as ReportForm[];

/** The least that may be sent. */
export const leastReport = (over: Partial<ReportForm> = {}): ReportForm => ({
  form: 'OTHER',
  stage: 'INITIAL',
  basis: 'VOLUNTARY',
  tlp: 'AMBER',
  title: '不審な通信',
  recognisedAt: '2026-11-22T06:40:00+09:00',
  operator: { name: '桜台総合病院', sector: 'HEALTHCARE', designated: false },
  contact: { name: '山田 花子', email: 'h.yamada@hospital.example' },
  consent: { forward: true },
  ...over,
});
