import { Controller, Get, Param } from '@nestjs/common';
import { ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { periodicReport } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { PeriodicReportsService } from './periodic-reports.service.js';

@ApiTags('periodic reports')
@Controller('v1/periodic-reports')
export class PeriodicReportsController {
  constructor(private readonly reports: PeriodicReportsService) {}

  @Get(':period')
  @Permit('periodic-report:read')
  @ApiParam({ name: 'period', description: '`2026-11`, `2026-Q4`, `2026` or `FY2026`, in JST.' })
  @ApiResponse({
    status: 200,
    description: 'Figures and checks, from recorded events alone.',
    standardSchema: periodicReport,
  })
  report(@CurrentPrincipal() principal: Principal, @Param('period') period: string) {
    return this.reports.report(principal, period);
  }
}
