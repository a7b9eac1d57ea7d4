import { agencies } from './agencies.js';
import { answers } from './answers.js';
import { batchLines } from './batch-lines.js';
import { councilHistories } from './council-histories.js';
import { figures } from './figures.js';
import { handledOnce } from './handled-once.js';
import { inboxes } from './inboxes.js';
import { keyOrder } from './key-order.js';
import { keysOnce } from './keys-once.js';
import { ledger } from './ledger.js';
import { nothingAcceptedIsLost } from './nothing-lost.js';
import { nothingParked } from './nothing-parked.js';
import { orderHistories } from './order-histories.js';
import { ordersOnce } from './orders-once.js';
import { outages } from './outages.js';
import { returnsKept } from './returns-kept.js';
import { rules } from './rules.js';
import { sequences } from './sequences.js';
import { settled } from './settled.js';
import { twoPersons } from './two-persons.js';
import type { Check, Finding, World } from './world.js';

/** All checks, in the order in which they are told. */
export const CHECKS: readonly Check[] = [
  settled,
  nothingAcceptedIsLost,
  batchLines,
  returnsKept,
  keysOnce,
  ordersOnce,
  inboxes,
  handledOnce,
  sequences,
  keyOrder,
  orderHistories,
  councilHistories,
  twoPersons,
  ledger,
  figures,
  nothingParked,
  agencies,
  answers,
  outages,
  rules,
];

/** What each check found. One that cannot be made has failed. */
export const judge = (world: World): Finding[] =>
  CHECKS.map((check) => {
    try {
      return check(world);
    } catch (error) {
      const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { name: check.name, counted: 'it could not be checked', faults: [fault] };
    }
  });
