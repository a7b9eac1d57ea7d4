import { serviceConfig, type ServiceDefinition } from '@sekisho/service';
import { z } from 'zod';
import { CaseStore } from './cases/case.store.js';
import { DeterminationsConsumer } from './cases/determinations.consumer.js';
import { GuidelinesConsumer } from './cases/guidelines.consumer.js';
import { CommissionController } from './commission/commission.controller.js';
import { CommissionService } from './commission/commission.service.js';
import { createDatabase } from './database.js';
import { EvidenceController } from './evidence/evidence.controller.js';
import { EvidenceRecorder } from './evidence/evidence.recorder.js';
import { EvidenceService } from './evidence/evidence.service.js';
import { EvidenceStore } from './evidence/evidence.store.js';
import { ReviewsConsumer } from './evidence/reviews.consumer.js';
import { RulingsConsumer } from './evidence/rulings.consumer.js';
import { ExplanationController } from './explanations/explanation.controller.js';
import { ExplanationService } from './explanations/explanation.service.js';
import { agenciesVariable, AgencyKeys } from './orders/agency-keys.js';
import { Drafting } from './orders/drafting.js';
import { IssuanceService } from './orders/issuance.service.js';
import { Issuing } from './orders/issuing.js';
import { Judging } from './orders/judging.js';
import { OrderStore } from './orders/order.store.js';
import { OrdersController } from './orders/orders.controller.js';
import { OrdersService } from './orders/orders.service.js';
import { ReadingService } from './orders/reading.service.js';
import { StopService } from './orders/stop.service.js';
import { SuspensionService } from './orders/suspension.service.js';
import { ReturnDesk } from './returns/return-desk.js';
import { NpaReturnsConsumer, SdfReturnsConsumer } from './returns/returns.consumer.js';
import { ReturnsController } from './returns/returns.controller.js';
import { ReturnsService } from './returns/returns.service.js';
import { peersVariable, StandingDesk } from './standing/peers.js';
import { Stamp } from './stamp.js';
import { WorklistController } from './worklist/worklist.controller.js';
import { WorklistService } from './worklist/worklist.service.js';

export const taskingConfig = serviceConfig.extend({
  SEKISHO_AGENCIES: agenciesVariable,
  SEKISHO_PEERS: peersVariable,
  SEKISHO_TOKEN_ENDPOINT: z.url(),
  SEKISHO_CLIENT_ID: z.string().min(1),
  SEKISHO_CLIENT_SECRET: z.string().min(1),
});

/** The service that gives orders to the agencies, and only when every safeguard is met. */
export function agencyTasking(config: z.infer<typeof taskingConfig>): ServiceDefinition {
  const access = {
    peers: config.SEKISHO_PEERS,
    tokenEndpoint: config.SEKISHO_TOKEN_ENDPOINT,
    clientId: config.SEKISHO_CLIENT_ID,
    clientSecret: config.SEKISHO_CLIENT_SECRET,
  };
  return {
    name: 'agency-tasking',
    description:
      'Evidence for safeguards, requests to the commission, and orders to the agencies with what they return.',
    config,
    database: createDatabase(config),
    controllers: [
      EvidenceController,
      ExplanationController,
      CommissionController,
      OrdersController,
      ReturnsController,
      WorklistController,
    ],
    providers: [
      { provide: AgencyKeys, useValue: new AgencyKeys(config.SEKISHO_AGENCIES) },
      { provide: StandingDesk, useValue: new StandingDesk(access) },
      ...[Stamp, CaseStore, EvidenceStore, EvidenceRecorder, EvidenceService, CommissionService],
      ...[
        OrderStore,
        StopService,
        SuspensionService,
        Drafting,
        OrdersService,
        ReadingService,
        Judging,
        Issuing,
        IssuanceService,
        ReturnDesk,
        ReturnsService,
        ExplanationService,
        WorklistService,
      ],
    ],
    subscriptions: [
      DeterminationsConsumer,
      GuidelinesConsumer,
      ReviewsConsumer,
      RulingsConsumer,
      NpaReturnsConsumer,
      SdfReturnsConsumer,
    ],
  };
}
