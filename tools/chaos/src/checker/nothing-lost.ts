import { EFFECTS } from './effects.js';
import { type Check, events, grouped, type HeardWrite, type Row, rows, type World } from './world.js';

const routeOf = ({ method, url }: HeardWrite): string => `${method} ${new URL(url).pathname}`;
const accepted = ({ status }: HeardWrite): boolean => status >= 200 && status < 300;

/** Every write that a client heard accepted is stored, is told in its owner's topic, and is kept under its Idempotency-Key. */
export const nothingAcceptedIsLost: Check = (world) => {
  const heard = world.answers.filter((answer) => answer.method !== 'GET' && accepted(answer));
  const faults: string[] = [];
  const counts = new Map<string, number>();
  for (const { what, service, route, answered, table, stored, topic, type, told } of EFFECTS) {
    const said = heard.filter((answer) => answer.service === service && route.test(routeOf(answer)));
    if (said.length === 0) continue;
    counts.set(what, said.length);
    const inDatabase = new Set(rows(world, service, table).map(stored));
    const inTopic = new Set(events(world, topic).flatMap((event) => (type.test(event.type) ? [told(event.data)] : [])));
    for (const name of new Set(said.map(({ body }) => answered(body as Row)))) {
      if (!inDatabase.has(name)) faults.push(`${what} ${name} was accepted and is not in the database`);
      if (!inTopic.has(name)) faults.push(`${what} ${name} was accepted and its event is not in ${topic}`);
    }
  }
  faults.push(...notKept(world, heard), ...refusalsLost(world));
  const list = [...counts].map(([what, count]) => `${what} ${count}`).join(', ');
  return { name: 'nothing accepted is lost', counted: `${heard.length} accepted writes heard: ${list}`, faults };
};

/** Answer and work are one transaction: an answer that is kept nowhere was given for work that is not there. */
function notKept(world: World, heard: readonly HeardWrite[]): string[] {
  return [...grouped(heard, ({ service }) => service)].flatMap(([service, said]) => {
    const kept = new Set(
      rows(world, service as HeardWrite['service'], 'idempotency').map(({ body }) => canonical(JSON.parse(body))),
    );
    return said
      .filter((answer) => !kept.has(canonical(answer.body)) && !routeOf(answer).endsWith('-previews'))
      .map((answer) => `the answer ${answer.status} to ${routeOf(answer)} is kept under no Idempotency-Key`);
  });
}

/** A refused issuance is on record too. */
function refusalsLost(world: World): string[] {
  const refused = world.answers.filter(
    ({ status, body }) => status === 409 && Array.isArray((body as Row | null)?.['reasons']),
  );
  const told = grouped(
    events(world, 'tasking.decisions.v1').filter(({ type }) => type.startsWith('order-refused.')),
    ({ data }) => String(data['orderId']),
  );
  return [...grouped(refused, ({ body }) => String((body as Row)['orderId']))].flatMap(([orderId, answers]) =>
    (told.get(orderId)?.length ?? 0) >= answers.length
      ? []
      : [`order ${orderId} was refused ${answers.length} times, and ${told.get(orderId)?.length ?? 0} are told`],
  );
}

/** The same text for the same JSON, whatever the order of its fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
