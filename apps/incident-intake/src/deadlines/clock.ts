import type { EventData, ReportForm } from '@sekisho/contracts';
import type { Organisation } from '../organisations/organisation-register.js';
import { endOfDayAfter, hoursAfter, lastInstantOf, startOfDayAfter } from './japan-time.js';
import type { Regime, RegimeClock } from './regime.js';
import { REGIMES } from './regimes.js';

export type Deadline = EventData<'intake.reports.v1', 'report-submitted.v1'>['deadlines'][number];
export type Applies = NonNullable<Deadline['applies']>;
type Stage = ReportForm['stage'];

/** A deadline as it runs: all that its end and its nearness depend on, fixed when the report came in. */
export interface Clock extends Deadline {
  readonly applies: Applies;
  readonly nearAt: string;
  /** Stages that meet it. None while the report leaves open what the clock rests on: who does not know has not reported it. */
  readonly metByStages: readonly Stage[];
  readonly metAt: string | null;
}

export type ClockState = 'RUNNING' | 'NEAR' | 'MET' | 'MISSED';

/** What of a report decides over its clocks. */
export type Timed = Pick<ReportForm, 'basis' | 'form' | 'stage' | 'recognisedAt' | 'occurredAt'> & {
  readonly impact?: Pick<NonNullable<ReportForm['impact']>, 'personalData'> | undefined;
};

/** The clocks that a report starts under the regimes in force at its receipt, the one that ends first before the others. */
export function clocksOf(
  report: Timed,
  organisation: Pick<Organisation, 'sector' | 'designated'>,
  { reportId, receivedAt }: { reportId: string; receivedAt: string },
  regimes: readonly Regime[] = REGIMES,
): Clock[] {
  const at = Date.parse(receivedAt);
  return regimes
    .filter(({ validFrom, validUntil }) => at >= Date.parse(validFrom) && (!validUntil || at < Date.parse(validUntil)))
    .flatMap((regime) => {
      const applies = applicability(regime, report, organisation);
      if (applies === 'NO') return [];
      const open = applies === 'IF_CONFIRMED' && regime.onlyIf === undefined;
      return regime.clocks.map((clock): Clock => {
        const metByStages = open ? [] : clock.metBy;
        const met = metByStages.includes(report.stage);
        return {
          regime: regime.id,
          kind: clock.kind,
          dueAt: end(clock, report),
          metBy: met ? reportId : null,
          applies,
          nearAt: near(clock, report),
          metByStages,
          metAt: met ? receivedAt : null,
        };
      });
    })
    .sort(soonestFirst);
}

/** Whether a regime concerns a report, for all that the report knows. */
function applicability(
  { appliesTo, onlyIf }: Regime,
  { basis, form, impact }: Timed,
  { sector, designated }: Pick<Organisation, 'sector' | 'designated'>,
): Applies | 'NO' {
  const among = <Item>(list: readonly Item[] | undefined, item: Item): boolean => list?.includes(item) ?? true;
  const concerned =
    among(appliesTo.basis, basis) &&
    among(appliesTo.forms, form) &&
    among(appliesTo.sectors, sector) &&
    (appliesTo.designated ?? designated) === designated;
  if (!concerned) return 'NO';
  const personalData = impact?.personalData ?? 'UNKNOWN';
  if (personalData === 'UNKNOWN') {
    if (appliesTo.personalData) return 'IF_CONFIRMED';
  } else if (!among(appliesTo.personalData, personalData)) return 'NO';
  return onlyIf === undefined ? 'APPLIES' : 'IF_CONFIRMED';
}

/** What a report does not say, or puts after its recognition, was when it was recognised: nobody gains time by it. */
function beginning({ countedFrom }: RegimeClock, report: Timed): string {
  const said = report[countedFrom];
  return said !== undefined && Date.parse(said) < Date.parse(report.recognisedAt) ? said : report.recognisedAt;
}

function end(clock: RegimeClock, report: Timed): string {
  const { length, firstDayCounted } = clock;
  const from = beginning(clock, report);
  return 'hours' in length
    ? hoursAfter(from, length.hours)
    : endOfDayAfter(from, length.days - Number(firstDayCounted));
}

function near(clock: RegimeClock, report: Timed): string {
  const { nearFrom, firstDayCounted } = clock;
  const from = beginning(clock, report);
  if ('hours' in nearFrom) return hoursAfter(from, nearFrom.hours);
  return startOfDayAfter(from, nearFrom.days - Number(firstDayCounted));
}

export const soonestFirst = (a: Deadline, b: Deadline): number =>
  Date.parse(a.dueAt) - Date.parse(b.dueAt) || compare(a.regime, b.regime) || compare(a.kind, b.kind);
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** How a clock stands at a time. One that was met is met, also where that was too late: `late` says so. */
export function stateOf({ nearAt, dueAt, metAt }: Clock, at: Date): { state: ClockState; late: boolean } {
  const now = at.getTime();
  const late = (metAt === null ? now : Date.parse(metAt)) > lastInstantOf(dueAt);
  if (metAt !== null) return { state: 'MET', late };
  if (late) return { state: 'MISSED', late };
  return { state: now >= Date.parse(nearAt) ? 'NEAR' : 'RUNNING', late };
}

/** As it goes into events. */
export const toDeadline = ({ regime, kind, dueAt, metBy, applies }: Deadline): Deadline => ({
  regime,
  kind,
  dueAt,
  metBy,
  ...(applies === undefined ? {} : { applies }),
});
