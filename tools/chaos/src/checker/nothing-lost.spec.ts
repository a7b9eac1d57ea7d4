import { finds, lose, ofType, one, type Planted } from '../../test/finds.js';
import { messages, type SmallWorld, smallWorld, table } from '../../test/small-world.js';
import { EFFECTS } from './effects.js';
import { nothingAcceptedIsLost } from './nothing-lost.js';
import { eventOf, type Row } from './world.js';

const heard = (world: SmallWorld, path: string) =>
  one(world.answers, ({ url, status }) => new URL(url).pathname.endsWith(path) && status < 300);

/** For each write that is promised: its row is gone, and its event is. */
const lost = EFFECTS.flatMap(({ what, service, table: name, stored, made, topic, type, told }): Planted[] => {
  const { databases, topics } = smallWorld();
  const { tables } = databases[service];
  const effect = stored(tables[name]!.find((row) => made(row, tables))!);
  const tells = topics
    .get(topic)!
    .map(eventOf)
    .filter((event) => type.test(event.type) && told(event.data) === effect);
  return [
    [
      `a ${what} that is not stored`,
      (world) => lose(table(world, service, name), (row) => stored(row as Row) === effect),
      [`${what} ${effect} was accepted and is not in the database`],
    ],
    [
      `a ${what} that is not told`,
      (world) => lose(messages(world, topic), ({ headers }) => headers['ce_id'] === tells[0]!.id),
      [`${what} ${effect} was accepted and its event is not in ${topic}`],
    ],
  ];
});

describe('nothing accepted is lost', () => {
  const each =
    'report 3, revision 1, withdrawal of a report 1, claim 2, scope 2, confirmation 2, meeting 2, attendance 1, decision 1, withdrawal 1, confirmation of a decision 1, ' +
    'evidence 1, confirmation of evidence 1, request to the commission 1, draft 2, issuance 1, ruling 1, confirmation of a ruling 1';
  finds(nothingAcceptedIsLost, `25 accepted writes heard: ${each}`, [
    ...lost,
    [
      'an answer that is kept nowhere',
      (world) => (heard(world, '/rulings').body = { rulingId: 'ruling-1', outcome: 'UNJUSTIFIED' }),
      ['the answer 201 to POST /v1/rulings is kept under no Idempotency-Key'],
    ],
    [
      'nothing in an answer that is kept with its fields in another order',
      (world) =>
        (heard(world, '/orders/order-1/issuance').body = { issuedAt: '2026-11-25T01:14:00.000Z', orderId: 'order-1' }),
      [],
    ],
    [
      'a refusal that is not on record',
      (world) => lose(messages(world, 'tasking.decisions.v1'), ofType('order-refused')),
      ['order order-1 was refused 1 times, and 0 are told'],
    ],
  ]);
});
