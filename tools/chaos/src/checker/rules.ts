import { SERVICES } from '@sekisho/contracts';
import { type Check, differences } from './world.js';

/** Each database still has every rule that its migrations made: nobody can rely on one that is gone. */
export const rules: Check = ({ databases }) => {
  const faults = SERVICES.flatMap((service) => {
    const { rules: is, rulesAsMade: should } = databases[service];
    return differences(should, is, service).map((text) => text.slice(0, 240));
  });
  const counted = SERVICES.reduce((sum, service) => sum + databases[service].rulesAsMade.length, 0);
  return {
    name: 'the databases’ rules are as they were made',
    counted: `${counted} constraints, triggers and policies`,
    faults,
  };
};
