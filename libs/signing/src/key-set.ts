import { readFile } from 'node:fs/promises';
import {
  calculateJwkThumbprint,
  CompactEncrypt,
  compactDecrypt,
  CompactSign,
  compactVerify,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
} from 'jose';

// What openssl, Python and Go clients all know.
const SIGNATURE = 'ES256';
const AGREEMENT = 'ECDH-ES+A256KW';
const CONTENT = 'A256GCM';

/** Why a signature or a seal was not accepted. */
export class NotAuthentic extends Error {
  override readonly name = 'NotAuthentic';
}

const isPrivate = (key: JWK): boolean => typeof key['d'] === 'string';

/** The key itself where it is public already: jose imports each object once, and importing costs more than signing. */
function publicPart(key: JWK): JWK {
  if (!isPrivate(key)) return key;
  const { d: _secret, ...rest } = key;
  return rest;
}

/** Private keys of one party: the first of each use is the active one, the others still verify or open what is older. */
export class KeySet {
  constructor(private readonly keys: readonly JWK[]) {}

  /** Compact JWS (ES256) of a JSON payload, with the key's id in its header. `typ` names what kind of thing is signed. */
  async sign(payload: object, typ: string): Promise<string> {
    const key = this.keys.find((candidate) => candidate.use === 'sig' && isPrivate(candidate));
    if (!key) throw new Error('key set has no private sig key');
    return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({ alg: SIGNATURE, typ, ...(key.kid === undefined ? {} : { kid: key.kid }) })
      .sign(key);
  }

  /** Opens a compact JWE that was sealed to one of this set's `enc` keys. Throws {@link NotAuthentic}. */
  async open(jwe: string): Promise<string> {
    try {
      const { kid } = decodeProtectedHeader(jwe);
      const candidates = this.keys.filter((key) => key.use === 'enc' && (kid === undefined || key.kid === kid));
      for (const key of candidates) {
        const { plaintext } = await compactDecrypt(jwe, key, {
          keyManagementAlgorithms: [AGREEMENT],
          contentEncryptionAlgorithms: [CONTENT],
        });
        return new TextDecoder().decode(plaintext);
      }
    } catch (error) {
      throw new NotAuthentic('cannot be opened', { cause: error });
    }
    throw new NotAuthentic('sealed to another key');
  }

  /** What others need to verify and to seal: no private part. */
  publicKeys(): JSONWebKeySet {
    return { keys: this.keys.map(publicPart) };
  }
}

/** Reads a private JWK set from a file. Throws where the file is missing or is no key set. */
export async function loadKeySet(path: string): Promise<KeySet> {
  const parsed = JSON.parse(await readFile(path, 'utf8')) as Partial<JSONWebKeySet>;
  if (!Array.isArray(parsed.keys)) throw new Error(`${path} holds no JWK set`);
  return new KeySet(parsed.keys);
}

async function newKey(use: 'sig' | 'enc'): Promise<JWK> {
  const alg = use === 'sig' ? SIGNATURE : AGREEMENT;
  const { privateKey } = await generateKeyPair(alg, { extractable: true, crv: 'P-256' });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, use, alg, kid: await calculateJwkThumbprint(jwk) };
}

/** A new private JWK set with a signing and an encryption key (P-256), each with its RFC 7638 thumbprint as `kid`. */
export async function generateKeySet(): Promise<JSONWebKeySet> {
  return { keys: [await newKey('sig'), await newKey('enc')] };
}

/**
 * The set with a new signing key before the others. Of the earlier signing keys only the public parts stay: what they signed goes on
 * verifying, and nothing can be signed with them any more.
 */
export async function rotateSigningKey({ keys }: JSONWebKeySet): Promise<JSONWebKeySet> {
  return { keys: [await newKey('sig'), ...keys.map((key) => (key.use === 'sig' ? publicPart(key) : key))] };
}

/**
 * Payload of a compact JWS, verified with one of the given public keys.
 * Throws {@link NotAuthentic} for an unknown key, another algorithm, another `typ` than the one named, or a bad signature. With
 * `untyped: 'allowed'` the `typ` may be left out, but still not be another.
 */
export async function verify(
  jws: string,
  keySet: JSONWebKeySet,
  typ?: string,
  { untyped = 'refused' }: { untyped?: 'allowed' | 'refused' } = {},
): Promise<unknown> {
  try {
    const header = decodeProtectedHeader(jws);
    const leftOut = header.typ === undefined && untyped === 'allowed';
    if (typ !== undefined && header.typ !== typ && !leftOut) throw new NotAuthentic(`typ is not ${typ}`);
    const candidates = keySet.keys.filter(
      (key) => key.use === 'sig' && (header.kid === undefined || key.kid === header.kid),
    );
    if (candidates.length === 0) throw new NotAuthentic('signed with an unknown key');
    for (const [position, key] of candidates.entries()) {
      try {
        const { payload } = await compactVerify(jws, publicPart(key), {
          algorithms: [SIGNATURE],
        });
        return JSON.parse(new TextDecoder().decode(payload));
      } catch (error) {
        if (position === candidates.length - 1) throw error;
      }
    }
  } catch (error) {
    if (error instanceof NotAuthentic) throw error;
    throw new NotAuthentic('signature does not verify', { cause: error });
  }
  throw new NotAuthentic('signed with an unknown key');
}

/** Compact JWE (ECDH-ES+A256KW, A256GCM) of a text to the recipient's `enc` key. Throws where it has none. */
export async function seal(text: string, recipient: JSONWebKeySet): Promise<string> {
  const key = recipient.keys.find((candidate) => candidate.use === 'enc');
  if (!key) throw new Error('recipient has no enc key');
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({
      alg: AGREEMENT,
      enc: CONTENT,
      cty: 'JOSE',
      ...(key.kid === undefined ? {} : { kid: key.kid }),
    })
    .encrypt(publicPart(key));
}
