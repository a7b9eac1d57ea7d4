import { serviceConfig, type ServiceDefinition } from '@sekisho/service';
import { z } from 'zod';
import { BatchesController, CSV, NDJSON } from './batches/batches.controller.js';
import { BatchesService } from './batches/batches.service.js';
import { ReportChecksController } from './checks/report-checks.controller.js';
import { ReportChecksService } from './checks/report-checks.service.js';
import { ContactUpkeep } from './contacts/contact-upkeep.js';
import { ContactStore } from './contacts/contact.store.js';
import { ErasureStore } from './contacts/erasure.store.js';
import { ErasuresController } from './contacts/erasures.controller.js';
import { ErasuresService } from './contacts/erasures.service.js';
import { MasterKeys, masterKeys } from './contacts/master-keys.js';
import { createDatabase, createWriterPool } from './database.js';
import { ClockSweep, SWEEP_SETTINGS } from './deadlines/clock-sweep.js';
import { DraftSeal } from './drafts/draft-seal.js';
import { DraftStore } from './drafts/draft.store.js';
import { DraftSweep } from './drafts/draft-sweep.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { DraftsService } from './drafts/drafts.service.js';
import { SubmissionService } from './drafts/submission.service.js';
import { RATE, TokenBuckets } from './limits/token-buckets.js';
import { OrganisationChangesController } from './organisations/organisation-changes.controller.js';
import { OrganisationRegister, REGISTER_FILE } from './organisations/organisation-register.js';
import { OrganisationStore } from './organisations/organisation.store.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { OrganisationsService } from './organisations/organisations.service.js';
import { QuestionStore } from './questions/question.store.js';
import { QuestionsController } from './questions/questions.controller.js';
import { QuestionsService } from './questions/questions.service.js';
import { GoneOutStore } from './readings/gone-out.store.js';
import { ReadingRecorder } from './readings/reading-recorder.js';
import { ReadingStore } from './readings/reading.store.js';
import { ReadingsConsumer } from './readings/readings.consumer.js';
import { ReadingsController } from './readings/readings.controller.js';
import { ReadingsService } from './readings/readings.service.js';
import { BatchStore, WRITER_POOL } from './reports/batch.store.js';
import { ReceiptDesk } from './reports/receipt-desk.js';
import { BATCHES_AT_ONCE, ReportWriter } from './reports/report-writer.js';
import { ReportStore } from './reports/report.store.js';
import { ReportsController } from './reports/reports.controller.js';
import { ReportsService } from './reports/reports.service.js';
import { ReportStandingController } from './revisions/report-standing.controller.js';
import { ReportStandingService } from './revisions/report-standing.service.js';
import { RevisionDesk } from './revisions/revision-desk.js';
import { RevisionStore } from './revisions/revision.store.js';
import { RevisionsController } from './revisions/revisions.controller.js';
import { RevisionsService } from './revisions/revisions.service.js';
import { SimilarController } from './similar/similar.controller.js';
import { SimilarService } from './similar/similar.service.js';
import { SimilarStore, STAFF_DATABASE } from './similar/similar.store.js';
import { StatusController } from './status/status.controller.js';
import { StatusService } from './status/status.service.js';
import { WatchedQuestions } from './worklist/open-questions.js';
import { WorklistController } from './worklist/worklist.controller.js';
import { WorklistService } from './worklist/worklist.service.js';

export const intakeConfig = serviceConfig.extend({
  /** As `intake_writer`, which adds new reports and sees none. */
  WRITER_DATABASE_URL: z.url(),
  /** As `intake_staff`, which sees of every organisation what went further. */
  STAFF_DATABASE_URL: z.url(),
  /** Under which the keys of contacts are kept, the current one first. */
  CONTACT_MASTER_KEYS: masterKeys,
  /** How often one client may ask, in the long run and at once. */
  RATE_PER_SECOND: z.coerce.number().positive().default(5_000),
  RATE_BURST: z.coerce.number().int().min(1).default(20_000),
  /** Path of a JSON file with the organisations that may report. */
  SEKISHO_SEED: z.string().min(1),
  /** Between two looks at the clocks. */
  DEADLINE_SWEEP_SECONDS: z.coerce.number().min(0.1).max(3_600).default(10),
  /** Clocks that one transaction of the sweep tells of, at most. */
  DEADLINE_SWEEP_BATCH: z.coerce.number().int().min(1).max(1_000).default(200),
});

const STAFF_CONNECTIONS = 2;

/** The service that partners report to. */
export function incidentIntake(config: z.infer<typeof intakeConfig>): ServiceDefinition {
  return {
    name: 'incident-intake',
    description:
      'Reports of incidents by partners: accepted durably, receipted, and passed on as consent and duty allow.',
    config,
    database: createDatabase(config),
    controllers: [
      ReportsController,
      ReportChecksController,
      BatchesController,
      SimilarController,
      WorklistController,
      RevisionsController,
      ReportStandingController,
      ErasuresController,
      QuestionsController,
      ReadingsController,
      StatusController,
      DraftsController,
      OrganisationsController,
      OrganisationChangesController,
    ],
    limiter: TokenBuckets,
    streamed: { 'POST /v1/report-batches': [NDJSON, CSV] },
    providers: [
      { provide: REGISTER_FILE, useValue: config.SEKISHO_SEED },
      { provide: RATE, useValue: { perSecond: config.RATE_PER_SECOND, burst: config.RATE_BURST } },
      TokenBuckets,
      OrganisationRegister,
      { provide: MasterKeys, useValue: config.CONTACT_MASTER_KEYS },
      ContactStore,
      ContactUpkeep,
      ErasureStore,
      ErasuresService,
      OrganisationStore,
      OrganisationsService,
      ReportStore,
      { provide: WRITER_POOL, useFactory: () => createWriterPool(config.WRITER_DATABASE_URL, BATCHES_AT_ONCE) },
      ReceiptDesk,
      BatchStore,
      ReportWriter,
      ReportsService,
      ReportChecksService,
      BatchesService,
      {
        provide: STAFF_DATABASE,
        useFactory: () =>
          createDatabase({ DATABASE_URL: config.STAFF_DATABASE_URL, DATABASE_CONNECTIONS: STAFF_CONNECTIONS }),
      },
      SimilarStore,
      SimilarService,
      {
        provide: SWEEP_SETTINGS,
        useValue: { interval: config.DEADLINE_SWEEP_SECONDS * 1_000, batch: config.DEADLINE_SWEEP_BATCH },
      },
      ClockSweep,
      WatchedQuestions,
      WorklistService,
      RevisionStore,
      RevisionDesk,
      RevisionsService,
      ReportStandingService,
      GoneOutStore,
      ReadingStore,
      ReadingRecorder,
      ReadingsService,
      QuestionStore,
      QuestionsService,
      StatusService,
      DraftSeal,
      DraftStore,
      DraftsService,
      SubmissionService,
      DraftSweep,
    ],
    // Reports are taken in whether or not it hears by whom they are read.
    servesWithoutConsuming: true,
    subscriptions: [ReadingsConsumer],
  };
}
