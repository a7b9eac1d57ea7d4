import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, similarReports, type SimilarReports } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { notFound } from '@sekisho/service';
import { SimilarStore } from './similar.store.js';

/** What several organisations may have reported of one attack, for analysts. Partners are told nothing of one another. */
@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports/:id/similar')
export class SimilarController {
  constructor(private readonly store: SimilarStore) {}

  @Get()
  @Permit('report:compare')
  @ApiResponse({
    status: 200,
    description:
      'Reports of other organisations within 14 days that name the same server or indicator, the latest first.',
    standardSchema: similarReports,
  })
  async find(@Param('id', { schema: id }) reportId: string): Promise<SimilarReports> {
    const similar = await this.store.find(reportId);
    if (!similar) throw notFound();
    return similar;
  }
}
