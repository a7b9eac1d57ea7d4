import { Body, Controller, Get, Headers, Param, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  attendanceBody,
  type AttendanceBody,
  attendanceView,
  id,
  meetingBody,
  type MeetingBody,
  meetingView,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, ETAG, LOCATION, type WorkRequest } from '@sekisho/service';
import { AttendanceService } from './attendance.service.js';
import { MeetingsService } from './meetings.service.js';

/** Meetings of the council: called for the earliest time at which every member is free. */
@ApiTags('meetings')
@Controller('v1/meetings')
export class MeetingsController {
  constructor(
    private readonly meetings: MeetingsService,
    private readonly attendance: AttendanceService,
  ) {}

  @Post()
  @Permit('meeting:schedule')
  @ApiResponse({
    status: 201,
    description: 'The earliest meeting that fits.',
    standardSchema: meetingView,
    headers: { ...LOCATION, ...ETAG },
  })
  @ApiResponse({ status: 409, description: 'no-meeting-fits: who is busy when.' })
  call(@CurrentWork() request: WorkRequest, @Body({ schema: meetingBody }) body: MeetingBody) {
    return this.meetings.call(request, body);
  }

  @Get(':id.ics')
  @Permit('meeting:read')
  @ApiProduces('text/calendar')
  @ApiResponse({
    status: 200,
    description: 'The meeting for a calendar program; nothing of the matter is in it.',
    schema: { type: 'string' },
    headers: ETAG,
  })
  calendar(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) meetingId: string) {
    return this.meetings.calendar(principal, meetingId);
  }

  @Get(':id')
  @Permit('meeting:read')
  @ApiResponse({
    status: 200,
    description: 'The meeting as it is planned now.',
    standardSchema: meetingView,
    headers: ETAG,
  })
  show(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) meetingId: string) {
    return this.meetings.show(principal, meetingId);
  }

  @Put(':id')
  @Permit('meeting:schedule')
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of the meeting as it was read.' })
  @ApiResponse({
    status: 200,
    description: 'Planned anew: the earliest time now.',
    standardSchema: meetingView,
    headers: { ...LOCATION, ...ETAG },
  })
  planAnew(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) meetingId: string,
    @Body({ schema: meetingBody }) body: MeetingBody,
    @Headers('if-match') ifMatch: string | undefined,
  ) {
    return this.meetings.planAnew(request, meetingId, body, ifMatch);
  }

  @Post(':id/attendance')
  @Permit('attendance:record')
  @ApiResponse({
    status: 201,
    description: 'Who came, and who did not and why.',
    standardSchema: attendanceView,
    headers: LOCATION,
  })
  recordAttendance(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) meetingId: string,
    @Body({ schema: attendanceBody }) body: AttendanceBody,
  ) {
    return this.attendance.record(request, meetingId, body, 201);
  }

  @Put(':id/attendance')
  @Permit('attendance:record')
  @ApiResponse({
    status: 200,
    description: 'Who came, and who did not and why.',
    standardSchema: attendanceView,
    headers: LOCATION,
  })
  replaceAttendance(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) meetingId: string,
    @Body({ schema: attendanceBody }) body: AttendanceBody,
  ) {
    return this.attendance.record(request, meetingId, body, 200);
  }
}
