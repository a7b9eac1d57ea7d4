import { createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

const MASTER_KEY = /^([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{43})$/;

/** The keys under which the keys of reports are kept. The database has none of them. */
export class MasterKeys {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  /** Name of the one that new keys are kept under. */
  readonly current: string;

  /** Names and keys of 32 bytes, the current one first; there is at least one. */
  constructor(keys: readonly (readonly [name: string, key: Uint8Array])[]) {
    const [first] = keys;
    if (first === undefined) throw new Error('there is no master key');
    this.current = first[0];
    this.keys = new Map(keys.map(([name, key]) => [name, createSecretKey(key)]));
  }

  get names(): string[] {
    return [...this.keys.keys()];
  }

  /** The key of that name. Throws where the configuration does not have it (any more). */
  named(name: string): KeyObject {
    const key = this.keys.get(name);
    if (key === undefined) throw new Error(`CONTACT_MASTER_KEYS has no key ${name}`);
    return key;
  }
}

/** `name:key` and, after commas, earlier ones; a key is 32 bytes in base64url. No fault that is told has a key in it. */
export const masterKeys = z.string().transform((text, context): MasterKeys => {
  const keys: (readonly [string, Uint8Array])[] = [];
  for (const [place, entry] of text.split(',').entries()) {
    const [, name, key] = MASTER_KEY.exec(entry.trim()) ?? [];
    if (name === undefined || key === undefined) {
      context.addIssue(`entry ${place + 1} is not name:key with a key of 32 bytes in base64url`);
    } else if (keys.some(([other]) => other === name)) context.addIssue(`there are two keys of the name ${name}`);
    else keys.push([name, Buffer.from(key, 'base64url')]);
  }
  return keys.length > 0 && context.issues.length === 0 ? new MasterKeys(keys) : z.NEVER;
});
