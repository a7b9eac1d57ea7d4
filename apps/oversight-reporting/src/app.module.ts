import { type ServiceConfig, serviceConfig, type ServiceDefinition } from '@sekisho/service';
import { createDatabase } from './database.js';
import { EventStore } from './ledger/event.store.js';
import { RECORDERS } from './ledger/recorders.js';
import { PeriodicReportsController } from './periodic-reports/periodic-reports.controller.js';
import { PeriodicReportsService } from './periodic-reports/periodic-reports.service.js';
import { RulingsController } from './rulings/rulings.controller.js';
import { RulingsService } from './rulings/rulings.service.js';
import { StandingController } from './standing/standing.controller.js';
import { StandingService } from './standing/standing.service.js';

export const oversightConfig = serviceConfig;

/** The service of the oversight commission: it keeps every event, rules on requests, and reports on periods. */
export function oversightReporting(config: ServiceConfig): ServiceDefinition {
  return {
    name: 'oversight-reporting',
    description: 'Every event of the platform, kept; the commission’s rulings; its periodic reports.',
    config,
    database: createDatabase(config),
    controllers: [RulingsController, PeriodicReportsController, StandingController],
    providers: [EventStore, RulingsService, PeriodicReportsService, StandingService],
    subscriptions: RECORDERS,
  };
}
