import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  answerBody,
  type AnswerBody,
  answerGiven,
  id,
  questionAsked,
  questionBody,
  type QuestionBody,
  questionPage,
} from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, LANGUAGE, pageQuery, type PageQuery, type WorkRequest } from '@sekisho/service';
import { QuestionsService } from './questions.service.js';

/** What analysts ask about a report, and what its organisation answers. */
@ApiTags('after the report')
@ApiBearerAuth()
@Controller('v1/reports/:id')
export class QuestionsController {
  constructor(private readonly questions: QuestionsService) {}

  @Post('questions')
  @HttpCode(201)
  @Permit('question:ask')
  @ApiResponse({ status: 201, description: 'On the partner’s worklist until answered.', standardSchema: questionAsked })
  ask(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reportId: string,
    @Body({ schema: questionBody }) body: QuestionBody,
  ) {
    return this.questions.ask(request, reportId, body);
  }

  @Get('questions')
  @Permit('question:read')
  @ApiResponse({
    status: 200,
    description: 'Questions with their answers, the latest first. What analysts read of answers is on record.',
    standardSchema: questionPage,
  })
  list(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reportId: string,
    @Query({ schema: pageQuery }) query: PageQuery,
  ) {
    return this.questions.list(request, reportId, query);
  }

  @Post('answers')
  @HttpCode(201)
  @Permit('question:answer')
  @ApiResponse({
    status: 201,
    description: 'Beside earlier answers; says whether it was passed on.',
    standardSchema: answerGiven,
    headers: LANGUAGE,
  })
  answer(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reportId: string,
    @Body({ schema: answerBody }) body: AnswerBody,
  ) {
    return this.questions.answer(request, reportId, body);
  }
}
