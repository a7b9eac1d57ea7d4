import { type CipherKey, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Contact } from '@sekisho/contracts';
import type { MasterKeys } from './master-keys.js';

const ALGORITHM = 'aes-256-gcm';
const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16];

/** A report's key as it is kept. */
export interface WrappedKey {
  /** Name of the master key that it is kept under. */
  readonly master: string;
  readonly wrapped: Uint8Array;
}

interface KeyPlace {
  readonly reportId: string;
  readonly version: number;
}

interface ContactPlace {
  readonly reportId: string;
  readonly ref: string;
}

// What is sealed opens in its own place alone: no row can be put in the place of another.
const aboutKey = ({ reportId, version }: KeyPlace, master: string) => `key ${reportId} ${version} ${master}`;
const aboutContact = ({ reportId, ref }: ContactPlace) => `contact ${reportId} ${ref}`;

/** Nonce, ciphertext and tag. Nonces are random: one key may seal some 2^32 times, and a report's key seals a handful. */
export function seal(key: CipherKey, plain: Uint8Array, about: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where it was sealed under another key or about something else, or has been changed since. */
export function open(key: CipherKey, sealed: Uint8Array, about: string): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(about));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}

export const newKey = (): Buffer => randomBytes(KEY_BYTES);

/** A report's key, to be kept: 60 bytes under the current master key. */
export function wrapKey(masters: MasterKeys, key: Uint8Array, place: KeyPlace): WrappedKey {
  const master = masters.current;
  return { master, wrapped: seal(masters.named(master), key, aboutKey(place, master)) };
}

/** Throws where its master key is not there, or it is not the key of that place. */
export const unwrapKey = (masters: MasterKeys, { master, wrapped }: WrappedKey, place: KeyPlace): Buffer =>
  open(masters.named(master), wrapped, aboutKey(place, master));

export const sealContact = (key: Uint8Array, contact: Contact, place: ContactPlace): Buffer =>
  seal(key, Buffer.from(JSON.stringify(contact)), aboutContact(place));

/** Throws where it is not the contact of that place, or was not sealed under that key. */
export const openContact = (key: Uint8Array, sealed: Uint8Array, place: ContactPlace): Contact =>
  JSON.parse(open(key, sealed, aboutContact(place)).toString()) as Contact;
