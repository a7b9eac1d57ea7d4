export { Agency, type AgencyOptions, type Received, type ReceivedOrder } from './agency.js';
export { Caller, type CallerOptions, type Heard, type Reply, UnexpectedAnswer } from './caller.js';
export { type Judged, type Platform, type Stage, Turns } from './case.js';
export { type Endpoints, readEndpoints } from './endpoints.js';
export { type RealIncident, recentIncidents, type Report } from './incidents.js';
export { Course } from './kinds/course.js';
