import type { Consumer, Relay } from '@sekisho/messaging';
import type { ReadinessCheck } from '@sekisho/observability';
import type { ServiceDefinition } from './definition.js';

/** Database as the right role, relay and consumer at work. Kafka being away does not make a service unready: it goes on taking in. */
export function readinessChecks(service: ServiceDefinition, relay: Relay, consumer: Consumer): ReadinessCheck[] {
  return [
    { name: 'database', check: () => database(service) },
    { name: 'relay', check: async () => (relay.running ? undefined : 'not running') },
    ...(service.servesWithoutConsuming
      ? []
      : [{ name: 'consumer', check: async () => (consumer.running ? undefined : 'not running') }]),
  ];
}

interface OwnRole {
  readonly rolsuper: boolean;
  readonly rolbypassrls: boolean;
  readonly owns: boolean;
}

async function database({ database: client }: ServiceDefinition): Promise<string | undefined> {
  const [role] = await client.$transaction((tx) =>
    tx.$queryRawUnsafe<OwnRole[]>(
      `SELECT rolsuper, rolbypassrls,
              EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relnamespace = 'public'::regnamespace) AS owns
       FROM pg_roles WHERE rolname = current_user`,
    ),
  );
  if (!role || role.rolsuper || role.rolbypassrls || role.owns) {
    return 'connected as a role that row-level security does not bind: use <service>_app';
  }
  return undefined;
}
