import { jsonVariable } from '@sekisho/service';
import { z } from 'zod';

/** `SEKISHO_PEERS`: base URLs of the services that own what an order rests on. */
export const peersVariable = jsonVariable(
  z.object({ classification: z.url(), scheduling: z.url(), oversight: z.url() }),
);
export type Peers = z.infer<typeof peersVariable>;
export type Peer = keyof Peers;

export interface PeerAccess {
  readonly peers: Peers;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface StandingAnswer {
  readonly service: Peer;
  readonly stands: boolean;
  /** Why not, as the owner codes it; `SILENT` where it gave no answer. Undefined where it stands. */
  readonly fault?: string;
  readonly detail: string;
  readonly askedAt: string;
}

/** No answer from the owner. */
export const SILENT = 'SILENT';
const PATIENCE_MS = 3_000;
const RENEW_BEFORE_MS = 60_000;
const answer = z.object({
  stands: z.boolean(),
  fault: z.string().nullable().optional(),
  detail: z.string().optional(),
});
const token = z.object({ access_token: z.string(), expires_in: z.number() });

/** Asks the owners whether what they gave still stands. Who cannot be reached, or says anything unclear, does not vouch. */
export class StandingDesk {
  private held: { token: string; until: number } | undefined;

  constructor(private readonly access: PeerAccess) {}

  async ask(service: Peer, incidentId: string, scopeDigest: string, askedAt: string): Promise<StandingAnswer> {
    const query = new URLSearchParams({ incidentId, scopeDigest });
    try {
      const response = await fetch(`${this.access.peers[service]}/v1/standing?${query}`, {
        headers: { authorization: `Bearer ${await this.token()}` },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!response.ok) {
        this.held = undefined;
        return { service, stands: false, fault: SILENT, detail: `${service} answered ${response.status}`, askedAt };
      }
      const { stands, fault, detail = '' } = answer.parse(await response.json());
      return { service, stands, ...(!stands && fault ? { fault } : {}), detail, askedAt };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { service, stands: false, fault: SILENT, detail: `${service} cannot be reached: ${reason}`, askedAt };
    }
  }

  private async token(): Promise<string> {
    if (this.held && this.held.until > Date.now()) return this.held.token;
    const { tokenEndpoint, clientId, clientSecret } = this.access;
    const response = await fetch(tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
    const granted = token.parse(await response.json());
    this.held = { token: granted.access_token, until: Date.now() + granted.expires_in * 1000 - RENEW_BEFORE_MS };
    return granted.access_token;
  }
}
