import {
  COUNTRY_CODES,
  LATER_PARTS,
  type ReportForm,
  reportBasis,
  reportForm,
  reportKind,
  sector,
  tlp,
} from '@sekisho/contracts';
import fc from 'fast-check';

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ minLength: 1, maxLength }),
      fc.string({ minLength: 1, maxLength: maxLength / 2, unit: 'grapheme' }),
    )
    .filter((value) => value.length > 0 && value.length <= maxLength && !value.includes('\u0000'));

const offset = fc
  .record({
    sign: fc.constantFrom('+', '-'),
    hours: fc.integer({ min: 0, max: 23 }),
    minutes: fc.integer({ min: 0, max: 59 }),
  })
  .map(({ sign, hours, minutes }) => `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);

/** Any local time that a calendar of four-digit years has, at any offset. */
export const anyInstant: fc.Arbitrary<string> = fc
  .tuple(
    fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9998-12-30T00:00:00Z'), noInvalidDate: true }),
    fc.oneof(fc.constant('Z'), fc.constant('+09:00'), offset),
    fc.constantFrom(19, 23),
  )
  .map(([date, zone, digits]) => `${date.toISOString().slice(0, digits)}${zone}`);

const anyRef = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const country = fc.constantFrom(...COUNTRY_CODES);
const anyOf = <Value extends string>({ options }: { options: readonly Value[] }): fc.Arbitrary<Value> =>
  fc.constantFrom(...options);
const by = { selector: ({ ref }: { ref: string }) => ref };
const shape = reportForm.shape;

const target = fc.record(
  {
    ref: anyRef,
    name: text(300),
    kind: anyOf(shape.targets.unwrap().element.shape.kind),
    sector: anyOf(sector),
    country,
  },
  { requiredKeys: ['ref', 'name', 'kind', 'country'] },
);
const server = fc.record(
  {
    ref: anyRef,
    address: text(2048),
    country: fc.option(country),
    role: anyOf(shape.servers.unwrap().element.shape.role.unwrap()),
    confidence: fc.integer({ min: 0, max: 100 }),
  },
  { requiredKeys: ['ref'] },
);
const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });

/** Every field at once, as no report has them. */
const anyFields = fc.record(
  {
    externalId: text(200),
    form: anyOf(reportKind),
    stage: anyOf(shape.stage),
    basis: anyOf(reportBasis),
    tlp: anyOf(tlp),
    title: text(200),
    summary: text(10_000),
    occurredAt: anyInstant,
    recognisedAt: anyInstant,
    operator: fc.record({ name: text(300), sector: anyOf(sector), designated: fc.boolean() }),
    contact: fc.record(
      { name: text(200), email: fc.constant('a.b@example.jp'), phone: text(50) },
      { requiredKeys: ['name', 'email'] },
    ),
    targets: fc.uniqueArray(target, { ...by, minLength: 1, maxLength: 8 }),
    servers: fc.uniqueArray(server, { ...by, maxLength: 8 }),
    impact: fc.record(
      {
        services: anyOf(shape.impact.unwrap().shape.services),
        usersAffected: fc.maxSafeNat(),
        personalData: anyOf(shape.impact.unwrap().shape.personalData),
      },
      { requiredKeys: ['services', 'personalData'] },
    ),
    indicators: fc.array(fc.record({ type: text(100), value: text(4000) }), { maxLength: 4 }),
    ddos: fc.record(
      {
        vectors: fc.array(fc.stringMatching(/^T\d{4}(\.\d{3})?$/), { maxLength: 4 }),
        peakGbps: amount,
        durationMinutes: amount,
        mitigation: text(4000),
      },
      { requiredKeys: ['vectors'] },
    ),
    ransomware: fc.record(
      { family: text(200), extension: text(50), note: text(20_000), entryRoute: text(2000) },
      { requiredKeys: [] },
    ),
    consent: fc.record({ forward: fc.boolean(), at: anyInstant }, { requiredKeys: ['forward'] }),
  },
  {
    requiredKeys: ['form', 'stage', 'basis', 'tlp', 'title', 'recognisedAt', 'operator', 'contact', 'consent'],
    noNullPrototype: true,
  },
) as fc.Arbitrary<ReportForm>;

const BLOCKS = { ddos: 'DDOS', ransomware: 'RANSOMWARE' } as const;

/** What the form takes of some fields: nothing of another form, and no later stage than what is there allows. */
function fitting(fields: ReportForm): ReportForm {
  const report = { ...fields };
  const blocks = Object.entries(BLOCKS) as [keyof typeof BLOCKS, ReportForm['form']][];
  for (const [block, form] of blocks) if (form !== report.form) delete report[block];
  if (LATER_PARTS.some((part) => report[part] === undefined)) return { ...report, stage: 'INITIAL' };
  const wanting = blocks.some(([block, form]) => form === report.form && report[block] === undefined);
  return wanting && report.stage === 'FINAL' ? { ...report, stage: 'FOLLOW_UP' } : report;
}

/** Any report that the form takes, with and without each thing that may be left out. */
export const anyReport = anyFields.map(fitting);
