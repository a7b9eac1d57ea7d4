import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  consentBody,
  type ConsentBody,
  consentStated,
  id,
  reportWithdrawn,
  withdrawalBody,
  type WithdrawalBody,
} from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, LANGUAGE, LOCATION, type WorkRequest } from '@sekisho/service';
import { ReportStandingService } from './report-standing.service.js';

/** What an organisation says of its report as a whole: that it takes it back, and whether it may go out. */
@ApiTags('revisions')
@ApiBearerAuth()
@Controller('v1/reports/:id')
export class ReportStandingController {
  constructor(private readonly standing: ReportStandingService) {}

  @Post('withdrawal')
  @HttpCode(201)
  @Permit('report:withdraw')
  @ApiResponse({
    status: 201,
    description: 'Withdrawn, and still on record.',
    standardSchema: reportWithdrawn,
    headers: LOCATION,
  })
  withdraw(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reportId: string,
    @Body({ schema: withdrawalBody }) body: WithdrawalBody,
  ) {
    return this.standing.withdraw(request, reportId, body);
  }

  @Put('consent')
  @Permit('consent:state')
  @ApiResponse({
    status: 200,
    description: 'What it brought about, and what not.',
    standardSchema: consentStated,
    headers: LANGUAGE,
  })
  stateConsent(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reportId: string,
    @Body({ schema: consentBody }) body: ConsentBody,
  ) {
    return this.standing.stateConsent(request, reportId, body);
  }
}
