import { LATER_PARTS, STAGE_RULES_TOLD } from './stage-rules.js';
import { forwardedReport, reportForm } from './report-form.js';

const least = {
  form: 'OTHER',
  stage: 'INITIAL',
  basis: 'VOLUNTARY',
  tlp: 'AMBER',
  title: '不審な通信',
  recognisedAt: '2026-11-22T06:40:00+09:00',
  operator: { name: '桜台総合病院', sector: 'HEALTHCARE', designated: false },
  contact: { name: '山田 花子', email: 'h.yamada@hospital.example' },
  consent: { forward: false },
};
const later = {
  summary: 'Files were encrypted.',
  targets: [{ ref: 't1', name: '電子カルテ', kind: 'PRIVATE', country: 'JP' }],
  servers: [],
  impact: { services: 'UNKNOWN', personalData: 'UNKNOWN' },
  indicators: [],
};
const blocks = { ddos: { vectors: [] }, ransomware: {} };
const FORMS = ['DDOS', 'RANSOMWARE', 'OTHER'] as const;
const STAGES = ['INITIAL', 'FOLLOW_UP', 'FINAL'] as const;
const BLOCK = { DDOS: 'ddos', RANSOMWARE: 'ransomware' } as const;

const faults = (report: unknown): [string, string][] =>
  (reportForm.safeParse(report).error?.issues ?? []).map(({ path, message }) => [`/${path.join('/')}`, message]);
const whole = (form: keyof typeof BLOCK | 'OTHER', stage: string): Record<string, unknown> => ({
  ...least,
  ...later,
  form,
  stage,
  ...(form === 'OTHER' ? {} : { [BLOCK[form]]: blocks[BLOCK[form]] }),
});
const without = (report: Record<string, unknown>, ...fields: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(report).filter(([field]) => !fields.includes(field)));

describe('an INITIAL report', () => {
  it.each(FORMS)('on the form %s needs only what names the incident and whom to call', (form) => {
    expect(faults({ ...least, form })).toEqual([]);
  });

  it.each(Object.keys(least))('needs %s', (field) => {
    expect(faults(without(least, field)).map(([pointer]) => pointer)).toContain(`/${field}`);
  });

  it('is held to the same rules in what it does say', () => {
    expect(faults({ ...least, targets: [], servers: [{ ref: 'a' }, { ref: 'a' }] })).toEqual([
      ['/targets', expect.any(String)],
      ['/servers', 'duplicate-ref'],
    ]);
  });
});

describe('a later report', () => {
  const cases = FORMS.flatMap((form) => (['FOLLOW_UP', 'FINAL'] as const).map((stage) => [stage, form] as const));

  it.each(cases)('%s on the form %s says everything', (stage, form) => {
    expect(faults(whole(form, stage))).toEqual([]);
    for (const part of LATER_PARTS) {
      expect(faults(without(whole(form, stage), part))).toEqual([[`/${part}`, 'required-at-stage']]);
    }
  });

  it('tells what is missing beside what is wrong', () => {
    const told = faults({ ...without(whole('DDOS', 'FINAL'), 'ddos', 'impact'), tlp: 'PINK', colour: 1 });
    expect(told.map(([pointer]) => pointer).sort()).toEqual(['/', '/ddos', '/impact', '/tlp']);
  });
});

describe('the block of a form', () => {
  const cases = FORMS.flatMap((form) =>
    STAGES.flatMap((stage) => Object.entries(BLOCK).map(([of, block]) => [form, stage, block, of] as const)),
  );

  it.each(cases)('on the form %s at stage %s: %s', (form, stage, block, of) => {
    const given = faults({ ...without(whole(form, stage), block), [block]: blocks[block] });
    expect(given).toEqual(of === form ? [] : [[`/${block}`, 'block-of-another-form']]);
    const left = faults(without(whole(form, stage), block));
    expect(left).toEqual(of === form && stage === 'FINAL' ? [[`/${block}`, 'required-for-form']] : []);
  });
});

interface Rule {
  readonly properties?: Readonly<Record<string, { enum: string[] }>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Rule[];
  readonly not?: Rule;
}

/** As much of JSON Schema as the rules are written in. */
const holds = ({ properties = {}, required = [], anyOf, not }: Rule, report: Record<string, unknown>): boolean =>
  Object.entries(properties).every(([field, of]) => of.enum.includes(report[field] as string)) &&
  required.every((field) => report[field] !== undefined) &&
  (anyOf === undefined || anyOf.some((rule) => holds(rule, report))) &&
  (not === undefined || !holds(not, report));

it('the OpenAPI document says of form and stage what the check does', () => {
  const parts = Object.entries({ ...later, ...blocks });
  let agreed = 0;
  for (const form of FORMS) {
    for (const stage of STAGES) {
      for (let given = 0; given < 2 ** parts.length; given += 1) {
        const some = parts.filter((_, bit) => (given >> bit) % 2 === 1);
        const report = { ...least, ...Object.fromEntries(some), form, stage };
        const told = (STAGE_RULES_TOLD.allOf as Rule[]).every((rule) => holds(rule, report));
        if (told === reportForm.safeParse(report).success) agreed += 1;
      }
    }
  }
  expect(agreed).toBe(FORMS.length * STAGES.length * 2 ** parts.length);
});

describe('a field', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    [
      'country in small letters',
      { targets: [{ ...later.targets[0], country: 'jp' }] },
      '/targets/0/country',
      'not-a-country-code',
    ],
    [
      'country that is none',
      { targets: [{ ...later.targets[0], country: 'UK' }] },
      '/targets/0/country',
      'unassigned-country-code',
    ],
    [
      'country of a server',
      { servers: [{ ref: 's', country: 'ZZ' }] },
      '/servers/0/country',
      'unassigned-country-code',
    ],
    [
      'technique of no shape',
      { form: 'DDOS', ddos: { vectors: ['T1498', 'T149'] } },
      '/ddos/vectors/1',
      'not-a-technique-id',
    ],
    ['time without offset', { occurredAt: '2026-11-22T06:40:00' }, '/occurredAt', 'not-an-instant'],
    ['text with U+0000', { title: 'a\u0000' }, '/title', 'unstorable-text'],
    ['ref with a space', { servers: [{ ref: 'a b' }] }, '/servers/0/ref', 'not-a-ref'],
  ])('%s is told once, by its own code', (_, change, pointer, code) => {
    expect(faults({ ...least, ...change })).toEqual([[pointer, code]]);
  });

  it.each(['JP', 'XK', 'SS'])('country %s is one', (country) => {
    expect(faults({ ...least, servers: [{ ref: 's', country }] })).toEqual([]);
  });

  it('that is nobody’s, or no report at all, is told too', () => {
    for (const nothing of [null, [], 'x', 7]) expect(faults(nothing)).toHaveLength(1);
  });
});

describe('a report that has left intake', () => {
  const { contact: _stays, ...report } = whole('OTHER', 'INITIAL');
  const forwarded = { ...report, contactRef: 'c1' };

  it('is read as before: countries that were never assigned, blocks of other forms', () => {
    const old = {
      ...forwarded,
      ...blocks,
      targets: [{ ...later.targets[0], country: 'ZZ' }],
      servers: [{ ref: 's', country: 'UK' }],
    };
    expect(forwardedReport.safeParse(old).error).toBeUndefined();
  });

  it('has every part: readers of this version were promised them', () => {
    for (const part of LATER_PARTS) expect(forwardedReport.safeParse(without(forwarded, part)).success).toBe(false);
  });
});
