import { digestOf, generateKeySet, KeySet, rotateSigningKey } from '@sekisho/signing';
import { findings } from './verify-receipt.js';

const REPORT = { title: '停電', operator: { name: '電力' } };
const payload = {
  reportId: '01940000-0000-7000-8000-000000000001',
  number: 7,
  digest: digestOf(REPORT),
  receivedAt: '2026-11-25T01:02:03.000Z',
  organisation: 'org-power',
};
const holds = async (...asked: Parameters<typeof findings>): Promise<boolean[]> =>
  (await findings(...asked)).map(({ good }) => good);

describe('sekisho verify-receipt', () => {
  it('accepts a receipt and its report, also after the key was replaced', async () => {
    const before = await generateKeySet();
    const receipt = await new KeySet(before.keys).sign(payload, 'sekisho-receipt+jws');
    const keys = new KeySet((await rotateSigningKey(before)).keys).publicKeys();
    expect(await findings(receipt, keys, { operator: { name: '電力' }, title: '停電' })).toEqual([
      { good: true, said: `intake received report 7 (${payload.reportId}) of org-power at ${payload.receivedAt}` },
      { good: true, said: `the report is the one that was received: ${payload.digest}` },
    ]);
  });

  it('refuses a report of which anything was changed', async () => {
    const set = new KeySet((await generateKeySet()).keys);
    const receipt = await set.sign(payload, 'sekisho-receipt+jws');
    expect(await holds(receipt, set.publicKeys(), { ...REPORT, title: '停電?' })).toEqual([true, false]);
  });

  it('says of a report without its contact that only what was sent can be compared', async () => {
    const set = new KeySet((await generateKeySet()).keys);
    const receipt = await set.sign(payload, 'sekisho-receipt+jws');
    const [, second] = await findings(receipt, set.publicKeys(), undefined, '2026-12-01T00:00:00.000Z');
    expect(second).toEqual({
      good: true,
      said: `whom to contact was erased at 2026-12-01T00:00:00.000Z; its content was ${payload.digest}; with --report it is compared`,
    });
    const sent = await findings(receipt, set.publicKeys(), REPORT, '2026-12-01T00:00:00.000Z');
    expect(sent.map(({ good }) => good)).toEqual([true, true]);
  });

  it('refuses what another party signed, and what intake signed as something else', async () => {
    const [set, other] = [new KeySet((await generateKeySet()).keys), new KeySet((await generateKeySet()).keys)];
    expect(await holds(await other.sign(payload, 'sekisho-receipt+jws'), set.publicKeys(), REPORT)).toEqual([false]);
    expect(await holds(await set.sign(payload, 'sekisho-order+jws'), set.publicKeys(), REPORT)).toEqual([false]);
  });
});
