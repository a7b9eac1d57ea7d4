import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type ReportForm, reportForm } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { accept, shown } from '@sekisho/incident-intake/reports';
import { Answer, Clock, CurrentWork, Ids, type WorkRequest } from '@sekisho/service';
import { KeySet } from '@sekisho/signing';
import { serveRoute } from './route-process.js';

const ORGANISATION = {
  id: 'org-power',
  nameJa: '電力',
  nameEn: 'Power',
  sector: 'ELECTRICITY',
  designated: true,
  designatedSince: null,
} as const;

/**
 * The same route as intake's, with all that it does but storing and sending on: token, validation, digest, deadlines, warnings, signed
 * receipt.
 */
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
  async submit(@CurrentWork() { language }: WorkRequest, @Body({ schema: reportForm }) report: ReportForm) {
    const reportId = this.ids.next();
    const at = this.clock.now();
    const receivedAt = at.toISOString();
    const accepted = accept(report, ORGANISATION, { reportId, contactRef: this.ids.next(), receivedAt });
    const said = { reportId, number: 1, digest: accepted.digest, receivedAt, organisation: ORGANISATION.id };
    const receipt = await this.keys.sign(said, 'sekisho-receipt+jws');
    return new Answer(
      202,
      { reportId, receivedAt, ...shown(accepted, at, language), receipt },
      { location: `/v1/reports/${reportId}`, 'content-language': language },
    );
  }
}

await serveRoute(BareReportsController);
