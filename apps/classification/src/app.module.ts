import type { Guideline } from '@sekisho/guideline';
import { serviceConfig, type ServiceDefinition } from '@sekisho/service';
import { z } from 'zod';
import { AssessmentController } from './assessment/assessment.controller.js';
import { AssessmentService } from './assessment/assessment.service.js';
import { ReturnsConsumer } from './contests/returns.consumer.js';
import { createDatabase } from './database.js';
import { AdoptionEffects } from './guidelines/adoption-effects.js';
import { AdoptionStore } from './guidelines/adoption.store.js';
import { AdoptionsNow } from './guidelines/adoptions-now.js';
import { GuidelineAdoptionsController } from './guidelines/guideline-adoptions.controller.js';
import { GuidelineAdoptionsService } from './guidelines/guideline-adoptions.service.js';
import { GuidelinesController } from './guidelines/guidelines.controller.js';
import { GuidelinesService } from './guidelines/guidelines.service.js';
import { ExplanationController } from './incidents/explanation.controller.js';
import { ExplanationService } from './incidents/explanation.service.js';
import { IncidentStore } from './incidents/incident.store.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { IncidentsService } from './incidents/incidents.service.js';
import { ReadingRecorder } from './readings/reading-recorder.js';
import { ReplayRunner } from './replays/replay-runner.js';
import { ReplayStore } from './replays/replay.store.js';
import { ReplaysController } from './replays/replays.controller.js';
import { ReplayableVersions } from './replays/replayable-versions.js';
import { ReplaysService } from './replays/replays.service.js';
import { ReportsConsumer } from './reports/reports.consumer.js';
import { AdoptionsController } from './revisions/adoptions.controller.js';
import { AdoptionsService } from './revisions/adoptions.service.js';
import { CaseRevisions } from './revisions/case-revisions.js';
import { RevisionStore } from './revisions/revision.store.js';
import { StandingController } from './standing/standing.controller.js';
import { StandingService } from './standing/standing.service.js';

export const classificationConfig = serviceConfig.extend({
  /** Paths of modules, with commas between: drafts of the guideline under which stored cases may be replayed. None is ever in force. */
  SEKISHO_DRAFT_GUIDELINES: z
    .string()
    .min(1)
    .transform((list) => list.split(','))
    .default([]),
});
type ClassificationConfig = z.infer<typeof classificationConfig>;

/** The service that turns reports into incidents and answers, with the guideline, what each one needs. `drafts` can be replayed, no more. */
export function classification(config: ClassificationConfig, drafts: readonly Guideline[] = []): ServiceDefinition {
  return {
    name: 'classification',
    description: 'Incidents, claims about their facts, determinations under the guideline, scopes and confirmations.',
    config,
    database: createDatabase(config),
    controllers: [
      IncidentsController,
      ExplanationController,
      AssessmentController,
      AdoptionsController,
      GuidelinesController,
      GuidelineAdoptionsController,
      ReplaysController,
      StandingController,
    ],
    providers: [
      IncidentStore,
      ReadingRecorder,
      IncidentsService,
      ExplanationService,
      AssessmentService,
      RevisionStore,
      CaseRevisions,
      AdoptionsService,
      AdoptionsNow,
      GuidelinesService,
      AdoptionStore,
      GuidelineAdoptionsService,
      AdoptionEffects,
      { provide: ReplayableVersions, useValue: new ReplayableVersions(drafts) },
      ReplayStore,
      ReplayRunner,
      ReplaysService,
      StandingService,
    ],
    subscriptions: [ReportsConsumer, ReturnsConsumer],
  };
}
