import type { TopicName } from '@sekisho/contracts';
import { type Check, differences, events, grouped, type Row, rows } from './world.js';

/** What a signed return says; who signed it was tasking's to check. */
function saidBy(jws: string): Row {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')) as Row;
}

/** Every return that the broker took from an agency is in its topic, was judged by tasking, and counts once if it was accepted. */
export const returnsKept: Check = (world) => {
  const faults: string[] = [];
  let messages = 0;
  const signed = new Map<string, Row>();
  for (const agency of ['npa', 'sdf'] as const) {
    for (const { value } of world.topics.get(`agency.${agency}.v1` as TopicName) ?? []) {
      messages += 1;
      const jws = String((JSON.parse(value) as Row)['return']);
      signed.set(jws, { agency, ...saidBy(jws) });
    }
  }
  const name = ({ agency, orderId, kind }: Row): string => `${agency} ${kind} ${orderId}`;
  const inTopic = grouped(signed.values(), name);
  for (const [sent, all] of grouped(world.returns as readonly Row[], name)) {
    const there = inTopic.get(sent)?.length ?? 0;
    if (there < all.length) faults.push(`${sent}: ${all.length} were acknowledged, ${there} are in the topic`);
  }
  const told = events(world, 'tasking.decisions.v1').filter(({ type }) => type.startsWith('return-recorded.'));
  const judged = grouped(told, ({ data }) => String(data['jws']));
  for (const [jws, said] of signed) {
    const verdicts = judged.get(jws) ?? [];
    if (verdicts.length === 0) faults.push(`${name(said)}: tasking never told what became of it`);
    if (verdicts.filter(({ data }) => data['accepted']).length > 1)
      faults.push(`${name(said)}: accepted more than once`);
  }
  const accepted = told.filter(({ data }) => data['accepted']).map(({ data }) => String(data['jws']));
  const stored = rows(world, 'agency-tasking', 'agency_return').map(({ jws }) => String(jws));
  faults.push(...differences(accepted, stored, 'accepted returns in the database').map((text) => text.slice(0, 200)));
  const counted = `${world.returns.length} acknowledged, ${signed.size} different ones in ${messages} messages, ${accepted.length} accepted`;
  return { name: 'no return of an agency is lost, none counts twice', counted, faults };
};
