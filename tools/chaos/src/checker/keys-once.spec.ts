import { double, finds, lose, type Planted } from '../../test/finds.js';
import { smallWorld, table } from '../../test/small-world.js';
import { EFFECTS } from './effects.js';
import { keysOnce } from './keys-once.js';
import type { Row } from './world.js';

const route =
  (wanted: string) =>
  (row: Readonly<Record<string, unknown>>): boolean =>
    row['route'] === wanted;

/** For each write that is promised: it took effect a second time. */
const twice = EFFECTS.map(({ what, service, table: name, stored, made }): Planted => {
  const { tables } = smallWorld().databases[service];
  const effect = stored(tables[name]!.find((row) => made(row, tables))!);
  return [
    `a ${what} that took effect twice`,
    (world) => double(table(world, service, name), (row) => stored(row as Row) === effect),
    [`${what}: ${effect} is there 1 time(s) too often`],
  ];
});

describe('every Idempotency-Key has one effect', () => {
  finds(keysOnce, '25 keys of accepted writes', [
    ...twice,
    [
      'an effect that no key keeps',
      (world) => lose(table(world, 'oversight-reporting', 'idempotency'), route('POST /v1/rulings')),
      ['ruling: ruling-1 is there 1 time(s) too often'],
    ],
    [
      'a key whose effect is not there',
      (world) => table(world, 'oversight-reporting', 'ruling').splice(0),
      ['ruling: ruling-1 is missing'],
    ],
    [
      'a key that is kept twice',
      (world) => double(table(world, 'oversight-reporting', 'idempotency'), route('POST /v1/rulings')),
      [expect.stringMatching(/^oversight-reporting, keys: org-1 somebody POST \/v1\/rulings key-\d+ is there 1 time/)],
    ],
    [
      'nothing in two keys that are answered with one effect',
      (world) =>
        double(table(world, 'oversight-reporting', 'idempotency'), route('POST /v1/rulings'), { key: 'another' }),
      [],
    ],
    [
      'nothing in a refusal that is kept',
      (world) =>
        double(table(world, 'oversight-reporting', 'idempotency'), route('POST /v1/rulings'), {
          ...{ key: 'refused', status: 409, body: '{"code":"RULED"}' },
        }),
      [],
    ],
  ]);
});
