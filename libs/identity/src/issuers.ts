import { role } from '@sekisho/contracts';
import { z } from 'zod';

/** One issuer that is trusted, and what it may vouch for: a partner's identity provider cannot make a commissioner. */
export const issuerConfig = z.strictObject({
  issuer: z.string().min(1),
  jwksUri: z.url(),
  /** Audiences that are taken besides the service's own name. */
  audience: z.array(z.string()).default([]),
  roles: z.array(role).min(1),
  organisations: z.union([z.literal('*'), z.array(z.string()).min(1)]),
  /** May it say who the human behind a client is? Where not, each of its subjects is a person of its own. */
  persons: z.boolean(),
});

/** The value of `SEKISHO_ISSUERS`. */
export const issuersConfig = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.array(issuerConfig).min(1));

export type IssuerConfig = z.infer<typeof issuerConfig>;
