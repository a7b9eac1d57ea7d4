import { readFile, writeFile } from 'node:fs/promises';
import { startService } from '@sekisho/service';
import { digestOf, type JSONWebKeySet, rotateSigningKey, verify } from '@sekisho/signing';
import { TestClient } from '@sekisho/testing';
import { incidentIntake } from '../src/app.module.js';
import { hospital, type IntakeRig, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake();
});

afterAll(() => rig?.stop());

const published = async (url: string): Promise<JSONWebKeySet> =>
  (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
const keyOf = (receipt: string): unknown =>
  (JSON.parse(Buffer.from(receipt.split('.')[0]!, 'base64url').toString()) as { kid: unknown }).kid;

it('a receipt verifies with the published keys before and after the signing key is replaced', async () => {
  const report = sampleReport();
  const { body: before } = await rig.submit(report);
  const file = rig.config.SEKISHO_SIGNING_KEYS;
  await writeFile(
    file,
    JSON.stringify(await rotateSigningKey(JSON.parse(await readFile(file, 'utf8')) as JSONWebKeySet)),
  );
  const later = await startService(incidentIntake({ ...rig.config, PORT: 0 }));
  try {
    const client = new TestClient(later.url, rig.issuer);
    const { body: after } = await client.call(hospital, 'POST', '/v1/reports', sampleReport());
    const keys = await published(later.url);
    expect(await verify(before.receipt, keys, 'sekisho-receipt+jws')).toMatchObject({
      reportId: before.reportId,
      digest: digestOf(report),
    });
    expect(await verify(after.receipt, keys, 'sekisho-receipt+jws')).toMatchObject({ reportId: after.reportId });
    expect(keyOf(after.receipt)).not.toBe(keyOf(before.receipt));
    await expect(verify(after.receipt, await published(rig.service.url))).rejects.toThrow('unknown key');
    expect(keys.keys.filter((key) => 'd' in key)).toEqual([]);
  } finally {
    await later.stop();
  }
});
