import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
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
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
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
