import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  guidelineAdoption,
  guidelineAdoptionBody,
  type GuidelineAdoptionBody,
  guidelineAdoptionPage,
  id,
  rejectionBody,
  type RejectionBody,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, LOCATION, type PageQuery, pageQuery, type WorkRequest } from '@sekisho/service';
import { GuidelineAdoptionsService } from './guideline-adoptions.service.js';

/** By what a version of the guideline takes effect. */
@ApiTags('guidelines')
@Controller('v1/guideline-adoptions')
export class GuidelineAdoptionsController {
  constructor(private readonly adoptions: GuidelineAdoptionsService) {}

  @Get()
  @Permit('guideline:read')
  @ApiResponse({
    status: 200,
    description: 'Every proposal with what became of it, the oldest first.',
    standardSchema: guidelineAdoptionPage,
  })
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.adoptions.list(principal, query);
  }

  @Get(':id')
  @Permit('guideline:read')
  @ApiResponse({ status: 200, description: 'One proposal.', standardSchema: guidelineAdoption })
  show(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) adoptionId: string) {
    return this.adoptions.show(principal, adoptionId);
  }

  @Post()
  @HttpCode(201)
  @Permit('guideline-adoption:propose')
  @ApiResponse({
    status: 201,
    description: 'Proposed; nothing takes effect before another person confirms it.',
    standardSchema: guidelineAdoption,
    headers: LOCATION,
  })
  propose(@CurrentWork() request: WorkRequest, @Body({ schema: guidelineAdoptionBody }) body: GuidelineAdoptionBody) {
    return this.adoptions.propose(request, body);
  }

  @Post(':id/confirmation')
  @HttpCode(201)
  @Permit('guideline-adoption:confirm')
  @ApiResponse({
    status: 201,
    description:
      'Confirmed by another person than the one who proposed it: the version takes effect at `from`, and cases planned for then are answered by it.',
    standardSchema: guidelineAdoption,
  })
  confirm(@CurrentWork() request: WorkRequest, @Param('id', { schema: id }) adoptionId: string) {
    return this.adoptions.decide(request, adoptionId, { outcome: 'CONFIRMED', reason: null });
  }

  @Post(':id/rejection')
  @HttpCode(201)
  @Permit('guideline-adoption:confirm')
  @ApiResponse({
    status: 201,
    description: 'It does not take effect. Whoever proposed it may take it back so.',
    standardSchema: guidelineAdoption,
  })
  reject(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) adoptionId: string,
    @Body({ schema: rejectionBody }) { reason }: RejectionBody,
  ) {
    return this.adoptions.decide(request, adoptionId, { outcome: 'REJECTED', reason });
  }
}
