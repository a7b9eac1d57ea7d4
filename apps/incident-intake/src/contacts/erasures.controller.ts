import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { contactErased, erasureAsked, erasureBody, type ErasureBody, id } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, type WorkRequest } from '@sekisho/service';
import { ErasuresService } from './erasures.service.js';

/** That whom to contact about a report is forgotten, everywhere and for good. */
@ApiTags('contacts')
@ApiBearerAuth()
@Controller('v1/reports/:id/erasure')
export class ErasuresController {
  constructor(private readonly erasures: ErasuresService) {}

  @Post()
  @HttpCode(201)
  @Permit('contact-erasure:request')
  @ApiResponse({
    status: 201,
    description: 'Asked for. Nothing is erased until another person confirms it.',
    standardSchema: erasureAsked,
  })
  ask(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reportId: string,
    @Body({ schema: erasureBody }) body: ErasureBody,
  ) {
    return this.erasures.ask(request, reportId, body);
  }

  @Post('confirmation')
  @HttpCode(201)
  @Permit('contact-erasure:confirm')
  @ApiResponse({
    status: 201,
    description: 'The contacts of all revisions so far are erased, and nobody can bring them back.',
    standardSchema: contactErased,
  })
  confirm(@CurrentWork() request: WorkRequest, @Param('id', { schema: id }) reportId: string) {
    return this.erasures.confirm(request, reportId);
  }
}
