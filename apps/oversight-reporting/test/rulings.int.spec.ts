import { inHours, readTopic } from '@sekisho/testing';
import { approval } from './cases.js';
import { Commission, member1, member1Elsewhere, member2, operator, person, tasking } from './commission.js';

let commission: Commission;

beforeAll(async () => {
  commission = await Commission.open();
}, 120_000);
afterAll(() => commission?.close());
afterEach(() => {
  commission.now = undefined;
});

const rule = (body: object, by = member1) => commission.post(by, '/v1/rulings', body);
const confirmation = (rulingId: string, by = member2, outcome = 'APPROVED') =>
  commission.post(by, `/v1/rulings/${rulingId}/confirmation`, { outcome });
const urgent = (outcome: string) => ({ outcome, validUntil: undefined });

describe('a ruling', () => {
  it('is recorded by one member, confirmed by another, and only then published as confirmed', async () => {
    const { known, request } = await commission.request();
    const entered = await rule(approval(request));
    expect([entered.status, entered.body.confirmedBy]).toEqual([201, null]);
    expect((await commission.standing(known)).body).toEqual({
      stands: false,
      fault: 'UNDECIDED',
      detail: 'the commission has not ruled',
    });
    const confirmed = await confirmation(entered.body.rulingId);
    expect([confirmed.status, confirmed.body.confirmedBy.person]).toEqual([201, 'member-2']);
    const seen = await readTopic(
      'agency-tasking',
      'oversight.rulings.v1',
      ({ key }) => key === known.incidentId,
      (messages) => messages.length === 2,
    );
    expect(seen.map(({ headers }) => headers['ce_type'])).toEqual(['ruling-recorded.v1', 'ruling-confirmed.v1']);
    expect(seen[1]!.value).toMatchObject({ requestId: request.requestId, outcome: 'APPROVED' });
    const list = await commission.get(member2, `/v1/rulings?incidentId=${known.incidentId}`);
    expect(list.body.items).toMatchObject([{ rulingId: entered.body.rulingId, confirmedBy: { person: 'member-2' } }]);
  });

  it('is not confirmed by whoever recorded it, by whatever client: the database says so', async () => {
    const { request } = await commission.request();
    const { rulingId } = (await rule(approval(request))).body;
    for (const same of [member1, member1Elsewhere]) {
      const { status, body } = await confirmation(rulingId, same);
      expect([status, body.type]).toEqual([409, 'urn:sekisho:problem:same-person']);
    }
    const raw = `INSERT INTO ruling_confirmation (ruling_id, request_id, confirmed_actor, recorded_at, recorded_by, correlation_id)
                 VALUES ($1, $2, '{"person":"member-1"}', now(), 'x', 'x')`;
    await expect(commission.database.query('app', raw, [rulingId, request.requestId])).rejects.toThrow(
      'ruling_two_persons',
    );
    const nobody = raw.replace('{"person":"member-1"}', '{}');
    await expect(commission.database.query('app', nobody, [rulingId, request.requestId])).rejects.toThrow(
      /check constraint/,
    );
    expect((await confirmation(rulingId)).status).toBe(201);
  });

  it('is confirmed by entering its outcome again: another one is a conflict and confirms nothing', async () => {
    const { request } = await commission.request();
    const { rulingId } = (await rule(approval(request))).body;
    expect((await confirmation(rulingId, member2, 'REFUSED')).status).toBe(409);
    expect((await commission.get(member2, `/v1/rulings/${rulingId}`)).body.confirmedBy).toBeNull();
  });

  it('can be confirmed without its outcome entered again, and by an id in capitals, which names the same', async () => {
    const { known, request } = await commission.request();
    const { rulingId } = (await rule(approval({ ...request, requestId: request.requestId.toUpperCase() }))).body;
    const path = `/v1/rulings/${rulingId.toUpperCase()}/confirmation`;
    expect((await commission.post(member2, path, {})).body).toMatchObject({ rulingId, requestId: request.requestId });
    const { scopeDigest } = known;
    const capitals = new URLSearchParams({ incidentId: known.incidentId.toUpperCase(), scopeDigest });
    expect((await commission.get(tasking, `/v1/standing?${capitals}`)).body.stands).toBe(true);
  });

  it('is made once: a second on the same request is refused', async () => {
    const { request } = await commission.request();
    const first = (await rule(approval(request))).body;
    const second = (await rule({ ...approval(request), outcome: 'REFUSED' })).body;
    expect((await confirmation(first.rulingId)).status).toBe(201);
    for (const late of [await confirmation(second.rulingId, member2, 'REFUSED'), await rule(approval(request))]) {
      expect([late.status, late.body.type]).toEqual([409, 'urn:sekisho:problem:illegal-transition']);
    }
  });

  it('cannot be about a scope that no longer stands; the answer names the one that does', async () => {
    const { known, request } = await commission.request();
    const { rulingId } = (await rule(approval(request))).body;
    await commission.lapse(known);
    await commission.recorded(known.incidentId, 4);
    for (const late of [await confirmation(rulingId), await rule(approval(request))]) {
      expect([late.status, late.body.type]).toEqual([409, 'urn:sekisho:problem:stale-scope']);
      expect(late.body.currentScopeDigest).toBeNull();
    }
  });

  it.each([
    [{ outcome: 'JUSTIFIED' }, '/outcome'],
    [{ validUntil: undefined }, '/validUntil'],
    [{ requestId: '00000000-0000-4000-8000-000000000000' }, '/requestId'],
    [{ colour: 'red' }, '/colour'],
  ])('with %j is refused', async (fault, pointer) => {
    const { request } = await commission.request();
    const { status, body } = await rule({ ...approval(request), ...fault });
    expect([status, body.errors.map((each: { pointer: string }) => each.pointer)]).toEqual([400, [pointer]]);
  });

  it('is the commission’s alone', async () => {
    const { request } = await commission.request();
    expect((await rule(approval(request), person('officer', 'tasking-officer'))).status).toBe(403);
    expect((await rule(approval(request), operator)).status).toBe(403);
    expect((await commission.post(null, '/v1/rulings', approval(request))).status).toBe(401);
  });

  it('asked for twice with one key is made once', async () => {
    const { known, request } = await commission.request();
    const key = { 'idempotency-key': `key-${request.requestId}` };
    const body = approval(request);
    const [first, again] = [
      await commission.post(member1, '/v1/rulings', body, key),
      await commission.post(member1, '/v1/rulings', body, key),
    ];
    expect([again.status, again.body.rulingId]).toEqual([first.status, first.body.rulingId]);
    const { items } = (await commission.get(member1, `/v1/rulings?incidentId=${known.incidentId}`)).body;
    expect(items).toHaveLength(1);
  });
});

