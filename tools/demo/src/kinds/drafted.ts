import type { Claims } from '../assessment.js';
import { inHours, type Judged, type Stage } from '../case.js';
import { Course } from './course.js';
import { GRAVE, OVERSEAS } from './kind.js';

/** A case with a confirmed scope and an order that is drafted on it: here most kinds begin to differ. */
export interface Drafted {
  readonly course: Course;
  readonly judged: Judged;
  readonly orderId: string;
}

/** Opens a grave case with a measure within the hour, and one server overseas unless it is like another. `claims` come before those. */
export const openGrave = (stage: Stage, run: string, claims: Claims = {}, like = OVERSEAS): Promise<Course> =>
  Course.open(stage, run, like, { ...GRAVE, plannedActionAt: inHours(1), ...claims });

/** Confirms a scope in which one executor acts on every server, and drafts the order to it. */
export async function draftOn(course: Course, executor: string): Promise<Drafted> {
  const judged = await course.confirmScope({ executor });
  return { course, judged, orderId: await course.draft(judged, executor) };
}

/** A grave case, and an order on it. */
export const drafted = async (
  stage: Stage,
  run: string,
  executor: string,
  claims?: Claims,
  like?: string,
): Promise<Drafted> => draftOn(await openGrave(stage, run, claims, like), executor);
