import { SERVICES, type TopicName, TOPICS } from '@sekisho/contracts';
import { type Check, eventOf, grouped, rows } from './world.js';

/** Within a key, events come in the order in which their transactions committed: that of their positions in the outbox. */
export const keyOrder: Check = (world) => {
  const faults: string[] = [];
  let keys = 0;
  for (const service of SERVICES) {
    const positions = new Map(rows(world, service, 'outbox').map(({ id, position }) => [String(id), Number(position)]));
    const topics = (Object.keys(TOPICS) as TopicName[]).filter((name) => TOPICS[name].writer === service);
    for (const topic of topics) {
      const messages = [...(world.topics.get(topic) ?? [])].sort((a, b) => Number(BigInt(a.offset) - BigInt(b.offset)));
      for (const [key, all] of grouped(messages, (message) => message.key)) {
        keys += 1;
        if (new Set(all.map(({ partition }) => partition)).size > 1)
          faults.push(`${topic}: key ${key} lies on two partitions`);
        // What is sent again comes again, later: the first time counts.
        const order = [
          ...new Map(
            all.map(eventOf).map(({ id, type }) => [id, { type, at: positions.get(id) ?? Number.NaN }]),
          ).values(),
        ];
        const broken = order.find(({ at }, index) => index > 0 && !(at > order[index - 1]!.at));
        if (broken) faults.push(`${topic}: key ${key}: ${broken.type} came before what was committed before it`);
      }
    }
  }
  return { name: 'each key in the order of its commits', counted: `${keys} keys`, faults };
};
