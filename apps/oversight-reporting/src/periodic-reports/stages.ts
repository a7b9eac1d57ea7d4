import type { FiguresView } from '@sekisho/contracts';
import type { RecordedEvent } from '../ledger/event.store.js';

interface Stage {
  readonly name: string;
  readonly from: (event: RecordedEvent) => string | undefined;
  readonly to: (event: RecordedEvent) => string | undefined;
}

const on =
  (type: string, name: (data: RecordedEvent['data']) => string | null | undefined) =>
  (event: RecordedEvent): string | undefined =>
    event.type === type ? (name(event.data) ?? undefined) : undefined;

const changed = (to: string) => (event: RecordedEvent) =>
  event.type === 'order-state-changed.v1' && event.data.to === to ? (event.data.orderId as string) : undefined;

/** The stages of a case whose times are told, each from one event to another about the same thing. */
const STAGES: readonly Stage[] = [
  {
    name: 'incidentOpenedToConfirmed',
    from: on('incident-opened.v1', ({ incidentId }) => incidentId),
    to: on('determination-confirmed.v1', ({ incidentId }) => incidentId),
  },
  {
    name: 'reviewOpenedToDecided',
    from: on('review-opened.v1', ({ reviewId }) => reviewId),
    to: on('decision-confirmed.v1', ({ reviewId }) => reviewId),
  },
  {
    name: 'commissionAskedToRuled',
    from: on('commission-requested.v1', ({ requestId }) => requestId),
    to: on('ruling-confirmed.v1', ({ requestId }) => requestId),
  },
  {
    name: 'scopeConfirmedToOrdered',
    from: on('determination-confirmed.v1', ({ scopeDigest }) => scopeDigest),
    to: on('order-recorded.v1', ({ scopeDigest }) => scopeDigest),
  },
  {
    name: 'orderIssuedToAcknowledged',
    from: on('order-recorded.v1', ({ orderId }) => orderId),
    to: changed('ACKNOWLEDGED'),
  },
];

/** How long the stages took that ended in a period: from the earliest beginning to the earliest end of each thing. */
export class Stages {
  private readonly times = STAGES.map(() => ({ from: new Map<string, number>(), to: new Map<string, number>() }));

  constructor(private readonly period: { readonly from: string }) {}

  add(event: RecordedEvent): void {
    const at = Date.parse(event.time);
    STAGES.forEach((stage, index) => {
      for (const end of ['from', 'to'] as const) {
        const name = stage[end](event);
        const known = this.times[index]![end];
        if (name !== undefined) known.set(name, Math.min(at, known.get(name) ?? Infinity));
      }
    });
  }

  view(): FiguresView['stages'] {
    return Object.fromEntries(
      STAGES.map(({ name }, index) => {
        const { from, to } = this.times[index]!;
        const seconds = [...to]
          .filter(([thing, at]) => at >= Date.parse(this.period.from) && from.has(thing))
          .map(([thing, at]) => (at - from.get(thing)!) / 1000)
          .sort((a, b) => a - b);
        const quantile = (q: number): number | null => seconds[Math.max(0, Math.ceil(q * seconds.length) - 1)] ?? null;
        const figures = { medianSeconds: quantile(0.5), p90Seconds: quantile(0.9), longestSeconds: quantile(1) };
        return [name, { count: seconds.length, ...figures }];
      }),
    );
  }
}
