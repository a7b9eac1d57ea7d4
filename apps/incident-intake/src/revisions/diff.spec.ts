import type { ReportForm } from '@sekisho/contracts';
import fc from 'fast-check';
import { anyReport } from '../../test/any-report.js';
import { sampleReport } from '../../test/sample-report.js';
import { changesOf } from './diff.js';

type Whole = { [Field in 'servers' | 'impact' | 'indicators']: NonNullable<ReportForm[Field]> };
const report = sampleReport() as ReportForm & Whole;
const [first, second] = report.servers as [Whole['servers'][number], Whole['servers'][number]];

describe('the difference of two revisions', () => {
  it.each<[string, Partial<ReportForm>, unknown[]]>([
    ['another text', { title: 'x' }, [{ pointer: '/title', change: 'CHANGED', before: report.title, after: 'x' }]],
    ['something added', { externalId: 'n-1' }, [{ pointer: '/externalId', change: 'ADDED', after: 'n-1' }]],
    [
      'something taken away',
      { occurredAt: undefined },
      [{ pointer: '/occurredAt', change: 'REMOVED', before: report.occurredAt }],
    ],
    [
      'something inside',
      { impact: { ...report.impact, services: 'DEGRADED' } },
      [{ pointer: '/impact/services', change: 'CHANGED', before: 'HALTED', after: 'DEGRADED' }],
    ],
    [
      'a server’s country, wherever the server stands in its list',
      { servers: [second, { ...first, country: 'DE' }] },
      [{ pointer: '/servers/1/country', ref: 's1', change: 'CHANGED', before: 'NL', after: 'DE' }],
    ],
    [
      'something taken away from a server that stood elsewhere: where it was',
      { servers: [second, { ref: first.ref }] },
      (['address', 'country', 'role', 'confidence'] as const)
        .filter((field) => first[field] !== undefined)
        .map((field) => ({ pointer: `/servers/0/${field}`, ref: 's1', change: 'REMOVED', before: first[field] })),
    ],
    [
      'null instead of a value',
      { servers: [{ ...first, country: null }, second] },
      [{ pointer: '/servers/0/country', ref: 's1', change: 'CHANGED', before: 'NL', after: null }],
    ],
    [
      'a server more, one less',
      { servers: [{ ref: 's3' }, second] },
      [
        { pointer: '/servers/0', ref: 's3', change: 'ADDED', after: { ref: 's3' } },
        { pointer: '/servers/0', ref: 's1', change: 'REMOVED', before: first },
      ],
    ],
    [
      'an indicator: it has no ref, and is another one as a whole',
      { indicators: [{ type: 'ipv4-addr', value: '198.51.100.38' }] },
      [
        {
          pointer: '/indicators/0',
          change: 'ADDED',
          after: { type: 'ipv4-addr', value: '198.51.100.38' },
        },
        { pointer: '/indicators/0', change: 'REMOVED', before: report.indicators[0] },
      ],
    ],
    ['another order', { servers: [second, first] }, []],
    [
      'another person to contact: no more than that',
      { contact: { ...report.contact, phone: '1' } },
      [{ pointer: '/contact', change: 'CHANGED' }],
    ],
  ])('names %s', (_, change, expected) => {
    expect(changesOf(report, { ...report, ...change })).toEqual(expected);
  });

  it('counts what is there twice', () => {
    const [indicator] = report.indicators;
    const twice = { ...report, indicators: [indicator!, indicator!] };
    expect(changesOf(report, twice)).toEqual([{ pointer: '/indicators/1', change: 'ADDED', after: indicator }]);
    expect(changesOf(twice, twice)).toEqual([]);
  });

  it('is nothing between a report and itself, and something between any two that differ', () => {
    fc.assert(
      fc.property(anyReport, anyReport, (one, other) => {
        expect(changesOf(one, structuredClone(one))).toEqual([]);
        const there = changesOf(one, other);
        expect(there.length === 0).toBe(changesOf(other, one).length === 0);
        expect(there.some(({ pointer }) => pointer === '/title')).toBe(one.title !== other.title);
      }),
    );
  });

  it('leads from the one to the other, but for the contact: pointers are real', () => {
    fc.assert(
      fc.property(anyReport, anyReport, ({ contact: _, ...one }, other) => {
        for (const { pointer, change, before, after } of changesOf({ ...one, contact: other.contact }, other)) {
          if (change !== 'ADDED') expect(canBeFoundIn(one, pointer, before) || change === 'CHANGED').toBe(true);
          if (change !== 'REMOVED') expect(canBeFoundIn(other, pointer, after)).toBe(true);
        }
      }),
    );
  });
});

/** Whether a JSON pointer leads to this value. */
function canBeFoundIn(document: unknown, pointer: string, value: unknown): boolean {
  const path = pointer.split('/').slice(1);
  const found = path.reduce<unknown>((at, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return (at as Record<string, unknown> | undefined)?.[name];
  }, document);
  return JSON.stringify(found) === JSON.stringify(value);
}
