import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { IssuerConfig } from './issuers.js';
import { IssuerUnavailable, TokenVerifier } from './token-verifier.js';

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

let server: Server;
let jwksUri: string;
let ours: PrivateKey;
let stranger: PrivateKey;

const issuer = (over: Partial<IssuerConfig> = {}): IssuerConfig => ({
  issuer: 'https://id.example',
  jwksUri,
  audience: [],
  roles: ['partner', 'analyst'],
  organisations: '*',
  persons: true,
  ...over,
});

interface Claims {
  roles?: unknown;
  organisation?: string | undefined;
  person_id?: string;
  aud?: string;
  iss?: string;
  life?: number;
  age?: number;
}

function token(claims: Claims = {}, key = ours): Promise<string> {
  const { life = 300, age = 0, aud = 'classification', iss = 'https://id.example', ...own } = claims;
  const at = Math.floor(Date.now() / 1000) - age;
  return new SignJWT({ roles: ['analyst'], organisation: 'org-nco', person_id: 'p1', ...own })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer(iss)
    .setAudience(aud)
    .setSubject('s1')
    .setIssuedAt(at)
    .setExpirationTime(at + life)
    .sign(key);
}

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  ours = pair.privateKey;
  stranger = (await generateKeyPair('ES256')).privateKey;
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }] });
  server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(keys));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => server.close());

describe('a token', () => {
  it('becomes a principal with the person behind it', async () => {
    expect(await new TokenVerifier('classification', [issuer()]).verify(await token())).toEqual({
      issuer: 'https://id.example',
      subject: 's1',
      person: 'p1',
      organisation: 'org-nco',
      roles: ['analyst'],
    });
  });

  it.each<[string, Claims, RegExp]>([
    ['has expired', { age: 900 }, /expired/],
    ['lives longer than ten minutes', { life: 601 }, /longer than 10 minutes/],
    ['is for another service', { aud: 'agency-tasking' }, /aud/],
    ['comes from another issuer', { iss: 'https://evil.example' }, /issuer is not trusted/],
    ['names no organisation', { organisation: undefined }, /organisation is missing/],
  ])('is refused when it %s', async (_, claims, reason) => {
    await expect(new TokenVerifier('classification', [issuer()]).verify(await token(claims))).rejects.toThrow(reason);
  });

  it('is refused when another key signed it, or nobody', async () => {
    const verifier = new TokenVerifier('classification', [issuer()]);
    await expect(verifier.verify(await token({}, stranger))).rejects.toThrow('does not verify');
    const [, payload] = (await token()).split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    await expect(verifier.verify(unsigned)).rejects.toThrow('does not verify');
    await expect(verifier.verify('no.token')).rejects.toThrow('not a JWT');
  });

  it('gets no role that its issuer may not vouch for: a partner’s provider makes no commissioner', async () => {
    const verifier = new TokenVerifier('classification', [issuer({ roles: ['partner'] })]);
    const principal = await verifier.verify(await token({ roles: ['partner', 'commission', 'no-such-role'] }));
    expect(principal.roles).toEqual(['partner']);
  });

  it('is refused when its issuer may not vouch for the organisation', async () => {
    const verifier = new TokenVerifier('classification', [issuer({ organisations: ['org-power'] })]);
    await expect(verifier.verify(await token())).rejects.toThrow('may not vouch for this organisation');
  });

  it('speaks for its own subject where the issuer may not say who the person is', async () => {
    const verifier = new TokenVerifier('classification', [issuer({ persons: false })]);
    expect((await verifier.verify(await token())).person).toBe('https://id.example#s1');
  });

  it('cannot be judged while the issuer’s keys cannot be fetched', async () => {
    const verifier = new TokenVerifier('classification', [issuer({ jwksUri: 'http://127.0.0.1:9/' })]);
    await expect(verifier.verify(await token())).rejects.toThrow(IssuerUnavailable);
  });
});
