import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { commissionRequestBody, type CommissionRequestBody, commissionRequested, id } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, LOCATION, type WorkRequest } from '@sekisho/service';
import { CommissionService } from './commission.service.js';

/** Requests to the oversight commission. */
@ApiTags('commission')
@Controller('v1/incidents')
export class CommissionController {
  constructor(private readonly commission: CommissionService) {}

  @Post(':incidentId/commission-requests')
  @Permit('commission-request:submit')
  @ApiResponse({
    status: 201,
    description: 'The commission has been asked.',
    standardSchema: commissionRequested,
    headers: LOCATION,
  })
  ask(
    @CurrentWork() request: WorkRequest,
    @Param('incidentId', { schema: id }) incidentId: string,
    @Body({ schema: commissionRequestBody }) body: CommissionRequestBody,
  ) {
    return this.commission.ask(request, incidentId, body);
  }
}
