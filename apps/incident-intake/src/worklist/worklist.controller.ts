import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Language, worklistPage } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentLanguage, type PageQuery, pageQuery } from '@sekisho/service';
import { WorklistService } from './worklist.service.js';

/** What the caller's role has to do. */
@ApiTags('worklist')
@ApiBearerAuth()
@Controller('v1/worklist')
export class WorklistController {
  constructor(private readonly worklist: WorklistService) {}

  @Get()
  @Permit('worklist:read')
  @ApiResponse({
    status: 200,
    description:
      'What is due first before the rest, what has no end last. For partners: deadlines that are not met, open questions and drafts. For analysts: deadlines of mandatory reports that were missed, questions not answered in time and answers not read. For operators: contacts whose erasure was asked for.',
    standardSchema: worklistPage,
  })
  list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentLanguage() language: Language,
  ) {
    return this.worklist.list(principal, query, language);
  }
}
