import fc from 'fast-check';
import type { Document, Operation, Parameter } from './document.js';
import { hostile, spoilt, valuesOf } from './values.js';

/** With what right a request comes: that of the route, another role's, somebody's whom nobody trusts, or none. */
export const CALLERS = ['right', 'wrong', 'foreign', 'garbled', 'none'] as const;

export interface FuzzRequest {
  readonly operation: Operation;
  readonly caller: (typeof CALLERS)[number];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly type?: string;
  /** JSON that is sent as such, or a body as it is. */
  readonly body?: { readonly json: unknown } | { readonly raw: Uint8Array };
  /** Chooses among ids that exist, where it is not null. */
  readonly known: number | null;
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

/** Bodies that are no JSON, or such as nobody should read. */
const raw: fc.Arbitrary<Uint8Array> = fc.constantFrom(
  bytes(''),
  bytes('{"a":'),
  bytes('{} {}'),
  bytes('\ufeff{}'),
  bytes('nul'),
  bytes('{"a":1e999}'),
  bytes('{"__proto__":{"a":1}}'),
  bytes('{"constructor":{"prototype":{"a":1}}}'),
  bytes('{"a":1,"a":2}'),
  bytes('"\\ud800"'),
  bytes(`{"a":${'9'.repeat(400)}}`),
  Uint8Array.of(0x22, 0x8d, 0xff, 0x22),
  Uint8Array.of(0),
  bytes(nested('[', ']', 100_000)),
  bytes(nested('{"a":', '}', 5_000)),
  bytes('['.repeat(1_000)),
);
const types = fc.constantFrom(
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/merge-patch+json',
  'application/x-ndjson',
  'text/csv; charset=cp932',
  'text/csv; charset=klingon',
  'not a type',
);

function parameterOf(document: Document, { schema, required, in: place }: Parameter): fc.Arbitrary<unknown> {
  const right = valuesOf(document, schema);
  // An address can be anything that can be encoded, a header what HTTP lets through.
  const odd = fc.constantFrom<unknown>(
    '\u0000',
    '%',
    'x'.repeat(300),
    '7',
    '../x',
    '目',
    "' OR 1=1",
    '*',
    '""',
    'W/"1"',
    '"1", "2"',
  );
  const wrong = place === 'header' ? odd.filter((value) => /^[\x21-\x7e]*$/.test(String(value))) : odd;
  return fc.oneof(
    { arbitrary: right, weight: 12 },
    { arbitrary: wrong, weight: 2 },
    ...(required === true && place === 'path' ? [] : [{ arbitrary: fc.constant(undefined), weight: required ? 1 : 8 }]),
  );
}

function bodyOf(document: Document, { body }: Operation): fc.Arbitrary<Pick<FuzzRequest, 'body' | 'type'>> {
  const sent = raw.map((each) => ({ raw: each }));
  if (!body) return fc.option(fc.record({ type: types, body: sent }), { freq: 8, nil: {} });
  const right = valuesOf(document, body.schema);
  const json = fc.oneof(
    { arbitrary: right, weight: 8 },
    { arbitrary: right.chain(spoilt), weight: 6 },
    { arbitrary: hostile, weight: 1 },
  );
  // What is no JSON is told in lines of it.
  const lines = fc
    .array(json, { maxLength: 5 })
    .map((all) => ({ raw: bytes(all.map((each) => JSON.stringify(each)).join('\n')) }));
  const usual = body.type === 'application/json' ? json.map((each) => ({ json: each })) : lines;
  return fc.record({
    type: fc.oneof({ arbitrary: fc.constant(body.type), weight: 12 }, { arbitrary: types, weight: 1 }),
    body: fc.oneof({ arbitrary: usual, weight: 8 }, { arbitrary: sent, weight: 1 }),
  });
}

/** Requests of every kind for one operation: as described, nearly so, and hostile. */
export function requestsFor(document: Document, operation: Operation): fc.Arbitrary<FuzzRequest> {
  const parameters = operation.parameters.map((each) => [each.name, parameterOf(document, each)] as const);
  return fc
    .tuple(
      fc.oneof(
        { arbitrary: fc.constant(CALLERS[0]), weight: 9 },
        { arbitrary: fc.constantFrom(...CALLERS), weight: 1 },
      ),
      fc.record(Object.fromEntries(parameters)),
      bodyOf(document, operation),
      fc.option(fc.nat(), { freq: 3 }),
    )
    .map(([caller, chosen, sent, known]) => ({ operation, caller, parameters: chosen, ...sent, known }));
}
