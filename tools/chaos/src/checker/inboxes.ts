import type { Service, TopicName } from '@sekisho/contracts';
import { TOPICS } from '@sekisho/contracts';
import { type Check, differences, events, rows, type World } from './world.js';

/** What each service takes in. Oversight takes in all that the catalogue lets it read. */
export const READS: Readonly<Record<Service, readonly TopicName[]>> = {
  'incident-intake': ['classification.readings.v1'],
  classification: ['intake.reports.v1', 'tasking.decisions.v1'],
  'nsc-scheduling': ['classification.determinations.v1'],
  'agency-tasking': [
    'classification.guidelines.v1',
    'classification.determinations.v1',
    'nsc.reviews.v1',
    'oversight.rulings.v1',
    'agency.npa.v1',
    'agency.sdf.v1',
  ],
  'oversight-reporting': (Object.keys(TOPICS) as TopicName[]).filter((name) =>
    (TOPICS[name].readers as readonly string[]).includes('oversight-reporting'),
  ),
};

/** Ids by which a consumer knows what lies in a topic: an agency's message has none but its place. */
export function idsIn(world: World, topic: TopicName): string[] {
  if (TOPICS[topic].numbered) return events(world, topic).map(({ id }) => id);
  return (world.topics.get(topic) ?? []).map(({ partition, offset }) => `${topic}/${partition}/${offset}`);
}

/** Every consumer has taken in every event of what it reads, each once. */
export const inboxes: Check = (world) => {
  const faults: string[] = [];
  let taken = 0;
  for (const [service, read] of Object.entries(READS) as [Service, readonly TopicName[]][]) {
    const inbox = rows(world, service, 'inbox');
    const topics = new Set<TopicName>([...read, ...inbox.map(({ topic }) => topic as TopicName)]);
    taken += inbox.length;
    for (const topic of topics) {
      const mine = inbox.filter((row) => row['topic'] === topic).map(({ event_id }) => String(event_id));
      faults.push(...differences(idsIn(world, topic), mine, `${service}, inbox of ${topic}`));
    }
  }
  return { name: 'every event is taken in once', counted: `${taken} events in five inboxes`, faults };
};
