import { decodeProtectedHeader } from 'jose';
import { canonical, digestOf } from './canonical.js';
import { generateKeySet, KeySet, NotAuthentic, rotateSigningKey, seal, verify } from './key-set.js';

describe('signed and sealed', () => {
  it('opens for the recipient alone and verifies with the signer’s public keys', async () => {
    const [signer, agency, stranger] = [
      new KeySet((await generateKeySet()).keys),
      new KeySet((await generateKeySet()).keys),
      new KeySet((await generateKeySet()).keys),
    ];
    const jws = await signer.sign({ orderId: 'o1' }, 'sekisho-order+jws');
    const jwe = await seal(jws, agency.publicKeys());

    expect(decodeProtectedHeader(jwe)).toMatchObject({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' });
    expect(await agency.open(jwe)).toBe(jws);
    await expect(stranger.open(jwe)).rejects.toThrow(NotAuthentic);
    expect(await verify(jws, signer.publicKeys(), 'sekisho-order+jws')).toEqual({ orderId: 'o1' });
    await expect(verify(jws, stranger.publicKeys())).rejects.toThrow('unknown key');
    await expect(verify(jws, signer.publicKeys(), 'other')).rejects.toThrow('typ is not other');
  });

  it('refuses a changed payload', async () => {
    const signer = new KeySet((await generateKeySet()).keys);
    const [header, , signature] = (await signer.sign({ amount: 1 }, 't')).split('.');
    const forged = `${header}.${Buffer.from('{"amount":2}').toString('base64url')}.${signature}`;
    await expect(verify(forged, signer.publicKeys())).rejects.toThrow(NotAuthentic);
  });

  it('refuses a payload without a signature', async () => {
    const signer = new KeySet((await generateKeySet()).keys);
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`;
    await expect(verify(none, signer.publicKeys())).rejects.toThrow(NotAuthentic);
  });

  it('publishes no private part', async () => {
    const keys = new KeySet((await generateKeySet()).keys).publicKeys().keys;
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(key).not.toHaveProperty('d');
  });

  it('still verifies what an older key of the set signed', async () => {
    const [older, newer] = [await generateKeySet(), await generateKeySet()];
    const before = await new KeySet(older.keys).sign({ n: 1 }, 't');
    const rotated = new KeySet([...newer.keys, ...older.keys]);
    expect(await verify(before, rotated.publicKeys())).toEqual({ n: 1 });
  });
});

describe('canonical form', () => {
  it('is the same for the same meaning (RFC 8785)', () => {
    expect(canonical({ b: 1, a: [1e21, 'é', { y: null, x: true }] })).toBe(
      '{"a":[1e+21,"é",{"x":true,"y":null}],"b":1}',
    );
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: '1' }));
  });

  it('verifies after two rotations what was signed before, and signs with the newest key alone', async () => {
    const first = await generateKeySet();
    const before = await new KeySet(first.keys).sign({ number: 1 }, 't');
    const second = await rotateSigningKey(first);
    const third = await rotateSigningKey(second);
    const rotated = new KeySet(third.keys);
    const after = await rotated.sign({ number: 2 }, 't');

    expect(await verify(before, rotated.publicKeys())).toEqual({ number: 1 });
    expect(await verify(after, rotated.publicKeys())).toEqual({ number: 2 });
    expect(decodeProtectedHeader(after).kid).toBe(third.keys[0]!.kid);
    await expect(verify(after, new KeySet(second.keys).publicKeys())).rejects.toThrow('unknown key');
    const secret = third.keys.filter((key) => 'd' in key).map(({ use }) => use);
    expect(secret.sort()).toEqual(['enc', 'sig']);
  });

  it('opens after a rotation what was sealed before', async () => {
    const first = await generateKeySet();
    const sealed = await seal('for you', new KeySet(first.keys).publicKeys());
    expect(await new KeySet((await rotateSigningKey(first)).keys).open(sealed)).toBe('for you');
  });
});
