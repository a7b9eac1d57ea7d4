import { type Check, events, grouped, type Row, rows } from './world.js';

/** Each order went from a draft to where it is by legal steps alone, and the same steps were told, in the same order. */
export const orderHistories: Check = (world) => {
  const faults: string[] = [];
  const legal = new Set(
    rows(world, 'agency-tasking', 'order_step').map(({ from_state, to_state }) => `${from_state} → ${to_state}`),
  );
  const changes = grouped(rows(world, 'agency-tasking', 'order_change'), ({ order_id }) => String(order_id));
  const told = grouped(
    events(world, 'tasking.decisions.v1').filter(({ type }) => type.startsWith('order-state-changed.')),
    ({ data }) => String(data['orderId']),
  );
  const orders = rows(world, 'agency-tasking', 'tasking_order');
  let steps = 0;
  for (const order of orders) {
    const id = String(order['id']);
    const taken = [...(changes.get(id) ?? [])].sort((a, b) => a['version'] - b['version']);
    steps += taken.length;
    let state = 'DRAFT';
    taken.forEach((change, index) => {
      const step = `${change['from_state']} → ${change['to_state']}`;
      if (!legal.has(step)) faults.push(`order ${id}: ${step} is no legal step`);
      if (change['from_state'] !== state) faults.push(`order ${id}: ${step} does not follow ${state}`);
      if (change['version'] !== index + 2)
        faults.push(`order ${id}: step ${index + 1} bears version ${change['version']}`);
      state = change['to_state'] as string;
    });
    if (order['state'] !== state) faults.push(`order ${id} is ${order['state']}, its history ends at ${state}`);
    if (order['version'] !== taken.length + 1)
      faults.push(`order ${id} bears version ${order['version']} after ${taken.length} steps`);
    const own = taken.map(({ from_state: from, to_state: to, agency, reason }) => ({ from, to, agency, reason }));
    const others = (told.get(id) ?? []).map(({ data }) => stepIn(data));
    if (JSON.stringify(own) !== JSON.stringify(others)) {
      faults.push(`order ${id}: its history is ${shown(own)}, what was told is ${shown(others)}`);
    }
  }
  for (const id of [...changes.keys(), ...told.keys()]) {
    if (!orders.some((order) => order['id'] === id)) faults.push(`there are steps of ${id}, which is no order`);
  }
  return { name: 'orders moved by legal steps, as told', counted: `${steps} steps of ${orders.length} orders`, faults };
};

const stepIn = ({ from, to, agency = null, reason = null }: Row): Row => ({ from, to, agency, reason });
const shown = (steps: readonly Row[]): string => ['DRAFT', ...steps.map(({ to }) => String(to))].join(' → ');
