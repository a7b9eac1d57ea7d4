import { randomBytes } from 'node:crypto';
import { newKey, openContact, sealContact, unwrapKey, wrapKey } from './contact-seal.js';
import { MasterKeys } from './master-keys.js';

const [reportId, ref, other] = ['r1', 'c1', 'x'];
const contact = { name: '山田 花子', email: 'h.yamada@hospital.example' };
const flipped = (bytes: Uint8Array, place: number): Uint8Array =>
  bytes.map((byte, at) => (at === place ? byte ^ 1 : byte));

describe('a sealed contact', () => {
  const key = newKey();
  const sealed = sealContact(key, contact, { reportId, ref });

  it('opens in its place, and says nothing of itself', () => {
    expect(openContact(key, sealed, { reportId, ref })).toEqual(contact);
    expect(sealed.includes('yamada')).toBe(false);
    expect(sealContact(key, contact, { reportId, ref }).equals(sealed)).toBe(false);
  });

  it.each([
    ['for another ref', key, sealed, { reportId, ref: other }],
    ['for another report', key, sealed, { reportId: other, ref }],
    ['with another key', newKey(), sealed, { reportId, ref }],
    ['shortened', key, sealed.subarray(0, -1), { reportId, ref }],
    ['to nothing', key, sealed.subarray(0, 0), { reportId, ref }],
  ])('does not open %s', (_, by, bytes, place) => {
    expect(() => openContact(by, bytes, place)).toThrow();
  });

  it('does not open with any byte of it changed', () => {
    for (const place of sealed.keys()) {
      expect(() => openContact(key, flipped(sealed, place), { reportId, ref })).toThrow();
    }
  });
});

describe('a report’s key', () => {
  const masters = new MasterKeys([['a', randomBytes(32)]]);
  const key = newKey();
  const kept = wrapKey(masters, key, { reportId, version: 1 });

  it('comes back from its place, as 60 bytes', () => {
    expect(kept.wrapped).toHaveLength(60);
    expect(unwrapKey(masters, kept, { reportId, version: 1 }).equals(key)).toBe(true);
  });

  it('comes back under a master key that is not the current one any more', () => {
    const old = randomBytes(32);
    const under = wrapKey(new MasterKeys([['old', old]]), key, { reportId, version: 1 });
    const rotated = new MasterKeys([
      ['new', randomBytes(32)],
      ['old', old],
    ]);
    expect(unwrapKey(rotated, under, { reportId, version: 1 }).equals(key)).toBe(true);
    expect(wrapKey(rotated, key, { reportId, version: 1 }).master).toBe('new');
  });

  it.each([
    ['for another report', kept, { reportId: other, version: 1 }],
    ['for another version', kept, { reportId, version: 2 }],
    ['changed', { ...kept, wrapped: flipped(kept.wrapped, 20) }, { reportId, version: 1 }],
  ])('does not come back %s', (_, wrapped, place) => {
    expect(() => unwrapKey(masters, wrapped, place)).toThrow();
  });

  it('says which master key is missing', () => {
    expect(() => unwrapKey(masters, { ...kept, master: 'lost' }, { reportId, version: 1 })).toThrow(/no key lost/);
  });
});
