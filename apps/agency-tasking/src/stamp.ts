import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '@sekisho/service';

/** Id and time of something new. */
@Injectable()
export class Stamp {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  next(): { id: string; at: string } {
    return { id: this.ids.next(), at: this.now() };
  }

  /** RFC 3339, UTC. */
  now(): string {
    return this.clock.now().toISOString();
  }
}
