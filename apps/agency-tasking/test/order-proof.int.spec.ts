import { eventually } from '@sekisho/testing';
import { Desk, evidenceBody, mofa, officer1, officer2 } from './desk.js';

/** What the database itself asks of an order and its parts, of whoever writes as the service's own role. */
let desk: Desk;
let known: Awaited<ReturnType<Desk['confirmedCase']>>;
let orderId: string;

const post = (by: typeof mofa, path: string, body: unknown = {}) => desk.client.call(by, 'POST', path, body);

beforeAll(async () => {
  desk = await Desk.open();
  known = await desk.confirmedCase();
  const { incidentId, scopeDigest } = known;
  const order = { incidentId, scopeDigest, executor: 'NPA_SOLE' };
  orderId = await eventually('the draft', async () => {
    const { status, body } = await post(officer1, '/v1/orders', order);
    return status === 201 && body.orderId;
  });
  await desk.decide(known);
  await desk.rule(known);
  const { body } = await post(mofa, `/v1/incidents/${incidentId}/evidence`, evidenceBody(scopeDigest));
  await post(officer1, `/v1/evidence/${body.evidenceId}/confirmation`);
  await eventually('the evidence', async () => {
    const safeguards = await desk.client.call(officer1, 'GET', `/v1/incidents/${incidentId}/safeguards`);
    return safeguards.body.outstanding?.length === 0;
  });
}, 120_000);
afterAll(() => desk?.close());

/** All that is on record for the scope, as an order's basis cites it. */
const CITED = `(SELECT jsonb_agg(jsonb_build_object('id', id, 'safeguard', safeguard)) FROM evidence WHERE scope_digest = $SCOPE)`;
const VOUCHED = `'[{"service":"classification","stands":true},{"service":"oversight","stands":true}]'`;

interface Forgery {
  evidence?: string;
  standing?: string;
  determination?: string;
  agencies?: string[];
  /** Another statement on the way. */
  also?: string;
}

/** Issues the draft by SQL, as if everything were in order but for what is forged; undone again. */
async function issue({
  evidence = CITED,
  standing = VOUCHED,
  determination = 'determination',
  agencies = ['npa'],
  also = 'SELECT 1',
}: Forgery): Promise<string> {
  const parts = agencies.map(
    (agency) => `INSERT INTO order_part (order_id, agency, state, jws, recorded_by, correlation_id)
                 VALUES ($ORDER, '${agency}', 'ISSUED', 'jws', 'x', 'x')`,
  );
  return tried(
    ...parts,
    `INSERT INTO order_basis (order_id, facts, determination, evidence, standing, recorded_at, recorded_by, correlation_id)
     SELECT $ORDER, facts, ${determination}, ${evidence}, ${standing}, now(), 'x', 'x' FROM confirmed_scope WHERE scope_digest = $SCOPE`,
    also,
    `UPDATE tasking_order SET state = 'ISSUED', version = 2, issued_actor = '{"person":"officer-2"}', issued_at = now(),
       not_before = now(), not_after = now(), acknowledge_by = now() WHERE id = $ORDER`,
    step(2, 'DRAFT', 'ISSUED'),
  );
}

const step = (version: number, from: string, to: string): string =>
  `INSERT INTO order_change (order_id, version, from_state, to_state, recorded_at, recorded_by, correlation_id)
   VALUES ($ORDER, ${version}, '${from}', '${to}', now(), 'x', 'x')`;

/** Tries statements as one transaction, which is undone again. */
async function tried(...statements: string[]): Promise<string> {
  const sql = ['BEGIN', ...statements, 'SET CONSTRAINTS ALL IMMEDIATE', 'ROLLBACK'].join(';\n');
  try {
    await desk.database.query(
      'app',
      sql.replaceAll('$ORDER', `'${orderId}'`).replaceAll('$SCOPE', `'${known.scopeDigest}'`),
    );
    return 'done';
  } catch (error) {
    const { constraint, message } = error as { constraint?: string; message: string };
    return constraint ?? message;
  }
}

const without = (safeguard: string): string => CITED.replace('WHERE', `WHERE safeguard <> '${safeguard}' AND`);

