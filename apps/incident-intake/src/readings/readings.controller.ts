import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, readingPage } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { type PageQuery, pageQuery } from '@sekisho/service';
import { ReadingsService } from './readings.service.js';

/** Who saw my report? */
@ApiTags('after the report')
@ApiBearerAuth()
@Controller('v1/reports/:id/readings')
export class ReadingsController {
  constructor(private readonly readings: ReadingsService) {}

  @Get()
  @Permit('report:read')
  @ApiResponse({
    status: 200,
    description: 'Who has read the report, the latest first: organisation, roles and time, once an hour each person.',
    standardSchema: readingPage,
  })
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) reportId: string,
    @Query({ schema: pageQuery }) query: PageQuery,
  ) {
    return this.readings.list(principal, reportId, query);
  }
}
