import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Role, ROLES, SERVICES } from '@sekisho/contracts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TestPrincipal {
  readonly subject: string;
  /** The human behind the subject; the subject itself where it is left out. */
  readonly person?: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
}

export interface TestIssuer {
  /** Value for a service's `SEKISHO_ISSUERS`, parsed. */
  readonly issuers: {
    issuer: string;
    jwksUri: string;
    audience: string[];
    roles: Role[];
    organisations: '*';
    persons: boolean;
  }[];
  token(principal: TestPrincipal, over?: { audience?: string[]; lifetime?: number; age?: number }): Promise<string>;
  stop(): Promise<void>;
}

/** An issuer for tests: it says of anyone what a test wants, with keys of its own behind a real key-set URL. */
export async function testIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'test', use: 'sig' }] });
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(jwks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuers: [
      { issuer, jwksUri: `${issuer}/jwks`, audience: [], roles: [...ROLES], organisations: '*', persons: true },
    ],
    token: (
      { subject, person = subject, organisation, roles },
      { audience = [...SERVICES], lifetime = 300, age = 0 } = {},
    ) => {
      const at = Math.floor(Date.now() / 1000) - age;
      return new SignJWT({ roles: [...roles], organisation, person_id: person })
        .setProtectedHeader({ alg: 'ES256', kid: 'test' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(at)
        .setExpirationTime(at + lifetime)
        .sign(privateKey);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
