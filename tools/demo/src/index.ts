export { Agency, type AgencyOptions, type Received, type ReceivedOrder } from './agency.js';
export { Caller, type CallerOptions, type Heard, type Reply, UnexpectedAnswer } from './caller.js';
export { type Judged, type Platform, type Stage, Turns } from './case.js';
export { type Counts, counts, moved, reportUrl, thisMonth } from './counts.js';
export { type Endpoints, readEndpoints } from './endpoints.js';
export { type RealIncident, recentIncidents, type Report, sender } from './incidents.js';
export { KINDS } from './kinds/all.js';
export { Course } from './kinds/course.js';
export type { Kind, Seen } from './kinds/kind.js';
