import type { Caller } from './caller.js';
import type { Endpoints } from './endpoints.js';
import type { Telling } from './telling.js';

/** What the parts of the journey share. */
export interface Journey {
  readonly at: Endpoints;
  readonly call: Caller;
  readonly story: Telling;
  /** Milliseconds of the run's start. */
  readonly startedAt: number;
}

export interface Determination {
  readonly guideline: string;
  readonly outcome: string;
  readonly nscReview: { readonly required: string; readonly bases: string[] };
  readonly execution: { readonly target: string; readonly candidates: string[] }[];
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

/** The provisions that held, as they are named in the answer. */
export const provisions = ({ guideline, because }: Determination): string =>
  `${guideline}: ${because
    .filter(({ answer }) => answer === 'TRUE')
    .map(({ provision }) => provision)
    .join(', ')}`;
