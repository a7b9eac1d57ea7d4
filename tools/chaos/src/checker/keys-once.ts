import { EFFECTS } from './effects.js';
import { type Check, differences, type Row, rows } from './world.js';

/** Every Idempotency-Key has one effect: no row was made without a key that keeps it, and none is kept that was not made. */
export const keysOnce: Check = (world) => {
  const faults: string[] = [];
  let keys = 0;
  for (const { what, service, route, answered, table, stored, made } of EFFECTS) {
    const kept = rows(world, service, 'idempotency').filter(
      (row) => route.test(row['route'] as string) && row['status'] >= 200 && row['status'] < 300,
    );
    keys += kept.length;
    const { tables } = world.databases[service];
    const effects = rows(world, service, table).filter((row) => made(row, tables));
    // Two keys may be answered with one effect: a partner's own number names one report.
    const names = new Set(kept.map(({ body }) => answered(JSON.parse(body as string) as Row)));
    faults.push(...differences(names, effects.map(stored), what));
  }
  const twice = (row: Row): string => [row['organisation_id'], row['principal'], row['route'], row['key']].join(' ');
  for (const { service } of new Map(EFFECTS.map((effect) => [effect.service, effect])).values()) {
    const all = rows(world, service, 'idempotency').map(twice);
    faults.push(...differences(new Set(all), all, `${service}, keys`));
  }
  return { name: 'every Idempotency-Key has one effect', counted: `${keys} keys of accepted writes`, faults };
};
