import { Injectable } from '@nestjs/common';
import type { PeriodicReport } from '@sekisho/contracts';
import type { Adoption } from '@sekisho/guideline';
import type { Principal } from '@sekisho/identity';
import { Clock, invalid, Work } from '@sekisho/service';
import { lawOf } from '@sekisho/signing';
import type { Tx } from '../database.js';
import { EventStore } from '../ledger/event.store.js';
import { COUNTED, Figures } from './figures.js';
import { periodOf } from './period.js';
import { reauthorise, type Reauthorised } from './reauthorise.js';

/** The commission's report on a period, computed anew from recorded events each time it is asked for. */
@Injectable()
export class PeriodicReportsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly events: EventStore,
    private readonly clock: Clock,
  ) {}

  report(principal: Principal, name: string): Promise<PeriodicReport> {
    const period = periodOf(name);
    if (!period) {
      const detail = 'is no period: 2026-11, 2026-Q4, 2026 and FY2026 are';
      throw invalid([{ pointer: '/period', code: 'no-period', detail }]);
    }
    return this.work.read(principal, async (tx) => {
      const figures = new Figures(period);
      const reauthorised: Reauthorised[] = [];
      const adoptions = await this.adopted(tx);
      for await (const event of this.events.before(tx, period.to, COUNTED)) {
        figures.add(event);
        if (event.type === 'order-recorded.v1' && event.time >= period.from) {
          reauthorised.push(reauthorise(event, await this.events.ofKey(tx, event.key), adoptions));
        }
      }
      return {
        period,
        generatedAt: this.clock.now().toISOString(),
        basis: await this.events.ranges(tx),
        figures: figures.view(),
        reauthorised,
      };
    });
  }

  /** What takes effect when. An order is held to what was on record when it was issued, whatever was adopted since. */
  private async adopted(tx: Tx): Promise<readonly Adoption[]> {
    const events = await this.events.ofType(tx, 'guideline-adopted.v1');
    return lawOf(events.map(({ data }) => data));
  }
}
