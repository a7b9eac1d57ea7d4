import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  id,
  type Language,
  reportAccepted,
  reportEntryForm,
  type ReportEntryForm,
  reportPage,
  reportQuery,
  type ReportQuery,
  reportView,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import {
  CurrentLanguage,
  CurrentWork,
  ETAG,
  LANGUAGE,
  LOCATION,
  pageQuery,
  type PageQuery,
  type WorkRequest,
} from '@sekisho/service';
import { ReportsService } from './reports.service.js';

/** What partners report, each organisation for itself; what reaches the desk by telephone or fax, staff enter for them. */
@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Post()
  @HttpCode(202)
  @Permit('report:send')
  @ApiResponse({
    status: 202,
    description: 'Stored durably; with a signed receipt.',
    standardSchema: reportAccepted,
    headers: { ...LOCATION, ...LANGUAGE },
  })
  submit(
    @CurrentWork() request: WorkRequest,
    @Body({ schema: reportEntryForm }) { onBehalfOf, ...report }: ReportEntryForm,
  ) {
    return this.reports.submit(request, report, onBehalfOf);
  }

  @Get()
  @Permit('report:read')
  @ApiResponse({ status: 200, description: 'Own reports, newest first.', standardSchema: reportPage })
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.reports.list(principal, query);
  }

  @Get(':id')
  @Permit('report:read')
  @ApiResponse({
    status: 200,
    description: 'One of the organisation’s own reports.',
    standardSchema: reportView,
    headers: ETAG,
  })
  find(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) reportId: string,
    @Query({ schema: reportQuery }) { revision }: ReportQuery,
    @CurrentLanguage() language: Language,
  ) {
    return this.reports.find(principal, reportId, language, revision);
  }
}
