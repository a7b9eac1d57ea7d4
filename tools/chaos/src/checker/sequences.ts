import { SERVICES, type TopicName, TOPICS } from '@sekisho/contracts';
import { type Check, differences, type Event, eventOf, grouped, type Row, rows } from './world.js';

/** Numbers without gaps on each topic, one number an event, all sent, and what lies in the topic is what was to be sent. */
export const sequences: Check = (world) => {
  const faults: string[] = [];
  let events = 0;
  let duplicates = 0;
  for (const service of SERVICES) {
    const outbox = rows(world, service, 'outbox');
    const unsent = outbox.filter(({ sent_at }) => sent_at === null).length;
    if (unsent > 0) faults.push(`${service}: ${unsent} events are not sent`);
    const topics = (Object.keys(TOPICS) as TopicName[]).filter((name) => TOPICS[name].writer === service);
    for (const topic of topics) {
      const messages = (world.topics.get(topic) ?? []).map(eventOf);
      const ids = new Set(messages.map(({ id }) => id));
      events += ids.size;
      duplicates += messages.length - ids.size;
      faults.push(...gaps(topic, messages), ...asSent(topic, messages, outbox));
    }
  }
  const counted = `${events} events on our topics, ${duplicates} more messages that repeat one`;
  return { name: 'numbers without gaps, nothing unsent', counted, faults };
};

function gaps(topic: string, messages: readonly Event[]): string[] {
  return [...grouped(messages, ({ epoch }) => epoch)].flatMap(([epoch, all]) => {
    const numbers = grouped(all, ({ sequence }) => String(sequence));
    const where = epoch === '' ? topic : `${topic}, epoch ${epoch}`;
    const twice = [...numbers]
      .filter(([, same]) => new Set(same.map(({ id }) => id)).size > 1)
      .map(([number]) => `${where}: number ${number} is borne by several events`);
    const otherwise = [...grouped(all, ({ id }) => id)]
      .filter(([, same]) => new Set(same.map(({ sequence }) => sequence)).size > 1)
      .map(([id]) => `${where}: event ${id} bears several numbers`);
    const missing = Array.from(
      { length: all.reduce((last, { sequence }) => Math.max(last, Number(sequence)), 0) },
      (_, i) => i + 1,
    )
      .filter((number) => !numbers.has(String(number)))
      .map((number) => `${where}: number ${number} is missing`);
    return [...twice, ...otherwise, ...missing];
  });
}

function asSent(topic: string, messages: readonly Event[], outbox: readonly Row[]): string[] {
  const own = outbox.filter((row) => row['topic'] === topic);
  const name = (id: string, sequence: string, key: string, data: string): string => `${sequence} ${id} ${key} ${data}`;
  const should = own.map((row) => name(row['id'], String(row['sequence']), row['key'], row['data']));
  const is = new Set(
    messages.map(({ id, sequence, message }) => name(id, String(sequence), message.key, message.value)),
  );
  return differences(should, is, topic).map((text) => text.replace(/\{.*\}/s, '{…}'));
}
