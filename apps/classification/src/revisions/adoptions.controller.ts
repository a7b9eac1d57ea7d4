import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { adoptionBody, type AdoptionBody, id, revisionAdopted } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, ETAG, LOCATION, type WorkRequest } from '@sekisho/service';
import { AdoptionsService } from './adoptions.service.js';

/** Revisions that were held, taken into a case by an analyst. */
@ApiTags('assessment')
@ApiBearerAuth()
@Controller('v1/incidents/:id/adoptions')
export class AdoptionsController {
  constructor(private readonly adoptions: AdoptionsService) {}

  @Post()
  @HttpCode(201)
  @Permit('revision:adopt')
  @ApiResponse({
    status: 201,
    description: 'The revision is part of the case; a confirmation of other facts has lapsed.',
    standardSchema: revisionAdopted,
    headers: { ...LOCATION, ...ETAG },
  })
  adopt(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: adoptionBody }) body: AdoptionBody,
  ) {
    return this.adoptions.adopt(request, incidentId, body);
  }
}
