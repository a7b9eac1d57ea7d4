import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@sekisho/identity';
import { Metrics, readiness, type ReadinessCheck } from '@sekisho/observability';
import { KeySet } from '@sekisho/signing';
import type { FastifyReply } from 'fastify';

/** Checks that must pass before the service is called ready; the bootstrap fills it. */
export class ReadinessChecks {
  readonly list: ReadinessCheck[] = [];
}

/** What machines ask: alive, ready, figures, public keys. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly checks: ReadinessChecks,
    private readonly metrics: Metrics,
    private readonly keys: KeySet,
  ) {}

  @Get('health/live')
  @Public()
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Public()
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const answer = await readiness(this.checks.list);
    await reply.status(answer.ready ? 200 : 503).send(answer);
  }

  @Get('metrics')
  @Public()
  async figures(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-type', this.metrics.contentType).send(await this.metrics.text());
  }

  @Get('.well-known/jwks.json')
  @Public()
  publicKeys(): unknown {
    return this.keys.publicKeys();
  }
}
