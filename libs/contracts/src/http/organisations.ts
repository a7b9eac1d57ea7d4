import { z } from 'zod';
import { day, id, instant, text } from '../primitives.js';
import { contact, sector } from '../report-form.js';
import { actor } from '../roles.js';

/** Id of an organisation, as tokens carry it. */
const newOrganisationId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, { message: 'not-an-organisation-id' });

/** Whom to reach at an organisation, whatever the incident. */
export const contactDesk = contact.partial({ name: true });
export type ContactDesk = z.infer<typeof contactDesk>;

const entry = {
  nameJa: text(300),
  nameEn: text(300),
  sector,
  designated: z.boolean(),
  /** The day in Japan from whose beginning on it is designated; said of a designated organisation, and of no other. */
  designatedSince: day.optional(),
  contactDesk,
};

/** A designation has its first day; what is not designated has none. */
const designationRule = z.check<{ designated: boolean; designatedSince?: string | undefined }>(({ value, issues }) => {
  const { designated, designatedSince } = value;
  if (designated === (designatedSince !== undefined)) return;
  const message = designated ? 'designation-without-day' : 'day-without-designation';
  issues.push({ code: 'custom', path: ['designatedSince'], message, input: value });
});

/** Body of `POST /v1/organisations`: a new entry, and why. */
export const newOrganisationBody = z
  .strictObject({ id: newOrganisationId, ...entry, reason: text(2000) })
  .check(designationRule);
export type NewOrganisationBody = z.infer<typeof newOrganisationBody>;

/** Body of `POST /v1/organisations/{id}/changes`: the whole entry as it should be, the version that it is to replace, and why. */
export const organisationChangeBody = z
  .strictObject({ basedOn: z.int().min(1), ...entry, reason: text(2000) })
  .check(designationRule);
export type OrganisationChangeBody = z.infer<typeof organisationChangeBody>;

/** Body of `POST /v1/organisation-changes/{id}/rejection`. */
export const rejectionBody = z.strictObject({ reason: text(2000) });
export type RejectionBody = z.infer<typeof rejectionBody>;

const entryView = z.object({
  nameJa: z.string(),
  nameEn: z.string(),
  sector,
  designated: z.boolean(),
  designatedSince: day.nullable(),
  contactDesk: contactDesk.nullable(),
});
export type OrganisationEntryView = z.infer<typeof entryView>;

/** The entry in force. `version` counts the entries of the organisation. */
export const organisationSummary = entryView.extend({ id: z.string(), version: z.int(), recordedAt: instant });
export type OrganisationSummary = z.infer<typeof organisationSummary>;

/** An entry that is or was in force. Of the first filling of the register there is no change, and nobody proposed it. */
export const organisationVersion = entryView.extend({
  version: z.int(),
  reason: z.string(),
  recordedAt: instant,
  changeId: id.nullable(),
  proposedBy: actor.nullable(),
  proposedAt: instant.nullable(),
  confirmedBy: actor.nullable(),
});
export type OrganisationVersion = z.infer<typeof organisationVersion>;

/** An organisation's entry; to whoever keeps the register with its history, the latest first. */
export const organisationView = organisationSummary.extend({ history: z.array(organisationVersion).optional() });
export type OrganisationView = z.infer<typeof organisationView>;

/** A proposed entry, and what became of it: null while it is open. */
export const organisationChange = entryView.extend({
  changeId: id,
  organisation: z.string(),
  /** The version that it would replace; 0 where the organisation is new. */
  basedOn: z.int(),
  reason: z.string(),
  proposedBy: actor,
  proposedAt: instant,
  decision: z
    .object({
      outcome: z.enum(['CONFIRMED', 'REJECTED']),
      /** Of a rejection. */
      reason: z.string().nullable(),
      decidedBy: actor,
      decidedAt: instant,
    })
    .nullable(),
});
export type OrganisationChange = z.infer<typeof organisationChange>;

export const organisationPage = z.object({ items: z.array(organisationSummary), next: z.string().nullable() });
export const organisationChangePage = z.object({ items: z.array(organisationChange), next: z.string().nullable() });
