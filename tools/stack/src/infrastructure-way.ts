import type { Engine, NoEngine } from '#engine';
import type { MachineFault } from '#preflight';
import { Fault } from './fault.js';

/** Names the way that tests get PostgreSQL and Kafka; unset, it is found out. */
export const WAY_VARIABLE = 'SEKISHO_TEST_INFRASTRUCTURE';

export type DemandedWay = 'containers' | 'embedded' | undefined;

export type Way =
  | {
      way: 'containers';
      engine: Engine;
      because: string;
      /** Whether there is another way if it fails. */ else: boolean;
    }
  | { way: 'embedded'; because: string };

export interface Found {
  demanded: DemandedWay;
  /** Not looked for where it is not wanted. */
  engine: Engine | NoEngine | undefined;
  /** What keeps the broker from running as a process. */
  broker: MachineFault | undefined;
}

export function demandedWay(value: string | undefined): DemandedWay {
  if (value === undefined || value === '') return undefined;
  if (value === 'containers' || value === 'embedded') return value;
  throw new Fault(`${WAY_VARIABLE} is "${value}".`, 'Set it to containers or embedded, or leave it out.');
}

/** Containers where they can be had, else processes; what is demanded is done or is a fault. */
export function chooseWay({ demanded, engine, broker }: Found): Way {
  if (demanded !== 'embedded' && engine && engine.obstacle === undefined) {
    const because = `${demanded ? `${WAY_VARIABLE} says so; ` : ''}the engine at ${engine.address} has the images`;
    return { way: 'containers', engine, because, else: demanded === undefined && broker === undefined };
  }
  const obstacle = engine?.obstacle ?? 'no container engine was looked for';
  if (demanded === 'containers') {
    throw new Fault(
      `${WAY_VARIABLE} demands containers, but ${obstacle}.`,
      'Start an engine that reaches a registry (docker info, docker pull), or leave the variable out: then the tests do without.',
    );
  }
  if (broker) {
    const containers = demanded ? `${WAY_VARIABLE} rules out containers` : `Containers would do, but ${obstacle}`;
    throw new Fault(`${broker.fault} ${containers}.`, broker.remedy);
  }
  return { way: 'embedded', because: demanded ? `${WAY_VARIABLE} says so` : obstacle };
}
