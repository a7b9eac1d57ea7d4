import { randomUUID } from 'node:crypto';
import { findGuideline } from '@sekisho/guideline';
import { digestOfGuideline } from '@sekisho/signing';
import { actor, eventually, sendEvent } from '@sekisho/testing';
import { Desk, officer2 } from './desk.js';
import { Journey } from './journey.js';

const guideline = findGuideline('acd-2026-10')!;

/** Which version is in force follows from what was adopted, as tasking has heard it. */
describe('a version of the guideline that was adopted', () => {
  let desk: Desk;
  let journey: Journey;
  beforeAll(async () => {
    desk = await Desk.open();
    journey = new Journey(desk);
  }, 120_000);
  afterAll(() => desk?.close());

  const rows = (adoptionId: string) =>
    desk.database.query<{ digest: string }>('app', 'SELECT * FROM guideline_adoption WHERE adoption_id = $1', [
      adoptionId,
    ]);

  it('is kept once, however often it is told', async () => {
    const at = new Date().toISOString();
    const data = {
      adoptionId: randomUUID(),
      guideline: guideline.id,
      digest: digestOfGuideline(guideline),
      document: { name: 'A decision', digest: `sha256:${'a'.repeat(64)}` },
      // Other suites hear of it too: no order of theirs is planned for then.
      from: '2199-04-01T00:00:00+09:00',
      ...{ proposedBy: actor('secretariat-1'), proposedAt: at, confirmedBy: actor('secretariat-2'), confirmedAt: at },
    };
    const ce_id = randomUUID();
    const tell = (headers: Record<string, string>) =>
      sendEvent('classification', 'classification.guidelines.v1', 'guideline-adopted.v1', 'guideline', data, headers);
    await tell({ ce_id });
    await tell({ ce_id });
    const last = randomUUID();
    await sendEvent('classification', 'classification.guidelines.v1', 'guideline-adopted.v1', 'guideline', {
      ...data,
      adoptionId: last,
    });
    await eventually('the last of them', async () => (await rows(last)).length > 0, 40_000);
    expect(await rows(data.adoptionId)).toMatchObject([{ digest: data.digest }]);
  });

  it.each([
    ['another version', 'acd-2025-12-draft', digestOfGuideline(findGuideline('acd-2025-12-draft')!)],
    ['a text that this release does not have', 'acd-2026-10', `sha256:${'0'.repeat(64)}`],
  ])('lets no order be issued that was determined otherwise: %s', async (_what, id, digest) => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await journey.supply(known);
    // Straight into this database: an event would reach other suites, whose orders are planned for today.
    const adopt = (version: string, of: string) =>
      desk.database.query(
        'app',
        `INSERT INTO guideline_adoption (adoption_id, guideline, digest, effective_from, confirmed_at, recorded_by, correlation_id)
         VALUES ($1, $2, $3, '2026-10-02T00:00:00Z', now(), 'test', 'test')`,
        [randomUUID(), version, of],
      );
    await adopt(id, digest);
    expect(await desk.client.call(officer2, 'POST', `/v1/orders/${orderId}/issuance`)).toMatchObject({
      status: 409,
      body: { reasons: expect.arrayContaining([{ code: 'GUIDELINE_NOT_IN_FORCE', detail: 'acd-2026-10' }]) },
    });
    await adopt(guideline.id, digestOfGuideline(guideline));
    expect((await desk.client.call(officer2, 'POST', `/v1/orders/${orderId}/issuance`)).status).toBe(200);
  });
});
