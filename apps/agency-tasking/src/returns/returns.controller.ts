import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, returnBody, returnRecorded } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, type WorkRequest } from '@sekisho/service';
import type { z } from 'zod';
import { ReturnsService } from './returns.service.js';

/** An agency's return over HTTP: as over Kafka. */
@ApiTags('orders')
@Controller('v1/orders')
export class ReturnsController {
  constructor(private readonly returns: ReturnsService) {}

  @Post(':id/returns')
  @HttpCode(200)
  @Permit('return:submit')
  @ApiResponse({ status: 200, description: 'Accepted as the order’s next step.', standardSchema: returnRecorded })
  submit(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: returnBody }) body: z.infer<typeof returnBody>,
  ) {
    return this.returns.submit(request, orderId, body.return);
  }
}
