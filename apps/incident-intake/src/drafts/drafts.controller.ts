import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  draftBody,
  type DraftBody,
  draftKept,
  draftPage,
  draftView,
  id,
  type Language,
  reportAccepted,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import {
  CurrentLanguage,
  CurrentWork,
  ETAG,
  LANGUAGE,
  LOCATION,
  type PageQuery,
  pageQuery,
  type WorkRequest,
} from '@sekisho/service';
import { DraftsService } from './drafts.service.js';
import { SubmissionService } from './submission.service.js';

/** Reports that are not sent yet. */
@ApiTags('drafts')
@ApiBearerAuth()
@Controller('v1/report-drafts')
export class DraftsController {
  constructor(
    private readonly drafts: DraftsService,
    private readonly submission: SubmissionService,
  ) {}

  @Post()
  @HttpCode(201)
  @Permit('report:draft')
  @ApiResponse({
    status: 201,
    description: 'Kept as it is, right or not.',
    standardSchema: draftKept,
    headers: { ...LOCATION, ...ETAG },
  })
  create(@CurrentWork() request: WorkRequest, @Body({ schema: draftBody }) draft: DraftBody) {
    return this.drafts.create(request, draft);
  }

  @Get()
  @Permit('report:draft')
  @ApiResponse({ status: 200, description: 'The organisation’s drafts, the latest first.', standardSchema: draftPage })
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.drafts.list(principal, query);
  }

  @Get(':id')
  @Permit('report:draft')
  @ApiResponse({
    status: 200,
    description: 'With what keeps it from being accepted.',
    standardSchema: draftView,
    headers: ETAG,
  })
  find(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) draftId: string,
    @CurrentLanguage() language: Language,
  ) {
    return this.drafts.find(principal, draftId, language);
  }

  @Put(':id')
  @Permit('report:draft')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the draft, as it was read.' })
  @ApiResponse({
    status: 200,
    description: 'Another content in the place of the earlier one.',
    standardSchema: draftKept,
    headers: ETAG,
  })
  change(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) draftId: string,
    @Body({ schema: draftBody }) draft: DraftBody,
    @Headers('if-match') ifMatch: string | undefined,
  ) {
    return this.drafts.change(request, draftId, draft, ifMatch);
  }

  @Delete(':id')
  @HttpCode(204)
  @Permit('report:draft')
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of the draft, as it was read.' })
  @ApiResponse({ status: 204, description: 'Gone.' })
  remove(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) draftId: string,
    @Headers('if-match') ifMatch: string | undefined,
  ) {
    return this.drafts.remove(request, draftId, ifMatch);
  }

  @Post(':id/submission')
  @HttpCode(202)
  @Permit('report:draft')
  @ApiResponse({
    status: 202,
    description: 'Sent, as by `POST /v1/reports`; the draft is gone. However often it is tried, it is one report.',
    standardSchema: reportAccepted,
    headers: { ...LOCATION, ...LANGUAGE },
  })
  submit(@CurrentWork() request: WorkRequest, @Param('id', { schema: id }) draftId: string) {
    return this.submission.submit(request, draftId);
  }
}
