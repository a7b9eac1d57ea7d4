import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { PermissionGuard, TokenVerifier } from '@sekisho/identity';
import { Outbox, ParkedMessages } from '@sekisho/messaging';
import { createLogger, type Logger, Metrics } from '@sekisho/observability';
import { KeySet } from '@sekisho/signing';
import { Clock, Ids } from './clock.js';
import { Database } from './database.js';
import { LOGGER, type ServiceDefinition } from './definition.js';
import { HealthController, ReadinessChecks } from './health.controller.js';
import { ParkedController } from './parked.controller.js';
import { Work } from './work.js';

/** Controllers that every service has. */
export const PLATFORM_CONTROLLERS = [HealthController, ParkedController] as const;

/** What every service has: clock, ids, database, unit of work, outbox, identity, keys, logs, figures. */
@Module({})
export class PlatformModule {
  static of(service: ServiceDefinition, keys: KeySet, logger: Logger, overrides: Provider[] = []): DynamicModule {
    const providers: Provider[] = [
      Clock,
      Ids,
      ReadinessChecks,
      PermissionGuard,
      { provide: LOGGER, useValue: logger },
      { provide: KeySet, useValue: keys },
      { provide: Metrics, useValue: new Metrics(service.name) },
      { provide: Database, useValue: service.database },
      { provide: TokenVerifier, useValue: new TokenVerifier(service.name, service.config.SEKISHO_ISSUERS) },
      { provide: Work, useFactory: (database: Database) => new Work(database), inject: [Database] },
      { provide: Outbox, useFactory: (clock: Clock) => new Outbox(`/${service.name}`, clock), inject: [Clock] },
      { provide: ParkedMessages, useFactory: (clock: Clock) => new ParkedMessages(clock), inject: [Clock] },
      ...overrides,
    ];
    return {
      module: PlatformModule,
      global: true,
      controllers: [...PLATFORM_CONTROLLERS],
      providers,
      exports: providers.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
    };
  }
}

/** The logger that a service writes to, as its configuration says. */
export const loggerOf = (service: ServiceDefinition): Logger => createLogger(service.name, service.config.LOG_LEVEL);
