import { Body, Controller, Get, Headers, Param, Put } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  calendarBody,
  type CalendarBody,
  calendarView,
  holderBody,
  type HolderBody,
  memberPage,
  memberRole,
  memberView,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, ETAG, type WorkRequest } from '@sekisho/service';
import { MembersService } from './members.service.js';

/** The council's members, by office. */
@ApiTags('members')
@Controller('v1/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @Permit('member:read')
  @ApiResponse({ status: 200, description: 'The council as it is today.', standardSchema: memberPage })
  list(@CurrentPrincipal() principal: Principal) {
    return this.members.list(principal);
  }

  @Put(':role/calendar')
  @Permit('calendar:write')
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of the calendar as it was last written.' })
  @ApiResponse({ status: 200, description: 'Replaces the calendar.', standardSchema: calendarView, headers: ETAG })
  setCalendar(
    @CurrentWork() request: WorkRequest,
    @Param('role', { schema: memberRole }) role: string,
    @Body({ schema: calendarBody }) body: CalendarBody,
    @Headers('if-match') ifMatch: string | undefined,
  ) {
    return this.members.setCalendar(request, role, body, ifMatch);
  }

  @Put(':role/holders')
  @Permit('member:write')
  @ApiResponse({ status: 200, description: 'Somebody holds the office from a day on.', standardSchema: memberView })
  setHolder(
    @CurrentWork() request: WorkRequest,
    @Param('role', { schema: memberRole }) role: string,
    @Body({ schema: holderBody }) body: HolderBody,
  ) {
    return this.members.setHolder(request, role, body);
  }
}
