import { role, type Role } from '@sekisho/contracts';
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import type { IssuerConfig } from './issuers.js';
import type { Principal } from './principal.js';

const LONGEST_LIFE_S = 600;
const CLOCK_TOLERANCE_S = 30;
const ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'];

/** A token was not accepted; the message says why and is safe to show. */
export class NotAuthenticated extends Error {
  override readonly name = 'NotAuthenticated';
}

/** An issuer's keys cannot be had: nobody can be let in, but the caller did nothing wrong. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** Turns bearer tokens into principals: OAuth 2.0 JWTs of at most 10 minutes from the configured issuers. */
export class TokenVerifier {
  private readonly issuers: Map<string, { config: IssuerConfig; keys: ReturnType<typeof createRemoteJWKSet> }>;

  /** `service` is the audience that tokens must name. */
  constructor(
    private readonly service: string,
    issuers: readonly IssuerConfig[],
  ) {
    this.issuers = new Map(
      issuers.map((config) => [config.issuer, { config, keys: createRemoteJWKSet(new URL(config.jwksUri)) }]),
    );
  }

  /** The principal that the token speaks for. Throws {@link NotAuthenticated} or {@link IssuerUnavailable}. */
  async verify(token: string): Promise<Principal> {
    const trusted = this.issuers.get(issuerOf(token));
    if (!trusted) throw new NotAuthenticated('the issuer is not trusted');
    const { config, keys } = trusted;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: config.issuer,
        audience: [this.service, ...config.audience],
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return toPrincipal(payload, config);
    } catch (error) {
      if (error instanceof NotAuthenticated) throw error;
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
        throw new IssuerUnavailable('the keys of the issuer cannot be fetched', { cause: error });
      }
      throw new NotAuthenticated(reason(error), { cause: error });
    }
  }
}

function issuerOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw new NotAuthenticated('the token is not a JWT');
  }
}

function reason(error: InstanceType<typeof errors.JOSEError>): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} is missing or not accepted`;
  return 'the token does not verify';
}

function toPrincipal(claims: JWTPayload, issuer: IssuerConfig): Principal {
  const { sub, exp = 0, iat = 0, organisation, person_id: person } = claims;
  if (exp - iat > LONGEST_LIFE_S) throw new NotAuthenticated('the token lives longer than 10 minutes');
  if (typeof organisation !== 'string' || organisation === '') {
    throw new NotAuthenticated('the claim organisation is missing');
  }
  if (issuer.organisations !== '*' && !issuer.organisations.includes(organisation)) {
    throw new NotAuthenticated('the issuer may not vouch for this organisation');
  }
  return {
    issuer: issuer.issuer,
    subject: sub!,
    person: issuer.persons && typeof person === 'string' && person !== '' ? person : `${issuer.issuer}#${sub}`,
    organisation,
    roles: vouchedRoles(claims['roles'], issuer),
  };
}

/** Roles that the token claims and its issuer may give; others are passed over, as if they were not claimed. */
function vouchedRoles(claimed: unknown, issuer: IssuerConfig): Role[] {
  const list = Array.isArray(claimed) ? claimed : [];
  return list.flatMap((name) => {
    const parsed = role.safeParse(name);
    return parsed.success && issuer.roles.includes(parsed.data) ? [parsed.data] : [];
  });
}
