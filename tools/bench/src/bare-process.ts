import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type ReportForm, reportForm } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { Answer, Clock, CurrentWork, Ids, type WorkRequest } from '@sekisho/service';
import { digestOf, KeySet } from '@sekisho/signing';
import { serveRoute } from './route-process.js';

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

await serveRoute(BareReportsController);
