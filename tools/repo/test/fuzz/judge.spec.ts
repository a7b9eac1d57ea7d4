import fc from 'fast-check';
import { Document } from './document.js';
import { complaints } from './judge.js';
import { type FuzzRequest, requestsFor } from './requests.js';

const name = { type: 'string', pattern: '^[a-z]{1,9}$' };
const thing = {
  type: 'object',
  properties: { name, note: { type: 'string', nullable: true } },
  required: ['name'],
  additionalProperties: false,
};
const refusal = {
  description: 'Refused.',
  headers: { 'Content-Language': { $ref: '#/components/headers/Content-Language' } },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const document = new Document({
  paths: {
    '/v1/things/{id}': {
      put: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        requestBody: { required: true, content: { 'application/json': { schema: thing } } },
        responses: {
          200: { description: 'Done.', content: { 'application/json': { schema: thing } } },
          400: { $ref: '#/components/responses/400' },
        },
      },
    },
  },
  components: {
    schemas: { Problem: { type: 'object', properties: { status: { type: 'integer' } }, required: ['status'] } },
    headers: { 'Content-Language': { required: true, schema: { type: 'string' } } },
    responses: { 400: refusal },
  },
});
const operation = document.operations[0]!;
const right: FuzzRequest = {
  operation,
  caller: 'right',
  parameters: {},
  type: 'application/json',
  body: { json: { name: 'ab' } },
  known: null,
};
const answer = (status: number, type: string, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers({ 'content-type': type, ...headers }),
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const PROBLEM = 'application/problem+json; charset=utf-8';

describe('an answer', () => {
  it.each([
    ['a good one', right, answer(200, 'application/json', { name: 'ab', note: null })],
    [
      'one to a body that begins with a byte order mark',
      { ...right, body: { raw: Buffer.from('\uFEFF{"name":"ab"}') } },
      answer(200, 'application/json', { name: 'ab', note: null }),
    ],
    ['a good refusal', right, answer(400, PROBLEM, { status: 400 }, { 'content-language': 'en' })],
  ])('%s is left alone', (_, request, answered) => {
    expect(complaints(document, request, answered)).toEqual([]);
  });

  it.each<[string, FuzzRequest, ReturnType<typeof answer>, RegExp]>([
    ['a fault of the service', right, answer(500, PROBLEM, { status: 500 }), /^500/],
    ['a status that nobody told of', right, answer(418, PROBLEM, { status: 418 }), /status 418/],
    ['another type', right, answer(200, 'text/html', '<p>'), /content type text\/html/],
    ['no JSON', right, answer(200, 'application/json', '{'), /is no JSON/],
    ['a field that is missing', right, answer(200, 'application/json', {}), /'name'/],
    ['a field too many', right, answer(200, 'application/json', { name: 'ab', secret: 1 }), /additional properties/],
    ['null where none may be', right, answer(200, 'application/json', { name: null }), /must be string/],
    [
      'a refusal of another shape',
      right,
      answer(400, PROBLEM, { error: 'x' }, { 'content-language': 'en' }),
      /'status'/,
    ],
    ['a header that is missing', right, answer(400, PROBLEM, { status: 400 }), /content-language is missing/i],
    [
      'a header of the inside',
      right,
      answer(200, 'application/json', { name: 'ab' }, { 'x-powered-by': 'us' }),
      /x-powered-by/,
    ],
    [
      'letting in whoever has no token',
      { ...right, caller: 'none' },
      answer(200, 'application/json', { name: 'ab' }),
      /none is let in/,
    ],
    [
      'taking what is refused',
      { ...right, body: { json: { name: '7' } } },
      answer(200, 'application/json', { name: 'ab' }),
      /is accepted/,
    ],
    [
      'taking another type',
      { ...right, type: 'text/plain' },
      answer(200, 'application/json', { name: 'ab' }),
      /text\/plain is taken/,
    ],
  ])('%s is complained of', (_, request, answered, words) => {
    expect(complaints(document, request, answered)).toEqual([expect.stringMatching(words)]);
  });
});

describe('requests', () => {
  it('are the same for the same seed, and of every kind', () => {
    const drawn = () => fc.sample(requestsFor(document, operation), { numRuns: 300, seed: 7 });
    const requests = drawn();
    expect(JSON.stringify(drawn())).toBe(JSON.stringify(requests));
    const kinds = requests.map(({ body }) => {
      if (!body || 'raw' in body) return 'raw';
      const fault = document.fault(operation.body!.schema, JSON.parse(JSON.stringify(body.json) ?? 'null'));
      return fault === undefined ? 'right' : 'wrong';
    });
    for (const kind of ['raw', 'right', 'wrong'])
      expect(kinds.filter((each) => each === kind).length).toBeGreaterThan(20);
    expect(new Set(requests.map(({ caller }) => caller)).size).toBe(5);
  });
});
