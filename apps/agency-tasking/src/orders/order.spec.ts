import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Agency } from '@sekisho/contracts';
import { isLive, isUnstarted, progressOf, stepOf } from './order.js';

interface Order {
  readonly state: string;
  readonly parts: readonly { readonly agency: Agency; readonly state: string }[];
}

const KINDS = ['ACKNOWLEDGED', 'DECLINED', 'STARTED', 'COMPLETED', 'FAILED', 'NOT_EXECUTED', 'STOPPED'] as const;

/** The steps that the database lets an order take. */
const migrations = join(import.meta.dirname, '../../prisma/migrations');
const list = readdirSync(migrations)
  .map((name) => join(migrations, name, 'migration.sql'))
  .filter((file) => existsSync(file))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/INSERT INTO order_step[^;]*VALUES([^;]+);/g)])
  .map(([, values]) => values)
  .join();
const legal = new Set([...list.matchAll(/\('(\w+)', '(\w+)'\)/g)].map(([, from, to]) => `${from} > ${to}`));

const stopped = (parts: Order['parts']): Order['parts'] =>
  parts.map((part) => (isLive(part.state) ? { ...part, state: 'STOP_REQUESTED' } : part));

/** Every order that one return, a stop, or a suspension makes of this one. */
function next(order: Order): Order[] {
  const after: Order[] = [];
  if (isLive(order.state)) after.push({ state: 'STOP_REQUESTED', parts: stopped(order.parts) });
  if (isUnstarted(order.state)) after.push({ ...order, state: 'SUSPENDED' });
  if (order.state === 'SUSPENDED') after.push({ ...order, state: progressOf(order) });
  for (const { agency } of order.parts) {
    for (const kind of KINDS) {
      const step = stepOf(order, agency, kind);
      if (!step.ok) continue;
      const parts = order.parts.map((part) => (part.agency === agency ? { ...part, state: step.part } : part));
      // An order that falls is stopped with the other agency.
      after.push({ state: step.order ?? order.state, parts: step.order === 'DECLINED' ? stopped(parts) : parts });
    }
  }
  return after;
}

/** All that can become of an order; each with the states that it comes from. */
function walk(first: Order): Map<string, { order: Order; from: Set<string> }> {
  const seen = new Map([[JSON.stringify(first), { order: first, from: new Set<string>() }]]);
  for (const { order } of seen.values()) {
    for (const one of next(order)) {
      const name = JSON.stringify(one);
      if (!seen.has(name)) seen.set(name, { order: one, from: new Set() });
      seen.get(name)!.from.add(order.state);
    }
  }
  return seen;
}

const issuedTo = (...agencies: Agency[]): Order => ({
  state: 'ISSUED',
  parts: agencies.map((agency) => ({ agency, state: 'ISSUED' })),
});

describe.each([
  ['to one agency', issuedTo('npa')],
  ['to both', issuedTo('npa', 'sdf')],
])('an order %s', (_, order) => {
  const reached = [...walk(order).values()];

  it('takes no step that the database refuses, whatever comes in whatever order', () => {
    expect(legal.size).toBeGreaterThan(10);
    const steps = reached.flatMap(({ order: { state }, from }) =>
      [...from].filter((before) => before !== state).map((before) => `${before} > ${state}`),
    );
    expect([...new Set(steps)].filter((step) => !legal.has(step))).toEqual([]);
  });

  it('can always come to an end: a state that nothing follows is one', () => {
    const stuck = reached.filter(({ order: one }) => next(one).length === 0).map(({ order: { state } }) => state);
    expect(new Set(stuck)).toEqual(new Set(['DECLINED', 'COMPLETED', 'FAILED', 'NOT_EXECUTED', 'STOPPED']));
  });

  it('is executed by nobody before all have acknowledged', () => {
    for (const { order: one } of reached) {
      if (one.parts.some(({ state }) => state === 'EXECUTING')) {
        expect(one.parts.filter(({ state }) => state === 'ISSUED')).toEqual([]);
      }
    }
  });
});

it('a suspended order is started by nobody, and goes on where its agencies are', () => {
  const suspended = { ...issuedTo('npa'), state: 'SUSPENDED' };
  expect(stepOf(suspended, 'npa', 'ACKNOWLEDGED')).toEqual({ ok: true, part: 'ACKNOWLEDGED', order: null });
  const acknowledged = { state: 'SUSPENDED', parts: [{ agency: 'npa', state: 'ACKNOWLEDGED' }] } as const;
  expect(stepOf(acknowledged, 'npa', 'STARTED')).toEqual({ ok: false, reason: 'the order is suspended' });
  expect(stepOf(acknowledged, 'npa', 'NOT_EXECUTED')).toMatchObject({ ok: true, order: 'NOT_EXECUTED' });
  expect([progressOf(suspended), progressOf(acknowledged)]).toEqual(['ISSUED', 'ACKNOWLEDGED']);
});

it('a joint order falls when one declines after the other has acknowledged; the other’s answer stays with its part', () => {
  const acknowledged = {
    ...issuedTo('npa', 'sdf'),
    parts: [
      { agency: 'npa', state: 'ACKNOWLEDGED' },
      { agency: 'sdf', state: 'ISSUED' },
    ],
  } as const;
  expect(stepOf(acknowledged, 'sdf', 'DECLINED')).toEqual({ ok: true, part: 'DECLINED', order: 'DECLINED' });
  const fallen = {
    state: 'DECLINED',
    parts: [
      { agency: 'npa', state: 'STOP_REQUESTED' },
      { agency: 'sdf', state: 'DECLINED' },
    ],
  };
  expect(stepOf(fallen, 'npa', 'STOPPED')).toEqual({ ok: true, part: 'STOPPED', order: null });
});
