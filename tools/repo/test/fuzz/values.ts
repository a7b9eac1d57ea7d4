import fc from 'fast-check';
import type { Document, Schema } from './document.js';

const DAY_MS = 86_400_000;

/** Of the last days and the next: what a form takes as an instant, it seldom takes of any year. */
const instants = fc
  .integer({ min: -3 * DAY_MS, max: 3 * DAY_MS })
  .map((offset) => new Date(Date.now() + offset).toISOString());
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid({ version: 7 }),
  'date-time': instants,
  date: instants.map((instant) => instant.slice(0, 10)),
  email: fc.constant('person@example.jp'),
};

const lone = String.fromCharCode(0xd800);
/** What nobody sends who means well, as JSON has it. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    0.5,
    1e308,
    -0,
    Number.MAX_SAFE_INTEGER + 1,
    '',
    ' ',
    [],
    {},
    [null],
    [[]],
  ),
  fc.constantFrom(
    '\u0000',
    `a\u0000b`,
    lone,
    `${lone}x`,
    '\u202e',
    '𠮷',
    '%00',
    "' OR 1=1 --",
    '${7*7}',
    '../../etc/passwd',
  ),
  fc.constantFrom(
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '00000000-0000-0000-0000-000000000000',
  ),
  fc.constantFrom(
    'x'.repeat(10_000),
    Array.from({ length: 3_000 }, () => 0),
    { constructor: 1, toString: null, length: -1 },
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Values that a schema takes, apart from rules that it only refers to (`allOf`, `not`): what these refuse is refused. */
export function valuesOf(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  if (schema['$ref'] !== undefined) return valuesOf(document, document.resolved(schema as { $ref: string }) as Schema);
  const choices = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map((each) => valuesOf(document, each)));
  if (schema['enum'] !== undefined) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (schema['example'] !== undefined) return fc.constant(schema['example']);
  switch (schema['type']) {
    case 'object':
      return objects(document, schema);
    case 'array': {
      const { minItems = 0, maxItems = 3 } = schema as { minItems?: number; maxItems?: number };
      const few = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) };
      return fc.array(valuesOf(document, schema['items'] as Schema), few);
    }
    case 'string':
      return texts(schema);
    case 'integer':
    case 'number': {
      const { minimum = -1_000, maximum = 1_000 } = schema as { minimum?: number; maximum?: number };
      return fc.integer({ min: Math.ceil(minimum), max: Math.max(Math.ceil(minimum), Math.min(maximum, 1_000_000)) });
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
}

function objects(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const requiredKeys = (schema['required'] ?? []) as string[];
  const record = Object.fromEntries(properties.map(([name, each]) => [name, valuesOf(document, each)]));
  return fc.record(record, { requiredKeys });
}

function texts(schema: Schema): fc.Arbitrary<string> {
  const { format = '', pattern, minLength = 0, maxLength = 40 } = schema as Record<string, never>;
  const known = FORMATS[format];
  if (known) return known;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
}

/** A value with one thing in it that is not as it should be: something left out, put in, or of another kind. */
export function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return hostile;
  const places = Object.keys(value);
  const put = (place: string, part: unknown): unknown =>
    Array.isArray(value)
      ? value.map((each: unknown, at) => (String(at) === place ? part : each))
      : { ...value, [place]: part };
  const changed = places.map((place) => spoilt((value as never)[place]).map((part) => put(place, part)));
  const without = places.map((place) => fc.constant(put(place, undefined)));
  return fc.oneof(
    { arbitrary: hostile, weight: 1 },
    {
      arbitrary: fc.oneof(
        hostile.map((part) => put('unheardOf', part)),
        ...without,
      ),
      weight: 2,
    },
    ...(changed.length > 0 ? [{ arbitrary: fc.oneof(...changed), weight: 6 }] : []),
  );
}
