import { z } from 'zod';
import { targetKind } from './facts.js';
import { instant, ref, text, threeValued } from './primitives.js';

/** The fifteen designated sectors, then those that report voluntarily. */
export const SECTORS = [
  'ELECTRICITY',
  'GAS',
  'OIL',
  'WATER',
  'RAIL',
  'TRUCKING',
  'OCEAN_CARGO',
  'PORT_TRANSPORT',
  'AVIATION',
  'AIRPORTS',
  'TELECOMMUNICATIONS',
  'BROADCASTING',
  'POSTAL',
  'FINANCE',
  'CREDIT_CARDS',
  'GOVERNMENT',
  'DEFENCE',
  'HEALTHCARE',
  'OTHER',
] as const;

export const sector = z.enum(SECTORS);
export const reportKind = z.enum(['DDOS', 'RANSOMWARE', 'OTHER']);
export const reportBasis = z.enum(['MANDATORY', 'VOLUNTARY']);
export const tlp = z.enum(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']);
const country = z.string().regex(/^[A-Z]{2}$/, { message: 'not an ISO 3166 alpha-2 code' });
const attackId = z.string().regex(/^T\d{4}(\.\d{3})?$/, { message: 'not an ATT&CK technique id' });

const distinctRefs = (items: { ref: string }[]): boolean =>
  new Set(items.map((item) => item.ref)).size === items.length;
const distinct = { message: 'refs must be distinct' };

export const contact = z.strictObject({ name: text(200), email: z.email().max(320), phone: text(50).optional() });

export const reportedTarget = z.strictObject({
  ref,
  name: text(300),
  kind: targetKind,
  sector: sector.optional(),
  country,
});

export const reportedServer = z.strictObject({
  ref,
  address: text(2048).optional(),
  country: country.nullable().optional(),
  role: z.enum(['COMMAND_AND_CONTROL', 'RELAY', 'SCANNER', 'HOSTING', 'UNKNOWN']).optional(),
  confidence: z.int().min(0).max(100).optional(),
});

const body = {
  externalId: text(200).optional(),
  form: reportKind,
  stage: z.enum(['INITIAL', 'FOLLOW_UP', 'FINAL']),
  basis: reportBasis,
  tlp,
  title: text(200),
  summary: text(10_000),
  occurredAt: instant.optional(),
  recognisedAt: instant,
  operator: z.strictObject({ name: text(300), sector, designated: z.boolean() }),
  targets: z.array(reportedTarget).min(1).max(100).refine(distinctRefs, distinct),
  servers: z.array(reportedServer).max(1000).refine(distinctRefs, distinct),
  impact: z.strictObject({
    services: z.enum(['NONE', 'DEGRADED', 'HALTED', 'UNKNOWN']),
    usersAffected: z.int().min(0).optional(),
    personalData: threeValued,
  }),
  indicators: z.array(z.strictObject({ type: text(100), value: text(4000) })).max(1000),
  ddos: z
    .strictObject({
      vectors: z.array(attackId).max(50),
      peakGbps: z.number().min(0).optional(),
      durationMinutes: z.number().min(0).optional(),
      mitigation: text(4000).optional(),
    })
    .optional(),
  ransomware: z
    .strictObject({
      family: text(200).optional(),
      extension: text(50).optional(),
      note: text(20_000).optional(),
      entryRoute: text(2000).optional(),
    })
    .optional(),
  consent: z.strictObject({ forward: z.boolean(), at: instant.optional() }),
};

/** What a partner sends to `POST /v1/reports`: the three common forms in one shape. */
export const reportForm = z.strictObject({ ...body, contact });
export type ReportForm = z.infer<typeof reportForm>;

/** The same report as it leaves intake: a reference stands for the person to contact. */
export const forwardedReport = z.object({ ...body, contactRef: z.string() });
