import type { Service } from '@sekisho/contracts';
import type { Endpoints, Heard, Received } from '@sekisho/demo';
import { SHORT_NAMES } from '@sekisho/stack';
import type { Delivered, HeardWrite, Observation, SentLine, SentReturn } from './checker/world.js';

/** What clients and agencies were told and promised during a run: the checker holds the platform to it. */
export class Memory {
  readonly answers: HeardWrite[] = [];
  readonly returns: SentReturn[] = [];
  readonly lines: SentLine[] = [];
  readonly delivered: Delivered[] = [];
  readonly observations: Observation[] = [];
  private readonly services: readonly (readonly [string, Service])[];

  constructor(endpoints: Endpoints) {
    this.services = (Object.entries(SHORT_NAMES) as [Service, keyof Endpoints][]).map(([service, name]) => [
      endpoints[name] as string,
      service,
    ]);
  }

  readonly heard = ({ client, method, url, status, body, headers }: Heard): void => {
    const service = this.services.find(([base]) => url.startsWith(base))?.[1];
    if (service === undefined) return;
    // Reads are many and promise nothing: of them only refusals are kept.
    const kept = method === 'GET' && status < 500 ? null : body;
    const retryAfter = headers.get('retry-after');
    this.answers.push({ client, method, url, service, status, body: kept, retryAfter, at: Date.now() });
  };

  deliveredTo(agency: 'npa' | 'sdf'): (message: Received) => void {
    return ({ id, type, incidentId, orderId }) => void this.delivered.push({ agency, id, type, incidentId, orderId });
  }

  observe(what: string, good: boolean, detail: string): void {
    this.observations.push({ what, good, detail });
  }
}
