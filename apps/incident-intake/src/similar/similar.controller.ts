import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, similarReports } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, type WorkRequest } from '@sekisho/service';
import { SimilarService } from './similar.service.js';

/** What several organisations may have reported of one attack, for analysts. Partners are told nothing of one another. */
@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports/:id/similar')
export class SimilarController {
  constructor(private readonly similar: SimilarService) {}

  @Get()
  @Permit('report:compare')
  @ApiResponse({
    status: 200,
    description:
      'Reports of other organisations within 14 days that name the same server or indicator, the latest first.',
    standardSchema: similarReports,
  })
  find(@CurrentWork() request: WorkRequest, @Param('id', { schema: id }) reportId: string) {
    return this.similar.find(request, reportId);
  }
}
