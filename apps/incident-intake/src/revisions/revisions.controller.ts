import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  id,
  reportDiff,
  reportRevised,
  revisionForm,
  type RevisionForm,
  revisionNumber,
  revisionPage,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, ETAG, LANGUAGE, LOCATION, pageQuery, type PageQuery, type WorkRequest } from '@sekisho/service';
import { RevisionsService } from './revisions.service.js';

/** Follow-up and final reports, and corrections: each a whole new revision beside the earlier ones. */
@ApiTags('revisions')
@ApiBearerAuth()
@Controller('v1/reports/:id/revisions')
export class RevisionsController {
  constructor(private readonly revisions: RevisionsService) {}

  @Post()
  @HttpCode(201)
  @Permit('report:revise')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the latest revision, as it was read.' })
  @ApiResponse({
    status: 201,
    description: 'Stored beside those before; with a receipt.',
    standardSchema: reportRevised,
    headers: { ...LOCATION, ...ETAG, ...LANGUAGE },
  })
  revise(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reportId: string,
    @Body({ schema: revisionForm }) revision: RevisionForm,
    @Headers('if-match') ifMatch: string | undefined,
  ) {
    return this.revisions.revise(request, reportId, revision, ifMatch);
  }

  @Get()
  @Permit('report:read')
  @ApiResponse({ status: 200, description: 'Every revision, the latest first.', standardSchema: revisionPage })
  history(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) reportId: string,
    @Query({ schema: pageQuery }) query: PageQuery,
  ) {
    return this.revisions.history(principal, reportId, query);
  }

  @Get(':a/diff/:b')
  @Permit('report:read')
  @ApiResponse({ status: 200, description: 'In what two revisions differ.', standardSchema: reportDiff })
  diff(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) reportId: string,
    @Param('a', { schema: revisionNumber }) a: number,
    @Param('b', { schema: revisionNumber }) b: number,
  ) {
    return this.revisions.diff(principal, reportId, a, b);
  }
}
