import { reportForm } from '@sekisho/contracts';
import { z } from 'zod';
import { readConfig } from './config.js';
import { faultsOf, preferredLanguage } from './faults.js';
import { pageQuery } from './paging.js';

const form = z.strictObject({
  'a/b': z.strictObject({ n: z.int() }),
  list: z.array(z.strictObject({ x: z.string() })),
});

describe('faults', () => {
  it('are all told, each with its JSON pointer, unknown fields by name', () => {
    const parsed = form.safeParse({ 'a/b': { n: 'one', m: 1 }, list: [{ x: 'y' }, { x: 2, z: 3 }], more: true });
    expect(faultsOf(parsed.error!.issues, 'en').map(({ pointer, code }) => [pointer, code])).toEqual(
      expect.arrayContaining([
        ['/a~1b/n', 'invalid-type'],
        ['/a~1b/m', 'unknown-field'],
        ['/list/1/x', 'invalid-type'],
        ['/list/1/z', 'unknown-field'],
        ['/more', 'unknown-field'],
      ]),
    );
  });

  it('are told in Japanese too', () => {
    const { issues } = form.safeParse({ 'a/b': { n: 'one' }, list: [], more: 1 }).error!;
    const [english, japanese] = [faultsOf(issues, 'en'), faultsOf(issues, 'ja')];
    expect(english.map(({ pointer }) => pointer)).toEqual(japanese.map(({ pointer }) => pointer));
    for (const { detail } of japanese) expect(detail).toMatch(/[぀-ヿ一-鿿]/);
    for (const { detail } of english) expect(detail).not.toMatch(/[぀-ヿ一-鿿]/);
  });

  it('of a query are pointed at by its name', () => {
    const { issues } = pageQuery.safeParse({ limit: 'x', colour: 'red' }, { reportInput: true }).error!;
    expect(faultsOf(issues, 'ja')).toMatchObject([{ pointer: '/limit' }, { pointer: '/colour' }]);
    expect(faultsOf(issues, 'ja', 'query')).toEqual([
      { pointer: '?limit', code: 'invalid-type', detail: expect.stringContaining('NaN') },
      { pointer: '?colour', code: 'unknown-field', detail: '定義されていない項目です' },
    ]);
  });

  it('name text that could not be stored', () => {
    const { issues } = reportForm.shape.title.safeParse('a\u0000b').error!;
    expect(faultsOf(issues, 'en')).toEqual([
      { pointer: '', code: 'unstorable-text', detail: 'contains U+0000 or a lone surrogate' },
    ]);
  });

  it('of our own rules have codes of their own, the values in their words, and no pattern for people to read', () => {
    const faulty = { form: 'DDOS', stage: 'FINAL', title: 'x', recognisedAt: '2026-11-22', ransomware: {} };
    const { issues } = reportForm.safeParse(faulty, { reportInput: true }).error!;
    for (const language of ['en', 'ja'] as const) {
      const told = faultsOf(issues, language);
      const at = (pointer: string) => told.find((fault) => fault.pointer === pointer);
      expect(at('/summary')).toMatchObject({ code: 'required-at-stage', detail: expect.stringContaining('FINAL') });
      expect(at('/ddos')).toMatchObject({ code: 'required-for-form', detail: expect.stringContaining('DDOS') });
      expect(at('/ransomware')).toMatchObject({ code: 'block-of-another-form' });
      expect(at('/recognisedAt')).toMatchObject({ code: 'invalid-format', detail: expect.stringContaining('+09:00') });
      expect(at('/tlp')?.code).toBe('invalid-value');
      expect(at('/operator')?.detail).toBe(language === 'ja' ? '必須の項目がありません' : 'is missing');
      for (const { detail } of told) expect(detail).not.toMatch(/\\d|\^|undefined|expected/);
      if (language === 'ja') for (const { detail } of told) expect(detail).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });
});

describe('the words for what a schema finds', () => {
  const schema = z.strictObject({
    text: z.string().min(1).max(5),
    long: z.string().min(3),
    list: z.array(z.int()).min(1).max(2),
    number: z.number().min(0).max(9),
    choice: z.enum(['ONE', 'TWO']),
    email: z.email(),
  });
  const good = { text: 'x', long: 'xxx', list: [1], number: 1, choice: 'ONE', email: 'a@b.example' };

  it.each<[string, unknown, string, string, string]>([
    ['text', '', 'too-small', 'must not be empty', '空にできません'],
    ['text', '123456', 'too-big', 'must have at most 5 characters', '5 文字以内でなければなりません'],
    ['text', 7, 'invalid-type', 'must be text, not a number', '数値ではなく、文字列でなければなりません'],
    ['text', null, 'invalid-type', 'must be text, not null', 'nullではなく、文字列でなければなりません'],
    ['text', undefined, 'invalid-type', 'is missing', '必須の項目がありません'],
    ['long', 'x', 'too-small', 'must have at least 3 characters', '3 文字以上でなければなりません'],
    ['list', [], 'too-small', 'must have at least 1 entries', '1 件以上でなければなりません'],
    ['list', [1, 2, 3], 'too-big', 'must have at most 2 entries', '2 件以内でなければなりません'],
    ['list', {}, 'invalid-type', 'must be a list, not an object', 'オブジェクトではなく、配列でなければなりません'],
    ['number', -1, 'too-small', 'must be 0 or more', '0 以上でなければなりません'],
    ['number', 10, 'too-big', 'must be 9 or less', '9 以下でなければなりません'],
    [
      'number',
      Infinity,
      'invalid-type',
      'must be a number, not Infinity',
      'Infinityではなく、数値でなければなりません',
    ],
    ['choice', 'RED', 'invalid-value', 'must be one of ONE, TWO', 'ONE、TWO のいずれかでなければなりません'],
    ['choice', undefined, 'invalid-value', 'is missing', '必須の項目がありません'],
    ['email', 'nobody', 'invalid-format', 'is not an e-mail address', 'メールアドレスの形式ではありません'],
  ])('%s of %j', (field, value, code, english, japanese) => {
    const { issues } = schema.safeParse({ ...good, [field]: value }, { reportInput: true }).error!;
    for (const [language, detail] of [
      ['en', english],
      ['ja', japanese],
    ] as const) {
      expect(faultsOf(issues, language)).toEqual([{ pointer: `/${field}`, code, detail }]);
    }
  });
});

describe('language', () => {
  it.each([
    [undefined, 'en'],
    ['ja', 'ja'],
    ['ja-JP,en;q=0.8', 'ja'],
    ['en-GB,ja;q=0.9', 'en'],
    ['fr,ja;q=0.3,en;q=0.2', 'ja'],
    ['ja;q=0,en', 'en'],
    ['nonsense;;;', 'en'],
  ])('of %p is %s', (header, language) => expect(preferredLanguage(header)).toBe(language));
});

describe('configuration', () => {
  it('tells every fault at once', () => {
    const schema = z.object({ PORT: z.coerce.number(), URL: z.url(), SET: z.string() });
    expect(() => readConfig(schema, { PORT: 'x', URL: 'y' })).toThrow(/PORT: .*\n.*URL: .*\n.*SET: /);
    expect(readConfig(schema, { PORT: '1', URL: 'http://a.example', SET: '' }).PORT).toBe(1);
  });
});
