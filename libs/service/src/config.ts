import { issuersConfig } from '@sekisho/identity';
import { z } from 'zod';

/** What every service is told by its environment. An app extends it with its own. */
export const serviceConfig = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535),
  HOST: z.string().default('127.0.0.1'),
  /** As `<service>_app`, which owns nothing. */
  DATABASE_URL: z.url(),
  /** As `<service>_relay`, which alone reads the outbox. */
  RELAY_DATABASE_URL: z.url(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((list) => list.split(',')),
  KAFKA_USERNAME: z.string().min(1),
  KAFKA_PASSWORD: z.string().min(1),
  /** Path of a PEM file: the certificate authority of the brokers. */
  KAFKA_CA: z.string().min(1),
  /** Kafka's consumer group where it is not the service's name: it must begin with `<service>.`. */
  KAFKA_GROUP: z.string().optional(),
  SEKISHO_ISSUERS: issuersConfig,
  /** Path of this service's private JWK set. */
  SEKISHO_SIGNING_KEYS: z.string().min(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type ServiceConfig = z.infer<typeof serviceConfig>;

/** A value of JSON in an environment variable. */
export const jsonVariable = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('is not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);

/** The environment as a schema wants it. Throws one error that lists every fault, so that nobody mends them one by one. */
export function readConfig<Schema extends z.ZodType>(schema: Schema, environment = process.env): z.infer<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration has faults:\n${faults.join('\n')}`);
}
