/**
 * One event on its way: a CloudEvent 1.0 in Kafka's binary mode. The attributes travel as `ce_…` headers, `data` is the value.
 * `sequence` is per topic, without gaps; the agencies' own topics have none.
 */
export interface EventEnvelope<Type extends string = string, Data = unknown> {
  /** UUIDv7, the identity by which a consumer knows an event that comes twice. */
  readonly id: string;
  /** `/incident-intake`, `/classification`, … */
  readonly source: string;
  readonly type: Type;
  /** Incident or report id, or the aggregate's own. */
  readonly subject: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly topic: string;
  /** Partition key: the report for intake, the incident where there is one, else the aggregate. */
  readonly key: string;
  readonly sequence?: bigint;
  /** What one piece of work is called across all services. */
  readonly correlationId: string;
  /** Id of the event or request that led to this one. */
  readonly causationId?: string;
  /** `<topic>/<event id>` of an event that must have been taken in before, by consumers of that topic. */
  readonly dependsOn?: string;
  readonly traceparent?: string;
  readonly data: Data;
}

export const dataschema = (type: string): string => `urn:sekisho:event:${type}`;
