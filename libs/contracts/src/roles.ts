import { z } from 'zod';

export const ROLES = [
  'partner',
  'analyst',
  'nsc-secretariat',
  'tasking-officer',
  'agency-npa',
  'agency-sdf',
  'mofa',
  'npsc-secretariat',
  'cabinet-secretariat',
  'commission',
  'inspector',
  'operator',
  'service',
] as const;

export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** A person (or service) as an event names it: the principal that acted and the human behind it. */
export const actor = z.object({
  issuer: z.string(),
  subject: z.string(),
  person: z.string(),
  organisation: z.string(),
});
export type Actor = z.infer<typeof actor>;
