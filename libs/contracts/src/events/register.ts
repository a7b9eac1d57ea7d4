import { z } from 'zod';
import { day, id, instant } from '../primitives.js';
import { sector } from '../report-form.js';
import { actor } from '../roles.js';

export const registerEvents = {
  /**
   * Two people have entered an organisation in the register, or changed its entry: the first version registers it. The whole entry but
   * the desk to contact, which stays with intake.
   */
  'organisation-entry-confirmed.v1': z.object({
    organisation: z.string(),
    version: z.int(),
    changeId: id,
    nameJa: z.string(),
    nameEn: z.string(),
    sector,
    designated: z.boolean(),
    /** The day in Japan from which on it is designated. */
    designatedSince: day.nullable(),
    reason: z.string(),
    proposedBy: actor,
    confirmedBy: actor,
    confirmedAt: instant,
  }),
};
