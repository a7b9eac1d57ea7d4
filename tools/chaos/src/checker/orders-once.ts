import type { TopicName } from '@sekisho/contracts';
import { type Check, differences, events, grouped, type Row, rows } from './world.js';

const ENDED = ['REVOKED', 'DECLINED', 'NOT_EXECUTED', 'STOPPED', 'FAILED', 'COMPLETED', 'EXPIRED'];

/** No order twice: issued once, told once to each of its agencies and once whole, and one in force for a scope and executor. */
export const ordersOnce: Check = (world) => {
  const orders = rows(world, 'agency-tasking', 'tasking_order');
  const parts = rows(world, 'agency-tasking', 'order_part');
  const issued = rows(world, 'agency-tasking', 'order_change').filter(({ to_state }) => to_state === 'ISSUED');
  const ids = issued.map(({ order_id }) => String(order_id));
  const faults = differences(new Set(ids), ids, 'issuances');
  const recorded = events(world, 'tasking.decisions.v1').filter(({ type }) => type.startsWith('order-recorded.'));
  faults.push(
    ...differences(
      ids,
      recorded.map(({ data }) => String(data['orderId'])),
      'orders told whole',
    ),
  );

  const incidentOf = new Map(orders.map(({ id, incident_id }) => [String(id), String(incident_id)]));
  let wire = 0;
  let duplicates = 0;
  for (const agency of ['npa', 'sdf'] as const) {
    const topic: TopicName = `tasking.${agency}.v1`;
    const messages = (world.topics.get(topic) ?? []).filter(({ headers }) => headers['ce_type'] === 'order-issued.v1');
    const told = events(world, topic).filter(({ type }) => type === 'order-issued.v1');
    wire += messages.length;
    duplicates += messages.length - told.length;
    const own = parts.filter((part) => part['agency'] === agency);
    // Sealed orders do not show their number: each incident must have as many as there are parts.
    faults.push(
      ...differences(
        own.map(({ order_id }) => incidentOf.get(String(order_id)) ?? '?'),
        told.map(({ message }) => message.key),
        `orders sealed to agency-${agency}, by incident`,
      ),
    );
    const opened = world.delivered.filter((one) => one.agency === agency && one.type === 'order-issued.v1');
    const openedIds = opened.map(({ orderId }) => String(orderId));
    faults.push(...differences(new Set(openedIds), openedIds, `orders that agency-${agency} opened`));
    const given = new Set(own.map(({ order_id }) => String(order_id)));
    for (const orderId of openedIds)
      if (!given.has(orderId)) faults.push(`agency-${agency} opened ${orderId}, which is not its own`);
  }
  const inForce = (order: Row): boolean => !ENDED.includes(order['state'] as string);
  for (const [name, live] of grouped(
    orders.filter(inForce),
    (order) => `${order['scope_digest']} ${order['executor']}`,
  )) {
    if (live.length > 1) faults.push(`${live.length} orders are in force for ${name}`);
  }
  const counted = `${orders.length} drafts, ${ids.length} orders, ${wire} messages to agencies, ${duplicates} of them known by their ids`;
  return { name: 'no order twice', counted, faults };
};
