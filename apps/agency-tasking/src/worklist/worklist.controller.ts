import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Language, worklistPage } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentLanguage, type PageQuery, pageQuery } from '@sekisho/service';
import { WorklistService } from './worklist.service.js';

/** What cases wait for. */
@ApiTags('worklist')
@Controller('v1/worklist')
export class WorklistController {
  constructor(private readonly worklist: WorklistService) {}

  @Get()
  @Permit('safeguard:read')
  @ApiResponse({
    status: 200,
    description:
      'Cases with a confirmed scope for which an order is still to be given, one in a line: what is missing, who holds it, and until when, that is the end of the scope’s window. What ends first comes first. An office is shown the cases for which it is to supply something.',
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
