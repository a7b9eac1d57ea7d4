import { SERVICES, type TopicName } from '@sekisho/contracts';
import { type Check, rows } from './world.js';

/** A fault of the surroundings parks no message, ever, and in the end nothing waits. */
export const nothingParked: Check = (world) => {
  const faults: string[] = [];
  let waited = 0;
  for (const service of SERVICES) {
    for (const { state, topic, event_id: id, error } of rows(world, service, 'parked')) {
      if (state !== 'DONE')
        faults.push(`${service}: ${topic} ${id} is ${state}${error ? `: ${String(error).slice(0, 200)}` : ''}`);
    }
    const changes = rows(world, service, 'parked_change');
    waited += changes.filter(({ state, version }) => state === 'WAITING' && version === 1).length;
    const parked = changes.filter(({ state }) => state === 'PARKED').length;
    const told = world.topics.get(`${service}.parked.v1` as TopicName)?.length ?? 0;
    if (parked > 0 || told > 0) faults.push(`${service} parked ${parked} messages and told of ${told}`);
  }
  return {
    name: 'nothing parked, nothing waiting',
    counted: `${waited} messages waited for another on the way`,
    faults,
  };
};
