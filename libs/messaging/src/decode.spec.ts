import { uuidv7 } from 'uuidv7';
import { decode } from './decode.js';
import { type Inbound, inbound } from './inbound.js';

const id = uuidv7();
const data = { reportId: id, receivedAt: '2026-11-20T09:00:00Z', digest: `sha256:${'0'.repeat(64)}` };
const headers = {
  'content-type': 'application/json',
  ce_specversion: '1.0',
  ce_id: id,
  ce_source: '/incident-intake',
  ce_type: 'report-withheld.v1',
  ce_subject: id,
  ce_time: '2026-11-20T09:00:00.000Z',
  ce_sequence: '00000000000000000042',
  ce_correlationid: 'c',
  ce_dependson: 'nsc.reviews.v1/x',
};
const message = (over: Partial<Inbound> = {}): Inbound => ({
  topic: 'intake.reports.v1',
  partition: 3,
  offset: '7',
  key: id,
  headers,
  value: Buffer.from(JSON.stringify({ ...data, unknown: 'field' })),
  ...over,
});
const all = (): boolean => true;

describe('decode', () => {
  test('an event of ours: known fields as data, the text whole', () => {
    const { event } = decode(message(), all);
    expect(event).toMatchObject({ id, type: 'report-withheld.v1', sequence: 42n, dependsOn: 'nsc.reviews.v1/x', data });
    expect(event!.data).not.toHaveProperty('unknown');
    expect(JSON.parse(event!.text)).toEqual({ ...data, unknown: 'field' });
  });

  test('what no handler takes is not checked against its contract', () => {
    const value = Buffer.from('{}');
    expect(decode(message({ value }), () => false).fault).toBeUndefined();
    expect(decode(message({ value }), all).fault?.summary).toContain('/reportId invalid_type');
  });

  test.each(Object.keys(headers).filter((name) => !['ce_sequence', 'ce_dependson'].includes(name)))(
    '%s is needed',
    (name) => {
      const { [name]: _, ...others } = headers as Record<string, string>;
      expect(decode(message({ headers: others }), all).fault?.summary).toBe(`missing or wrong: ${name}`);
    },
  );

  test('a fault never quotes the value', () => {
    const value = Buffer.from(JSON.stringify({ ...data, digest: 'secret-9931' }));
    const { fault } = decode(message({ value }), all);
    expect(fault?.summary).toBe('against its contract: /digest invalid_format');
    expect(JSON.stringify(fault)).not.toContain('9931');
  });
});

describe('inbound', () => {
  const raw = { topic: 't', partition: 0, offset: '1', value: null, headers: {} };

  test('a key is told apart from every other, and can be stored and indexed', () => {
    const keyOf = (key: Buffer | null): string => inbound({ ...raw, key }).key;
    expect(keyOf(Buffer.from('k'))).toBe('k');
    expect(keyOf(null)).toBe('t/0/1');
    expect(keyOf(Buffer.from('\u0000'))).toMatch(/^sha256:/);
    expect(keyOf(Buffer.from([0xff]))).not.toBe(keyOf(Buffer.from([0xfe])));
    expect(keyOf(Buffer.alloc(100_000, 'k')).length).toBeLessThan(100);
  });

  test('headers can be stored; one that comes twice passes for none of ours', () => {
    const twice = inbound({
      ...raw,
      key: null,
      headers: { ce_id: [Buffer.from(id), Buffer.from(id)], odd: [Buffer.from([0xff])] },
    });
    expect(twice.headers).toEqual({ ce_id: JSON.stringify([id, id]), odd: 'base64:/w==' });
  });
});
