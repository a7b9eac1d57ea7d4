import type { z } from 'zod';
import { agencyReturnEvents, agencyTaskingEvents } from './events/agency.js';
import { classificationEvents } from './events/classification.js';
import { guidelineEvents } from './events/guidelines.js';
import { intakeEvents } from './events/intake.js';
import { nscEvents } from './events/nsc.js';
import { oversightEvents } from './events/oversight.js';
import { parkedEvents } from './events/parked.js';
import { readingsEvents } from './events/readings.js';
import { registerEvents } from './events/register.js';
import { taskingEvents } from './events/tasking.js';

/** The five services and the agencies: each is one Kafka principal, and a service's name is its consumer group. */
export const SERVICES = [
  'incident-intake',
  'classification',
  'nsc-scheduling',
  'agency-tasking',
  'oversight-reporting',
] as const;
export const AGENCIES = ['agency-npa', 'agency-sdf'] as const;
export type Service = (typeof SERVICES)[number];
export type AgencyPrincipal = (typeof AGENCIES)[number];
export type KafkaPrincipal = Service | AgencyPrincipal;

export interface Topic<Events extends Record<string, z.ZodType> = Record<string, z.ZodType>> {
  readonly writer: KafkaPrincipal;
  readonly readers: readonly KafkaPrincipal[];
  readonly events: Events;
  /** Ours carry `ce_sequence`; the agencies' own do not. */
  readonly numbered: boolean;
}

const topic = <Events extends Record<string, z.ZodType>>(
  writer: KafkaPrincipal,
  readers: readonly KafkaPrincipal[],
  events: Events,
  numbered = true,
): Topic<Events> => ({ writer, readers, events, numbered });

const parked = (service: Service) => topic(service, [], parkedEvents);

/** Every topic there is, who writes it, who reads it and what is on it. Topics and ACLs are made from this and nothing else. */
export const TOPICS = {
  'intake.reports.v1': topic('incident-intake', ['classification', 'oversight-reporting'], intakeEvents),
  /** The register's key is the organisation, a report's is the report: so they are two topics. */
  'intake.register.v1': topic('incident-intake', ['oversight-reporting'], registerEvents),
  'classification.determinations.v1': topic(
    'classification',
    ['nsc-scheduling', 'agency-tasking', 'oversight-reporting'],
    classificationEvents,
  ),
  /** Which version of the guideline takes effect when: all of it under one key, in the order in which it was adopted. */
  'classification.guidelines.v1': topic('classification', ['agency-tasking', 'oversight-reporting'], guidelineEvents),
  'classification.readings.v1': topic('classification', ['incident-intake', 'oversight-reporting'], readingsEvents),
  'nsc.reviews.v1': topic('nsc-scheduling', ['classification', 'agency-tasking', 'oversight-reporting'], nscEvents),
  'tasking.decisions.v1': topic('agency-tasking', ['oversight-reporting', 'classification'], taskingEvents),
  'tasking.npa.v1': topic('agency-tasking', ['agency-npa'], agencyTaskingEvents),
  'tasking.sdf.v1': topic('agency-tasking', ['agency-sdf'], agencyTaskingEvents),
  'agency.npa.v1': topic('agency-npa', ['agency-tasking', 'oversight-reporting'], agencyReturnEvents, false),
  'agency.sdf.v1': topic('agency-sdf', ['agency-tasking', 'oversight-reporting'], agencyReturnEvents, false),
  'oversight.rulings.v1': topic(
    'oversight-reporting',
    ['agency-tasking', 'nsc-scheduling', 'oversight-reporting'],
    oversightEvents,
  ),
  'incident-intake.parked.v1': parked('incident-intake'),
  'classification.parked.v1': parked('classification'),
  'nsc-scheduling.parked.v1': parked('nsc-scheduling'),
  'agency-tasking.parked.v1': parked('agency-tasking'),
  'oversight-reporting.parked.v1': parked('oversight-reporting'),
} as const;

export type TopicName = keyof typeof TOPICS;
export type EventType<T extends TopicName> = keyof (typeof TOPICS)[T]['events'] & string;
export type EventData<T extends TopicName, E extends EventType<T>> =
  (typeof TOPICS)[T]['events'][E] extends z.ZodType<infer D> ? D : never;

export const TOPIC_NAMES = Object.keys(TOPICS) as TopicName[];
export const TOPIC_PARTITIONS = 12;
export const TOPIC_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;