describe('an order by SQL of the service’s own role', () => {
  it('could be issued with all that it rests on', async () => {
    expect(await issue({})).toBe('done');
  });

  it.each<[string, Forgery, string]>([
    ['the NSC’s approval', { evidence: without('NSC_APPROVAL') }, 'order_rests_on_record'],
    ['the commission’s approval', { evidence: without('COMMISSION_APPROVAL') }, 'order_rests_on_record'],
    ['the consultation', { evidence: without('FOREIGN_MINISTER_CONSULTATION') }, 'order_rests_on_record'],
    ['evidence', { evidence: `'[]'` }, 'order_basis_evidence_check'],
    [
      'evidence that is on record',
      { evidence: CITED.replace(`'id', id`, `'id', gen_random_uuid()`) },
      'order_rests_on_record',
    ],
    ['the owners’ word', { standing: `'[]'` }, 'order_basis_standing_check'],
    [
      'the word of the case’s owner',
      { standing: `'[{"service":"oversight","stands":true}]'` },
      'order_rests_on_record',
    ],
    [
      'the word of each',
      { standing: `'[{"service":"classification","stands":true},{"service":"oversight"}]'` },
      'order_rests_on_record',
    ],
    [
      'the determination that was confirmed',
      { determination: `jsonb_set(determination, '{safeguards}', '[]')` },
      'order_rests_on_record',
    ],
    ['the agency that it is for', { agencies: ['sdf'] }, 'order_has_basis'],
    ['that agency alone', { agencies: ['npa', 'sdf'] }, 'order_has_basis'],
    [
      'a scope that stands',
      {
        also: `INSERT INTO scope_lapse (scope_digest, source, incident_id, reason, lapsed_at, recorded_by, correlation_id)
               VALUES ($SCOPE, 'SCHEDULING', gen_random_uuid(), 'r', now(), 'x', 'x')`,
      },
      'order_rests_on_record',
    ],
  ])('is not issued without %s', async (_, forgery, constraint) => {
    expect(await issue(forgery)).toBe(constraint);
  });

  it('rests on nothing that only one person stands for', async () => {
    const { incidentId, scopeDigest } = known;
    await post(mofa, `/v1/incidents/${incidentId}/evidence`, evidenceBody(scopeDigest));
    expect(await issue({})).toBe('order_rests_on_record');
  });

  it('has no basis, no part and no state beside its way', async () => {
    const part = `INSERT INTO order_part (order_id, agency, state, jws, recorded_by, correlation_id) VALUES ($ORDER, 'npa', 'COMPLETED', 'j', 'x', 'x')`;
    expect(await tried(part)).toMatch('when the order is issued');
    expect(await tried(`UPDATE tasking_order SET state = 'COMPLETED', version = 2 WHERE id = $ORDER`)).toMatch(
      'does not go from DRAFT to COMPLETED',
    );
  });

  it('that was issued goes on by its agency’s signed returns alone', async () => {
    expect((await post(officer2, `/v1/orders/${orderId}/issuance`)).status).toBe(200);
    expect(await tried(`UPDATE order_part SET state = 'ACKNOWLEDGED' WHERE order_id = $ORDER`)).toMatch(
      'signed return',
    );
    expect(await tried(`UPDATE order_part SET state = 'COMPLETED' WHERE order_id = $ORDER`)).toMatch(
      'does not go from',
    );
    const acknowledged = `UPDATE tasking_order SET state = 'ACKNOWLEDGED', version = 3 WHERE id = $ORDER`;
    expect(await tried(acknowledged, step(3, 'ISSUED', 'ACKNOWLEDGED'))).toBe('order_follows_returns');
    const later = `UPDATE tasking_order SET state = 'STOP_REQUESTED', version = 3, not_after = now() + interval '1 year' WHERE id = $ORDER`;
    expect(await tried(later, step(3, 'ISSUED', 'STOP_REQUESTED'))).toMatch('stays as it was issued');
    const more = `INSERT INTO order_part (order_id, agency, state, jws, recorded_by, correlation_id) VALUES ($ORDER, 'sdf', 'ISSUED', 'j', 'x', 'x')`;
    expect(await tried(more)).toMatch('when the order is issued');
  });
});
