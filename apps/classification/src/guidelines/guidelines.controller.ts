import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  determinationWith,
  guidelineDifference,
  guidelinePage,
  guidelineText,
  previewBody,
  type PreviewBody,
  withQuery,
  type WithQuery,
} from '@sekisho/contracts';
import { DMN_MEDIA_TYPE } from '@sekisho/dmn';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { Answer } from '@sekisho/service';
import { GuidelinesService } from './guidelines.service.js';

/** The guideline's versions as text, and what they would answer. */
@ApiTags('guidelines')
@Controller('v1')
export class GuidelinesController {
  constructor(private readonly guidelines: GuidelinesService) {}

  @Get('guidelines')
  @Permit('guideline:read')
  @ApiResponse({ status: 200, description: 'Every version, oldest first.', standardSchema: guidelinePage })
  list(@CurrentPrincipal() principal: Principal) {
    return this.guidelines.list(principal);
  }

  @Get('guidelines/:version')
  @Permit('guideline:read')
  @ApiResponse({ status: 200, description: 'Clauses, provisions and judgements.', standardSchema: guidelineText })
  show(@CurrentPrincipal() principal: Principal, @Param('version') version: string) {
    return this.guidelines.show(principal, version);
  }

  @Get('guidelines/:version/dmn')
  @Permit('guideline:read')
  @ApiProduces(DMN_MEDIA_TYPE)
  @ApiResponse({
    status: 200,
    description: 'A model of DMN 1.5, for other tools: its decision `determination` answers as a preview does.',
    schema: { type: 'string' },
  })
  model(@Param('version') version: string) {
    return new Answer(200, this.guidelines.model(version), { 'content-type': `${DMN_MEDIA_TYPE}; charset=utf-8` });
  }

  @Get('guidelines/:from/diff/:to')
  @Permit('guideline:read')
  @ApiResponse({
    status: 200,
    description: 'Clause by clause, in the order of the later version.',
    standardSchema: guidelineDifference,
  })
  difference(@CurrentPrincipal() principal: Principal, @Param('from') from: string, @Param('to') to: string) {
    return this.guidelines.difference(principal, from, to);
  }

  @Post('determination-previews')
  @HttpCode(200)
  @Permit('determination:preview')
  @ApiResponse({
    status: 200,
    description: 'What would be answered; nothing is stored.',
    standardSchema: determinationWith,
  })
  preview(@Body({ schema: previewBody }) body: PreviewBody, @Query({ schema: withQuery }) query: WithQuery) {
    return this.guidelines.preview(body, query);
  }
}
