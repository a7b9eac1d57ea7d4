import { COUNTRY_CODES, isCountryCode } from './countries.js';

const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n));
const pairs = letters.flatMap((one) => letters.map((other) => one + other));
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

// Regions that CLDR names and that are no assigned codes: withdrawn, reserved for something else, or groups.
const NO_COUNTRIES = `AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH NT PC QO QU RH SU TA TP UK UN VD XA XB YD YU ZR ZZ`;

describe('country codes', () => {
  it('are 249 of ISO and one more', () => expect(COUNTRY_CODES.size).toBe(250));

  it('are the regions that CLDR names, but for those that are no countries', () => {
    const named = pairs.filter((code) => regions.of(code) !== undefined);
    expect([...COUNTRY_CODES].filter((code) => !named.includes(code))).toEqual([]);
    const others = named.filter((code) => !isCountryCode(code));
    expect(others.filter((code) => !NO_COUNTRIES.split(' ').includes(code))).toEqual([]);
  });

  it.each(['UK', 'EU', 'ZZ', 'XX', 'SU', 'jp', 'J', ''])('has no %p', (code) =>
    expect(isCountryCode(code)).toBe(false),
  );
});
