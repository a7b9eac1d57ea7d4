import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRegimes, REGIMES } from './regimes.js';

const good = { ...REGIMES[0]!, id: 'a-rule' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-regimes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const loaded = (content: unknown, name = 'a-rule.json') => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return loadRegimes(folder);
};
const withClock = (over: object) => ({ ...good, clocks: [{ ...good.clocks[0], ...over }] });

it('are read one a file, in the order of their names', () => {
  expect(loaded(good)).toEqual([good]);
  expect(REGIMES.map(({ id }) => id)).toEqual([
    'designated-operator-report',
    'electricity-accident',
    'personal-data-breach',
    'telecommunications-accident',
  ]);
});

it.each<[string, unknown, RegExp]>([
  ['that is no JSON', '{', /a-rule\.json: .*JSON/],
  ['under another name', { ...good, id: 'another' }, /a-rule\.json: id: another is not the file’s name/],
  ['with a field that there is not', { ...good, extra: 1 }, /a-rule\.json: it: .*extra/],
  ['without its source', { ...good, source: undefined }, /a-rule\.json: source/],
  ['that ends before it begins', { ...good, validUntil: '2020-01-01T00:00:00Z' }, /validUntil: is not after validFrom/],
  ['for a sector that there is not', { ...good, appliesTo: { sectors: ['MAGIC'] } }, /appliesTo\.sectors\.0/],
  ['without a clock', { ...good, clocks: [] }, /clocks/],
  ['with a length of no days', withClock({ length: { days: 0 } }), /clocks\.0\.length/],
  ['near in another unit', withClock({ nearFrom: { hours: 2 } }), /clocks\.0\.nearFrom: is not in the unit/],
  ['near after its end', withClock({ nearFrom: { days: 9 } }), /clocks\.0\.nearFrom: lies behind the end/],
  ['with two clocks of one kind', { ...good, clocks: [good.clocks[0], good.clocks[0]] }, /kinds are not distinct/],
])('one %s ends the start, by name', (_, content, fault) => {
  expect(() => loaded(content)).toThrow(fault);
});

it('tell every fault of every file at once, and are missed where there are none', () => {
  expect(() => loadRegimes(folder)).toThrow(/there are none/);
  writeFileSync(join(folder, 'b-rule.json'), '[]');
  expect(() => loaded({ ...good, why: {} })).toThrow(/a-rule\.json: why[^]*b-rule\.json: it/);
});
