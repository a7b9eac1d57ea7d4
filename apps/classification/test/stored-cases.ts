import type { FactsBody } from '@sekisho/contracts';
import { CASE_FACTS, ENACTED, findGuideline, SERVER_LOCATIONS, TARGET_KINDS, THREE_VALUES } from '@sekisho/guideline';
import type { TestDatabase } from '@sekisho/testing';
import { uuidv7 } from 'uuidv7';
import { judge } from '../src/incidents/judge.js';

const AT = '2026-11-20T00:00:00.000Z';
const guideline = findGuideline('acd-2026-10')!;

/** A case of each kind in turn: what is known of it goes through all values, at different speeds. */
function factsOf(number: number, plannedActionAt: string): FactsBody {
  const value = <Value>(values: readonly Value[], speed: number): Value =>
    values[Math.floor(number / speed) % values.length]!;
  const facts = Object.fromEntries(CASE_FACTS.map((name, at) => [name, value(THREE_VALUES, 3 ** at)]));
  return {
    ...(facts as Pick<FactsBody, (typeof CASE_FACTS)[number]>),
    plannedActionAt,
    servers: [{ ref: 's1', location: value(SERVER_LOCATIONS, 7) }],
    targets: [{ ref: 't1', kind: value(TARGET_KINDS, 2) }],
  };
}

/** Writes so many cases with their determination alone into the database, and answers their facts by their ids. */
export async function storeCases(
  database: TestDatabase,
  count: number,
  plannedActionAt = AT,
): Promise<Map<string, FactsBody>> {
  const cases = Array.from({ length: count }, (_, number) => ({
    id: uuidv7(),
    facts: factsOf(number, plannedActionAt),
  }));
  const rows = cases.map(({ id, facts }) => ({ id, facts, determination: judge(guideline, facts, ENACTED) }));
  await database.query(
    'superuser',
    `WITH made AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS t (id uuid, facts jsonb, determination jsonb)),
          opened AS (INSERT INTO incident (id, version, opened_at, recorded_by, correlation_id)
                     SELECT id, 1, '${AT}', 'test', 'test' FROM made)
     INSERT INTO determination (incident_id, version, digest, facts, determination, made_at, recorded_by, correlation_id)
     SELECT id, 1, determination ->> 'digest', facts, determination, '${AT}', 'test', 'test' FROM made`,
    [JSON.stringify(rows)],
  );
  return new Map(cases.map(({ id, facts }) => [id, facts]));
}
