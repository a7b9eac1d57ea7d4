import type { Stage } from '../case.js';
import type { Counts } from '../counts.js';
import type { Course } from './course.js';

/** What is seen of a case from outside: what the API said, what the agencies got, by how much the commission's report moved. */
export interface Seen {
  readonly incidentId: string;
  readonly said: readonly string[];
  readonly got: { readonly npa: readonly string[]; readonly sdf: readonly string[] };
  readonly counts: Counts;
}

/** One kind of case under the guidelines, as it can be tried at any time on a running platform. */
export interface Kind {
  readonly name: string;
  readonly title: { readonly en: string; readonly ja: string };
  readonly provision: string;
  /** Takes one case of this kind through all its steps; `run` tells two runs apart. */
  run(stage: Stage, run: string): Promise<Seen>;
}

/** What is seen of a course that has ended. */
export const seenOf = (course: Course): Seen => ({
  incidentId: course.incidentId,
  said: course.said,
  got: { npa: course.got('npa'), sdf: course.got('sdf') },
  counts: course.counts,
});

/** Assessments that make a case one of grave harm with an effect on national security. */
export const GRAVE = {
  measureContemplated: 'TRUE',
  graveHarmUrgent: 'TRUE',
  nationalSecurityImpact: 'TRUE',
  communicationProtection: 'FALSE',
} as const;

/** A case with one server overseas, whose target is a ministry's or an agency's. */
export const OVERSEAS = 'jp-2023-jaxa-vpn';
