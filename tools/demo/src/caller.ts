import { setTimeout as pause } from 'node:timers/promises';
import type { Endpoints } from './endpoints.js';

/** A route answered otherwise than the journey needs: the whole answer is in the message. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

export interface Reply<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Calls documented routes as one of the demo clients, each with a token of its own from the issuer. */
export class Caller {
  private readonly tokens = new Map<string, { token: string; until: number }>();

  constructor(
    private readonly endpoints: Endpoints,
    /** Told apart by run and step, so that a repeated step is answered and not done again. */
    private readonly run: string,
  ) {}

  /** The JSON answer to a GET. Throws {@link UnexpectedAnswer} unless it is 200. */
  async get<Body>(client: string, url: string): Promise<Body> {
    const reply = await this.call<Body>(client, 'GET', url);
    return this.expect(reply, [200], `GET ${url}`);
  }

  /** The JSON answer to a write. Throws {@link UnexpectedAnswer} for anything but success. */
  async write<Body>(client: string, method: 'POST' | 'PUT', url: string, body: unknown, step: string): Promise<Body> {
    const reply = await this.call<Body>(client, method, url, body, step);
    return this.expect(reply, [200, 201, 202], `${method} ${url}`);
  }

  /** The answer as it is, whatever its status; for the steps where a refusal is what should be seen. */
  async call<Body>(client: string, method: string, url: string, body?: unknown, step?: string): Promise<Reply<Body>> {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${await this.token(client)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(step === undefined ? {} : { 'idempotency-key': `${this.run}-${step}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? null : JSON.parse(text)) as Body,
      headers: response.headers,
    };
  }

  /** Asks until the answer is what the journey waits for; events take a moment. Gives up after 30 seconds and says for what. */
  async until<Value>(what: string, ask: () => Promise<Value | undefined>): Promise<Value> {
    const end = Date.now() + 30_000;
    for (;;) {
      const value = await ask();
      if (value !== undefined) return value;
      if (Date.now() > end) throw new UnexpectedAnswer(`waited 30 s in vain for ${what}`);
      await pause(150);
    }
  }

  private expect<Body>(reply: Reply<Body>, statuses: readonly number[], call: string): Body {
    if (statuses.includes(reply.status)) return reply.body;
    throw new UnexpectedAnswer(`${call} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  }

  private async token(name: string): Promise<string> {
    const held = this.tokens.get(name);
    if (held && held.until > Date.now()) return held.token;
    const client = this.endpoints.clients[name];
    if (!client) throw new Error(`endpoints.json knows no client ${name}`);
    const response = await fetch(this.endpoints.tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    if (!response.ok) throw new UnexpectedAnswer(`no token for ${name}: ${response.status} ${await response.text()}`);
    const answer = (await response.json()) as { access_token: string; expires_in: number };
    this.tokens.set(name, { token: answer.access_token, until: Date.now() + (answer.expires_in - 60) * 1000 });
    return answer.access_token;
  }
}
