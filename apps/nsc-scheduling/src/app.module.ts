import { serviceConfig, type ServiceDefinition } from '@sekisho/service';
import { z } from 'zod';
import { createDatabase } from './database.js';
import { DecisionConfirmer } from './decisions/decision-confirmer.js';
import { DecisionRecorder } from './decisions/decision-recorder.js';
import { DecisionStore } from './decisions/decision.store.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { WithdrawalService } from './decisions/withdrawal.service.js';
import { WithdrawalStore } from './decisions/withdrawal.store.js';
import { AttendanceService } from './meetings/attendance.service.js';
import { MeetingClosing } from './meetings/meeting-closing.js';
import { MeetingPlanner } from './meetings/meeting-planner.js';
import { MeetingStore } from './meetings/meeting.store.js';
import { MeetingsController } from './meetings/meetings.controller.js';
import { MeetingsService } from './meetings/meetings.service.js';
import { DeterminationsConsumer } from './reviews/determinations.consumer.js';
import { ReviewStore } from './reviews/review.store.js';
import { ReviewWork } from './reviews/review-work.js';
import { ReviewsController } from './reviews/reviews.controller.js';
import { ReviewsService } from './reviews/reviews.service.js';
import { MembersController } from './roster/members.controller.js';
import { MembersService } from './roster/members.service.js';
import { RosterSeed, SEED } from './roster/roster.seed.js';
import { RosterStore } from './roster/roster.store.js';
import { StandingController } from './standing/standing.controller.js';
import { StandingService } from './standing/standing.service.js';

export const schedulingConfig = serviceConfig.extend({
  /** Path of the JSON with the council's members, compositions and settings. */
  SEKISHO_SEED: z.string().min(1),
});

/** The service that brings confirmed scopes before the National Security Council and keeps what it decides. */
export function scheduling(config: z.infer<typeof schedulingConfig>): ServiceDefinition {
  return {
    name: 'nsc-scheduling',
    description: 'Reviews, members and their calendars, meetings, attendance, and decisions that two people stand for.',
    config,
    database: createDatabase(config),
    controllers: [MembersController, ReviewsController, MeetingsController, DecisionsController, StandingController],
    providers: [
      { provide: SEED, useValue: config.SEKISHO_SEED },
      RosterStore,
      RosterSeed,
      MembersService,
      ReviewStore,
      ReviewWork,
      ReviewsService,
      MeetingStore,
      MeetingPlanner,
      MeetingClosing,
      MeetingsService,
      AttendanceService,
      DecisionStore,
      DecisionRecorder,
      DecisionConfirmer,
      WithdrawalStore,
      WithdrawalService,
      StandingService,
    ],
    subscriptions: [DeterminationsConsumer],
  };
}
