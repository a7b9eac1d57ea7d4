import type { ReportForm } from '@sekisho/contracts';

/** A report with nothing missing; the organisation and its people are invented, the addresses are for documentation. */
export const sampleReport = (over: Partial<ReportForm> = {}): ReportForm => ({
  form: 'RANSOMWARE',
  stage: 'INITIAL',
  basis: 'VOLUNTARY',
  tlp: 'AMBER',
  title: '電子カルテシステムの停止',
  summary: 'Files were encrypted during the night; the wards work on paper.',
  ...(over.recognisedAt === undefined && { occurredAt: '2026-11-21T23:10:00+09:00' }),
  recognisedAt: '2026-11-22T06:40:00+09:00',
  operator: { name: '桜台総合病院', sector: 'HEALTHCARE', designated: false },
  contact: { name: '山田 花子', email: 'h.yamada@hospital.example', phone: '+81-3-0000-0000' },
  targets: [{ ref: 't1', name: '電子カルテ', kind: 'CRITICAL_INFRASTRUCTURE', sector: 'HEALTHCARE', country: 'JP' }],
  servers: [
    { ref: 's1', address: '198.51.100.37', country: 'NL', role: 'COMMAND_AND_CONTROL', confidence: 80 },
    { ref: 's2', country: null, role: 'UNKNOWN' },
  ],
  impact: { services: 'HALTED', usersAffected: 1200, personalData: 'UNKNOWN' },
  indicators: [{ type: 'ipv4-addr', value: '198.51.100.37' }],
  ransomware: { extension: '.locked', entryRoute: 'VPN' },
  consent: { forward: true, at: '2026-11-22T08:00:00+09:00' },
  ...over,
});
