/** A period as the commission names it: half-open, in JST. */
export interface Period {
  readonly name: string;
  /** RFC 3339, UTC; `to` is the first instant after the period. */
  readonly from: string;
  readonly to: string;
  readonly label: { readonly en: string; readonly ja: string };
}

const MONTHS = 12;

/** First instant of a month in Japan; `month` counts from 0 and may run over. */
const startOf = (year: number, month: number): string => new Date(Date.UTC(year, month, 1, -9)).toISOString();

/** The year as Japan counts it from 2019 on, in which the Reiwa era began on 1 May. */
function era(year: number): string {
  const count = year - 2018;
  return count < 1 ? `${year}年` : `令和${count === 1 ? '元' : count}年`;
}

/**
 * The period of a name: `2026-11` (a month), `2026-Q4` (a quarter), `2026` (a calendar year), `FY2026` (April to March).
 * Undefined for anything else, and outside of the years 2000 to 2999, which dates and their text are sure to bear.
 */
export function periodOf(name: string): Period | undefined {
  const [, fiscal, digits, quarter, month] = /^(FY)?(2\d{3})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(name) ?? [];
  if (digits === undefined || (fiscal && (quarter || month))) return undefined;
  const year = Number(digits);
  const make = (first: number, length: number, en: string, ja: string): Period => ({
    name,
    from: startOf(year, first),
    to: startOf(year, first + length),
    label: { en, ja },
  });
  if (fiscal) return make(3, MONTHS, `fiscal year ${year} (April ${year} to March ${year + 1})`, `${era(year)}度`);
  if (quarter)
    return make((Number(quarter) - 1) * 3, 3, `quarter ${quarter} of ${year}`, `${era(year)}第${quarter}四半期`);
  if (month) return make(Number(month) - 1, 1, `${digits}-${month}`, `${era(year)}${Number(month)}月`);
  return make(0, MONTHS, `${year}`, era(year));
}
