import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The figures that operators watch, one registry per process, in the text format of Prometheus. */
export class Metrics {
  private readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'sekisho_http_request_seconds',
    help: 'Time to answer, by route, method and status',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  readonly messages = new Counter({
    name: 'sekisho_messages_total',
    help: 'Messages taken in, by topic and what became of them',
    labelNames: ['topic', 'result'] as const,
    registers: [this.registry],
  });
  readonly held = new Gauge({
    name: 'sekisho_messages_held',
    help: 'Messages that wait, are parked or are held behind one that is',
    labelNames: ['state'] as const,
    registers: [this.registry],
  });
  readonly outboxBacklog = new Gauge({
    name: 'sekisho_outbox_backlog',
    help: 'Events written but not yet acknowledged by the broker',
    registers: [this.registry],
  });

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  /** A figure of one service's own, looked up whenever somebody asks for the figures. */
  watch(name: string, help: string, figure: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(figure()) });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
