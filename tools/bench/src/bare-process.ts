import 'reflect-metadata';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type ReportForm, reportForm } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { Metrics } from '@sekisho/observability';
import {
  Answer,
  Clock,
  createApplication,
  CurrentWork,
  Database,
  Ids,
  LOGGER,
  observeRequests,
  readConfig,
  serviceConfig,
  type WorkRequest,
} from '@sekisho/service';
import { digestOf, KeySet, loadKeySet } from '@sekisho/signing';

/** The same route as intake's, with all that it does but storing and sending on: token, validation, digest, signed receipt. */
@Controller('v1/reports')
class BareReportsController {
  constructor(
    private readonly keys: KeySet,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  @Post()
  @HttpCode(202)
  @Permit('report:submit')
  async submit(@CurrentWork() { principal, content }: WorkRequest, @Body({ schema: reportForm }) report: ReportForm) {
    digestOf(content);
    const reportId = this.ids.next();
    const receivedAt = this.clock.now().toISOString();
    const said = { reportId, number: 1, digest: digestOf(report), receivedAt, organisation: principal.organisation };
    const receipt = await this.keys.sign(said, 'sekisho-receipt+jws');
    return new Answer(
      202,
      { reportId, receivedAt, deadlines: [], warnings: [], receipt },
      { location: `/v1/reports/${reportId}` },
    );
  }
}

class NoDatabase extends Database {
  $transaction(): Promise<never> {
    return Promise.reject(new Error('there is no database here'));
  }
  async $disconnect(): Promise<void> {}
}

// Started as a process of its own, like the service that it is compared with, and with the same environment.
const config = readConfig(serviceConfig);
const keys = await loadKeySet(config.SEKISHO_SIGNING_KEYS);
const app = await createApplication(
  {
    name: 'incident-intake',
    description: 'Intake without storage, to be compared with.',
    config,
    database: new NoDatabase(),
    controllers: [BareReportsController],
    providers: [],
    subscriptions: [],
  },
  keys,
);
observeRequests(app, app.get(LOGGER), app.get(Metrics));
await app.listen(config.PORT, config.HOST);
process.send?.('ready');
process.once('disconnect', () => process.exit(0));
