import type { Agency } from './agency.js';
import type { Caller } from './caller.js';
import type { Endpoints } from './endpoints.js';

/** What everyone who takes part in a journey shares: where the platform is, and the clients to call it with. */
export interface Platform {
  readonly at: Endpoints;
  readonly call: Caller;
  /** The council sits in one meeting at a time: whoever needs it waits for it. */
  readonly council: Turns;
}

/** The platform, and the agencies' own stations on Kafka. */
export interface Stage extends Platform {
  readonly agencies: { readonly npa: Agency; readonly sdf: Agency };
}

/** One after the other, in the order in which they asked. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

export interface Determination {
  readonly guideline: string;
  readonly inForce: boolean;
  readonly outcome: string;
  readonly nscReview: { readonly required: string; readonly bases: string[] };
  readonly execution: { readonly target: string; readonly candidates: string[] }[];
  readonly safeguards: { readonly kind: string; readonly timing?: string }[];
  readonly missingFacts: string[];
  readonly because: { readonly provision: string; readonly source: string; readonly answer: string }[];
  readonly digest: string;
}

export interface Incident {
  readonly incidentId: string;
  readonly servers: { readonly ref: string; readonly address: string | null; readonly location: string }[];
  readonly targets: { readonly ref: string; readonly name: string; readonly kind: string }[];
  readonly determination: Determination;
}

/** A case whose scope has been proposed. */
export interface Judged {
  readonly incidentId: string;
  readonly scopeDigest: string;
  readonly determination: Determination;
  /** Refs of the scope's servers. */
  readonly servers: readonly string[];
}

/** The provisions that held, as they are named in the answer. */
export const provisions = ({ guideline, because }: Determination): string =>
  `${guideline}: ${because
    .filter(({ answer }) => answer === 'TRUE')
    .map(({ provision }) => provision)
    .join(', ')}`;

const HOUR = 3_600_000;

/** RFC 3339 in Japan's time, so many hours from now. */
export function inHours(hours: number): string {
  const japan = new Date(Date.now() + (hours + 9) * HOUR);
  return `${japan.toISOString().slice(0, 23)}+09:00`;
}
