const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since 1970 of an RFC 3339 instant with offset; `NaN` for anything else, a time without offset too. Every
 * comparison with `NaN` is false, so conditions are written such that false means: refuse.
 */
export function instant(text: string | null | undefined): number {
  return typeof text === 'string' && RFC_3339.test(text) ? Date.parse(text) : NaN;
}

/** Is `at` in the closed span from `from` to `until`? All RFC 3339; false if any of them cannot be read. */
export function within(from: string, until: string, at: string): boolean {
  return instant(from) <= instant(at) && instant(at) <= instant(until);
}

/** The RFC 3339 instant, in UTC, that many hours after `from`. */
export function hoursAfter(from: string, hours: number): string {
  return new Date(instant(from) + hours * 3_600_000).toISOString();
}
