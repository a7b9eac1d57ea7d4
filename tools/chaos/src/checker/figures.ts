import { recount } from './recount.js';
import type { Check } from './world.js';

/** The commission's periodic report says what the topics say and nothing else, and knows of no missing event. */
export const figures: Check = (world) => {
  const name = 'the periodic report is what was published';
  const { report } = world;
  if ('fault' in report) return { name, counted: 'no report', faults: [report.fault] };
  const counted = recount(world);
  const faults = [...new Set([...counted.keys(), ...Object.keys(report.counts)])].flatMap((figure) => {
    const [published, said] = [counted.get(figure) ?? 0, report.counts[figure] ?? 0];
    return published === said ? [] : [`${figure}: ${published} were published, the report says ${said}`];
  });
  for (const { topic, missing } of report.basis)
    if (missing > 0) faults.push(`${topic}: the report misses ${missing} events`);
  for (const { orderId, stands, reasons } of report.reauthorised) {
    if (!stands) faults.push(`order ${orderId} does not stand re-authorisation: ${reasons.join(', ')}`);
  }
  const issued = counted.get('orders.issued') ?? 0;
  if (report.reauthorised.length !== issued)
    faults.push(`${issued} orders were issued, ${report.reauthorised.length} judged again`);
  return { name, counted: `${counted.size} figures recounted, ${issued} orders judged again`, faults };
};
