import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, type Language, replayBody, type ReplayBody, replayChangePage, replayView } from '@sekisho/contracts';
import { replayDiagram } from '@sekisho/documents';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import {
  Answer,
  CurrentLanguage,
  CurrentWork,
  LOCATION,
  pageQuery,
  type PageQuery,
  type WorkRequest,
} from '@sekisho/service';
import { ReplaysService } from './replays.service.js';

/** What another version of the guideline would answer to the stored cases. */
@ApiTags('replays')
@Controller('v1/guideline-replays')
export class ReplaysController {
  constructor(private readonly replays: ReplaysService) {}

  @Post()
  @HttpCode(202)
  @Permit('replay:start')
  @ApiResponse({
    status: 202,
    description: 'Taken in; it goes through the cases as they are on record now.',
    standardSchema: replayView,
    headers: LOCATION,
  })
  start(@CurrentWork() request: WorkRequest, @Body({ schema: replayBody }) body: ReplayBody) {
    return this.replays.start(request, body);
  }

  @Get(':id')
  @Permit('replay:read')
  @ApiResponse({ status: 200, description: 'How far it has come, and how cases end.', standardSchema: replayView })
  show(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) replayId: string) {
    return this.replays.show(principal, replayId);
  }

  @Get(':id/progress')
  @Permit('replay:read')
  @ApiProduces('text/event-stream')
  @ApiResponse({
    status: 200,
    description:
      'The replay as server-sent events, one whenever it has come on; the stream ends with the replay, and where the service ends.',
    schema: { type: 'string' },
  })
  async progress(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) replayId: string) {
    return new StreamableFile(await this.replays.progress(principal, replayId), { type: 'text/event-stream' });
  }

  @Get(':id/changes')
  @Permit('replay:read')
  @ApiResponse({
    status: 200,
    description: 'The cases that are answered otherwise, by their ids.',
    standardSchema: replayChangePage,
  })
  changes(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) replayId: string,
    @Query({ schema: pageQuery }) query: PageQuery,
  ) {
    return this.replays.changes(principal, replayId, query);
  }

  @Get(':id/changes.csv')
  @Permit('replay:read')
  @ApiProduces('text/csv')
  @ApiResponse({
    status: 200,
    description: 'All of them as a table: codes, and how each ends in words too.',
    schema: { type: 'string' },
  })
  async table(
    @CurrentPrincipal() principal: Principal,
    @CurrentLanguage() language: Language,
    @Param('id', { schema: id }) replayId: string,
  ) {
    const rows = await this.replays.table(principal, replayId, language);
    return new StreamableFile(rows, { type: 'text/csv; charset=utf-8' });
  }

  @Get(':id/diagram.svg')
  @Permit('replay:read')
  @ApiProduces('image/svg+xml')
  @ApiResponse({
    status: 200,
    description: 'How the cases end under each version, and which go where.',
    schema: { type: 'string' },
  })
  async diagram(
    @CurrentPrincipal() principal: Principal,
    @CurrentLanguage() language: Language,
    @Param('id', { schema: id }) replayId: string,
  ) {
    const drawn = replayDiagram(await this.replays.show(principal, replayId), language);
    return new Answer(200, drawn, { 'content-type': 'image/svg+xml; charset=utf-8', 'content-language': language });
  }
}
