import { z } from 'zod';
import { isCountryCode } from './countries.js';
import { targetKind } from './facts.js';
import { instant, ref, text, threeValued } from './primitives.js';
import { LATER_PARTS, STAGE_RULES_TOLD, stageRules } from './stage-rules.js';

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
/** How a report reached the desk that enters it for its organisation. */
export const entryChannel = z.enum(['TELEPHONE', 'FAX']);
export type EntryChannel = z.infer<typeof entryChannel>;
export const reportBasis = z.enum(['MANDATORY', 'VOLUNTARY']);
export const tlp = z.enum(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']);
const countryShape = z.string().regex(/^[A-Z]{2}$/, { message: 'not-a-country-code', abort: true });
const country = countryShape
  .refine(isCountryCode, { message: 'unassigned-country-code' })
  .meta({ description: 'ISO 3166-1 alpha-2, as assigned; XK is taken too.', example: 'JP' });
const attackId = z
  .string()
  .regex(/^T\d{4}(\.\d{3})?$/, { message: 'not-a-technique-id' })
  .meta({ description: 'ATT&CK technique or sub-technique.', example: 'T1498.001' });

const distinctRefs = (items: { ref: string }[]): boolean =>
  new Set(items.map((item) => item.ref)).size === items.length;
const distinct = { message: 'duplicate-ref' };

// A name before the @ of at most 64 characters, then labels of a domain, which neither begin nor end with a hyphen.
const EMAIL =
  /^(?=[^@]{1,64}@)(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

export const contact = z.strictObject({
  name: text(200),
  email: z.email({ pattern: EMAIL }).max(320),
  phone: text(50).optional(),
});
export type Contact = z.infer<typeof contact>;

export const reportedTarget = z.strictObject({
  ref,
  name: text(300),
  kind: targetKind,
  sector: sector.optional(),
  country,
});

export const reportedServer = z.strictObject({
  ref,
  address: text(2048)
    .meta({ description: 'IPv4 or IPv6 address, domain name or URL; defanged ones are understood. Kept as sent.' })
    .optional(),
  country: country.nullable().optional(),
  role: z.enum(['COMMAND_AND_CONTROL', 'RELAY', 'SCANNER', 'HOSTING', 'UNKNOWN']).optional(),
  confidence: z.int().min(0).max(100).optional(),
});

export const reportStage = z.enum(['INITIAL', 'FOLLOW_UP', 'FINAL']);

const later = {
  summary: text(10_000),
  targets: z.array(reportedTarget).min(1).max(100).refine(distinctRefs, distinct),
  servers: z.array(reportedServer).max(1000).refine(distinctRefs, distinct),
  impact: z.strictObject({
    services: z.enum(['NONE', 'DEGRADED', 'HALTED', 'UNKNOWN']),
    usersAffected: z.int().min(0).optional(),
    personalData: threeValued,
  }),
  indicators: z.array(z.strictObject({ type: text(100), value: text(4000) })).max(1000),
};

const body = {
  externalId: text(200).optional(),
  form: reportKind,
  stage: reportStage,
  basis: reportBasis,
  tlp,
  title: text(200),
  occurredAt: instant.optional(),
  recognisedAt: instant,
  operator: z.strictObject({ name: text(300), sector, designated: z.boolean() }),
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
export const reportForm = z
  .strictObject({ ...body, ...z.object(later).partial().shape, contact })
  .check(stageRules)
  .meta(STAGE_RULES_TOLD);
export type ReportForm = z.infer<typeof reportForm>;

/** The same report as it is kept: whom to contact may have been erased since. */
export const keptReport = z
  .strictObject({ ...reportForm.shape, contact: contact.nullable() })
  .check(stageRules)
  .meta(STAGE_RULES_TOLD);
export type KeptReport = z.infer<typeof keptReport>;

/**
 * The same report as it leaves intake: a reference stands for the person to contact. Its shape is what readers have always got: where the
 * report left a part out, something that claims nothing stands in, and `notYetKnown` names the part.
 */
export const forwardedReport = z.object({
  ...body,
  ...later,
  // As wide as it ever was: reports from before there was a list stay readable, and what stands in has the code ZZ.
  targets: z
    .array(reportedTarget.extend({ country: countryShape }))
    .min(1)
    .max(100)
    .refine(distinctRefs, distinct),
  servers: z
    .array(reportedServer.extend({ country: countryShape.nullable().optional() }))
    .max(1000)
    .refine(distinctRefs, distinct),
  contactRef: z.string(),
  notYetKnown: z.array(z.enum(LATER_PARTS)).optional(),
});
