import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, type Language, reportStatus } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentLanguage } from '@sekisho/service';
import { StatusService } from './status.service.js';

/** What became of my report? */
@ApiTags('after the report')
@ApiBearerAuth()
@Controller('v1/reports/:id/status')
export class StatusController {
  constructor(private readonly status: StatusService) {}

  @Get()
  @Permit('report:read')
  @ApiResponse({ status: 200, description: 'In plain words, Japanese or English.', standardSchema: reportStatus })
  find(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) reportId: string,
    @CurrentLanguage() language: Language,
  ) {
    return this.status.find(principal, reportId, language);
  }
}
