import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Language, type ReportCheck, reportCheck, reportEntryForm } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentLanguage, invalid } from '@sekisho/service';
import { z } from 'zod';
import { ReportChecksService } from './report-checks.service.js';

/** What a report would get, for those who want to know before they send it. */
@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/report-checks')
export class ReportChecksController {
  constructor(private readonly checks: ReportChecksService) {}

  @Post()
  @HttpCode(200)
  @Permit('report:send')
  @ApiBody({
    description: 'A report as `POST /v1/reports` takes it. Any other JSON is answered too, with what is wrong with it.',
    schema: { anyOf: [z.toJSONSchema(reportEntryForm, { target: 'openapi-3.0', io: 'input' }) as object, {}] },
  })
  @ApiResponse({
    status: 200,
    description: 'What would become of it, whether it would be accepted or not. Nothing is stored.',
    standardSchema: reportCheck,
  })
  check(
    @Body() report: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentLanguage() language: Language,
  ): Promise<ReportCheck> {
    if (report === undefined) throw invalid([{ pointer: '', code: 'no-body' }]);
    return this.checks.check(report, principal, language);
  }
}
