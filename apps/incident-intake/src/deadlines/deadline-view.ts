import type { DeadlineView, Language } from '@sekisho/contracts';
import { dueOn } from '@sekisho/guideline';
import { type Clock, stateOf, toDeadline } from './clock.js';
import type { Regime, RegimeClock } from './regime.js';
import { REGIMES } from './regimes.js';

/** The rule behind a clock; none where its file has gone since. */
export function ruleOf({
  regime,
  kind,
}: Pick<Clock, 'regime' | 'kind'>): { regime: Regime; clock: RegimeClock } | undefined {
  const found = REGIMES.find(({ id }) => id === regime);
  const clock = found?.clocks.find((each) => each.kind === kind);
  return found && clock && { regime: found, clock };
}

export const titleOf = (clock: Pick<Clock, 'regime' | 'kind'>, language: Language): string =>
  ruleOf(clock)?.clock.title[language] ?? `${clock.regime} ${clock.kind}`;

/** Clocks as their reporter sees them at a time. */
export const showDeadlines = (clocks: readonly Clock[], at: Date, language: Language): DeadlineView[] =>
  clocks.map((clock) => ({
    ...toDeadline(clock),
    applies: clock.applies,
    title: titleOf(clock, language),
    ...stateOf(clock, at),
    dueOn: dueOn(clock.dueAt, language),
  }));
