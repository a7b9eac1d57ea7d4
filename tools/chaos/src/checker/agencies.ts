import type { TopicName } from '@sekisho/contracts';
import { type Check, events, rows } from './world.js';

/** No agency got anything about a case in which it was given no order. */
export const agencies: Check = (world) => {
  const faults: string[] = [];
  const incidentOf = new Map(
    rows(world, 'agency-tasking', 'tasking_order').map(({ id, incident_id }) => [id, incident_id]),
  );
  let messages = 0;
  const given = new Set<string>();
  for (const { order_id: id, agency } of rows(world, 'agency-tasking', 'order_part'))
    given.add(`${agency} ${incidentOf.get(id)}`);
  for (const agency of ['npa', 'sdf'] as const) {
    for (const { type, message } of events(world, `tasking.${agency}.v1` as TopicName)) {
      messages += 1;
      if (!given.has(`${agency} ${message.key}`))
        faults.push(`agency-${agency} got ${type} about ${message.key}, where it has no order`);
    }
  }
  for (const { agency, type, incidentId } of world.delivered) {
    if (!given.has(`${agency} ${incidentId}`))
      faults.push(`agency-${agency} opened ${type} about ${incidentId}, where it has no order`);
  }
  const incidents = new Set(incidentOf.values()).size;
  const counted = `${messages} messages; ${incidents} cases with a draft, ${new Set([...given].map((name) => name.split(' ')[1])).size} with an order`;
  return { name: 'agencies got only what is theirs', counted, faults };
};
