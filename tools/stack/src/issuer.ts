import type { JSONWebKeySet } from '@sekisho/signing';
import Provider, { type ClientMetadata, errors, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { ClientClaims } from './clients.js';

const TOKEN_LIFETIME_S = 600;

export interface IssuerConfiguration {
  /** Its URL, which tokens carry as `iss`. */
  issuer: string;
  port: number;
  audiences: readonly string[];
  clients: Readonly<Record<string, ClientClaims & { secret: string }>>;
  /** Private keys to sign with, ES256. */
  jwks: JSONWebKeySet;
}

/**
 * An OpenID provider that knows one grant, client credentials, and gives JWT access tokens that say who the client is.
 * `audience` may name one of the services; left out, the token is valid for all.
 */
export function createIssuer(configuration: IssuerConfiguration): Provider {
  const { audiences } = configuration;
  // oidc-provider knows one audience per token, from a resource; ours are set in `customise`.
  const resource = 'urn:sekisho:services';
  const settings: Configuration = {
    clients: Object.entries(configuration.clients).map(([id, claims]) => clientMetadata(id, claims)),
    jwks: configuration.jwks as unknown as NonNullable<Configuration['jwks']>,
    extraClientMetadata: { properties: ['roles', 'organisation', 'person'] },
    // Without the authorisation flow there are no cookies, but the provider wants a key for them.
    cookies: { keys: ['unused'] },
    responseTypes: [],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: resource,
          accessTokenTTL: TOKEN_LIFETIME_S,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    ttl: { ClientCredentials: TOKEN_LIFETIME_S },
    formats: {
      customizers: {
        jwt: (context, _token, { payload }) => {
          const { client } = context.oidc;
          const { roles, organisation, person } = (client?.metadata() ?? {}) as Partial<ClientClaims>;
          Object.assign(payload, {
            aud: wantedAudience(context, audiences),
            roles,
            organisation,
            person_id: person,
          });
        },
      },
    },
  };
  return new Provider(configuration.issuer, settings);
}

function clientMetadata(id: string, { secret, ...claims }: ClientClaims & { secret: string }): ClientMetadata {
  return {
    ...claims,
    client_id: id,
    client_secret: secret,
    grant_types: ['client_credentials'],
    id_token_signed_response_alg: 'ES256',
    redirect_uris: [],
    response_types: [],
  };
}

/** As a list even for one: some clients tell one audience from several by the type. */
function wantedAudience(context: KoaContextWithOIDC, audiences: readonly string[]): string[] {
  const wanted = context.oidc.body?.['audience'];
  if (wanted === undefined) return [...audiences];
  if (typeof wanted === 'string' && audiences.includes(wanted)) return [wanted];
  throw new errors.InvalidTarget('audience is none of the services');
}
