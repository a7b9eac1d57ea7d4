import { Controller, HttpCode, Get, Param, Post, Body, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Permit, type Principal, toActor } from '@sekisho/identity';
import { type ParkedMessage, ParkedMessages } from '@sekisho/messaging';
import { id as uuid, instant, text } from '@sekisho/contracts';
import { z } from 'zod';
import { Answer } from './answer.js';
import { type Page, pageOf, type PageQuery, pageQuery, positionOf } from './paging.js';
import { notFound } from './problem-error.js';
import { Work } from './work.js';
import { CurrentWork, type WorkRequest } from './work-request.js';

const discardBody = z.strictObject({ reason: text(1000) });

const parkedMessage = z.object({
  id: uuid,
  topic: z.string(),
  partition: z.int(),
  offset: z.string(),
  key: z.string(),
  eventId: z.string().nullable(),
  type: z.string().nullable(),
  state: z.enum(['WAITING', 'PARKED', 'HELD', 'RELEASED']),
  error: z.string().nullable(),
  dependsOn: z.string().nullable(),
  parkedAt: instant,
  changedAt: instant,
  changedBy: z.string(),
}) satisfies z.ZodType<ParkedMessage>;
const parkedPage = z.object({ items: z.array(parkedMessage), next: z.string().nullable() });
const settled = <State extends string>(state: State) => z.object({ id: uuid, state: z.literal(state) });

/** Messages that could not be handled: an operator looks at them, and lets them be tried again or gives them up. */
@ApiTags('parked messages')
@Controller('v1/parked')
export class ParkedController {
  constructor(
    private readonly parked: ParkedMessages,
    private readonly work: Work,
  ) {}

  @Get()
  @Permit('parked:read')
  @ApiResponse({ status: 200, description: 'Those that are open, oldest first.', standardSchema: parkedPage })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: pageQuery }) { limit, cursor }: PageQuery,
  ): Promise<Page<ParkedMessage>> {
    const page = { cursor: positionOf(cursor), limit: limit + 1 };
    const rows = await this.work.read(principal, (tx) => this.parked.list(tx, page));
    return pageOf(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Post(':id/release')
  @HttpCode(200)
  @Permit('parked:settle')
  @ApiResponse({ status: 200, description: 'It is tried again.', standardSchema: settled('RELEASED') })
  release(@CurrentWork() request: WorkRequest, @Param('id', { schema: uuid }) id: string): Promise<Answer> {
    return this.work.run(request, [], async (tx) => {
      if (!(await this.parked.release(tx, id, toActor(request.principal)))) throw notFound();
      return new Answer(200, { id, state: 'RELEASED' });
    });
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Permit('parked:settle')
  @ApiResponse({ status: 200, description: 'It is given up for good.', standardSchema: settled('DISCARDED') })
  discard(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: discardBody }) body: z.infer<typeof discardBody>,
  ): Promise<Answer> {
    return this.work.run(request, [], async (tx) => {
      if (!(await this.parked.discard(tx, id, toActor(request.principal), body.reason))) throw notFound();
      return new Answer(200, { id, state: 'DISCARDED' });
    });
  }
}
