import { Injectable } from '@nestjs/common';
import type { Agency } from '@sekisho/contracts';
import { handlersOf, type Subscription } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { ReturnDesk } from './return-desk.js';

const handlers = (desk: ReturnDesk, agency: Agency) =>
  handlersOf<'agency.npa.v1', Tx>('agency.npa.v1', {
    'return-submitted.v1': {
      // What is no one's order is kept in order by the message's own key.
      keys: async ({ data, key }, tx) => [
        (await desk.incidentOf(tx as Tx, await desk.read(agency, data.return))) ?? key,
      ],
      handle: async (tx, { data }, context) => {
        await desk.take(tx, context, agency, data.return, await desk.read(agency, data.return));
      },
    },
  });

/** What the police return on their own topic. */
@Injectable()
export class NpaReturnsConsumer implements Subscription {
  readonly topic = 'agency.npa.v1';
  readonly handlers: Subscription['handlers'];

  constructor(desk: ReturnDesk) {
    this.handlers = handlers(desk, 'npa');
  }
}

/** What the Self-Defense Forces return on their own topic. */
@Injectable()
export class SdfReturnsConsumer implements Subscription {
  readonly topic = 'agency.sdf.v1';
  readonly handlers: Subscription['handlers'];

  constructor(desk: ReturnDesk) {
    this.handlers = handlers(desk, 'sdf');
  }
}
