import { type TopicName, TOPICS } from '@sekisho/contracts';
import { idsIn } from './inboxes.js';
import { canonical } from './nothing-lost.js';
import { type Check, differences, events, rows } from './world.js';

/** What oversight recorded is what was published: the same events with the same data, none missing, none more. */
export const ledger: Check = (world) => {
  const faults: string[] = [];
  const recorded = rows(world, 'oversight-reporting', 'recorded_event');
  const read = (Object.keys(TOPICS) as TopicName[]).filter((name) =>
    (TOPICS[name].readers as readonly string[]).includes('oversight-reporting'),
  );
  for (const topic of read) {
    const own = recorded.filter((row) => row['topic'] === topic);
    faults.push(
      ...differences(
        idsIn(world, topic),
        own.map(({ event_id }) => String(event_id)),
        `ledger of ${topic}`,
      ),
    );
    const data = new Map(own.map((row) => [String(row['event_id']), row]));
    if (TOPICS[topic].numbered) {
      for (const event of events(world, topic)) {
        const row = data.get(event.id);
        if (row && canonical(row['data']) !== canonical(event.data))
          faults.push(`${topic}: event ${event.id} was recorded with other data`);
        if (row && String(row['sequence']) !== String(event.sequence))
          faults.push(`${topic}: event ${event.id} was recorded under another number`);
        if (row && (row['type'] !== event.type || row['key'] !== event.message.key))
          faults.push(`${topic}: event ${event.id} was recorded as another`);
      }
    } else {
      for (const { partition, offset, value } of world.topics.get(topic) ?? []) {
        const row = data.get(`${topic}/${partition}/${offset}`);
        if (row && canonical(row['data']) !== canonical(JSON.parse(value)))
          faults.push(`${topic}/${partition}/${offset} was recorded with other data`);
      }
    }
  }
  const foreign = recorded.filter(({ topic }) => !read.includes(topic as TopicName)).length;
  if (foreign > 0) faults.push(`${foreign} recorded events are of topics that oversight does not read`);
  return {
    name: 'the ledger is what was published',
    counted: `${recorded.length} recorded events of ${read.length} topics`,
    faults,
  };
};