describe('standing', () => {
  it('of an approval ends with its time', async () => {
    const { known, request } = await commission.request();
    await confirmation((await rule(approval(request))).body.rulingId);
    expect((await commission.standing(known)).body).toEqual({ stands: true, fault: null, detail: 'approved' });
    commission.now = new Date(inHours(25));
    expect((await commission.standing(known)).body).toEqual({
      stands: false,
      fault: 'EXPIRED',
      detail: 'the approval has expired',
    });
  });

  it('of an approval ends with the confirmation that it was about', async () => {
    const { known, request } = await commission.request();
    await confirmation((await rule(approval(request))).body.rulingId);
    await commission.lapse(known);
    await commission.recorded(known.incidentId, 5);
    expect((await commission.standing(known)).body.stands).toBe(false);
  });

  it.each([
    ['JUSTIFIED', true],
    ['UNJUSTIFIED', false],
  ])('of an urgent case is given until the ruling; after %s it is %s', async (outcome, stands) => {
    const { known, request } = await commission.request('POST_NOTIFICATION');
    expect((await commission.standing(known)).body.stands).toBe(true);
    const { body } = await rule({ ...approval(request), ...urgent(outcome) });
    expect((await confirmation(body.rulingId, member2, outcome)).status).toBe(201);
    expect((await commission.standing(known)).body.stands).toBe(stands);
  });
});

describe('requests', () => {
  it('are listed with what became of them, page by page', async () => {
    const { known, request } = await commission.request();
    const path = `/v1/commission-requests?incidentId=${known.incidentId}`;
    expect((await commission.get(member1, path)).body.items).toMatchObject([{ state: 'PENDING', rulingId: null }]);
    await confirmation((await rule(approval(request))).body.rulingId);
    await commission.recorded(known.incidentId, 4);
    expect((await commission.get(member1, path)).body.items).toMatchObject([{ state: 'RULED' }]);
    const first = (await commission.get(member1, '/v1/commission-requests?limit=1')).body;
    const next = (await commission.get(member1, `/v1/commission-requests?limit=1&cursor=${first.next}`)).body;
    expect(next.items[0].requestId > first.items[0].requestId).toBe(true);
  });
});
