import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  id,
  orderBody,
  type OrderBody,
  orderDetail,
  orderPage,
  orderView,
  revocationBody,
  type RevocationBody,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, LOCATION, pageQuery, type WorkRequest } from '@sekisho/service';
import type { z } from 'zod';
import { IssuanceService } from './issuance.service.js';
import { OrdersService } from './orders.service.js';
import { ReadingService } from './reading.service.js';

const listQuery = pageQuery.extend({ incidentId: id.optional() });

/** Orders to the agencies: drafted by one officer, issued by another, and only when every safeguard is met. */
@ApiTags('orders')
@Controller('v1/orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly issuance: IssuanceService,
    private readonly reading: ReadingService,
  ) {}

  @Post()
  @Permit('order:draft')
  @ApiResponse({
    status: 201,
    description: 'A draft: nobody is told yet.',
    standardSchema: orderView,
    headers: LOCATION,
  })
  draft(@CurrentWork() request: WorkRequest, @Body({ schema: orderBody }) body: OrderBody) {
    return this.orders.draft(request, body);
  }

  @Post(':id/issuance')
  @HttpCode(200)
  @Permit('order:issue')
  @ApiResponse({ status: 200, description: 'Issued: signed, sealed and on its way.', standardSchema: orderView })
  @ApiResponse({ status: 409, description: 'Refused, with everything that is outstanding.' })
  issue(@CurrentWork() request: WorkRequest, @Param('id', { schema: id }) orderId: string) {
    return this.issuance.issue(request, orderId);
  }

  @Post(':id/revocation')
  @HttpCode(200)
  @Permit('order:revoke')
  @ApiResponse({
    status: 200,
    description: 'A draft is dropped; what was issued is to be stopped.',
    standardSchema: orderView,
  })
  revoke(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: revocationBody }) body: RevocationBody,
  ) {
    return this.orders.revoke(request, orderId, body);
  }

  @Get()
  @Permit('order:read')
  @ApiResponse({ status: 200, description: 'Orders, newest first.', standardSchema: orderPage })
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: listQuery }) query: z.infer<typeof listQuery>) {
    return this.reading.list(principal, query);
  }

  @Get(':id')
  @Permit('order:read')
  @ApiResponse({
    status: 200,
    description: 'One order with its history, and what is owed.',
    standardSchema: orderDetail,
  })
  get(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) orderId: string) {
    return this.reading.get(principal, orderId);
  }
}
