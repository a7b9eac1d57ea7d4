import { randomUUID } from 'node:crypto';
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

/** A call and its answer, for whoever keeps a record of what was promised. */
export interface Heard {
  readonly client: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
  /** Milliseconds from the first attempt to this answer. */
  readonly took: number;
}

export interface CallerOptions {
  /** Milliseconds for which a call is tried again that got no answer, or one that says to try again. */
  readonly patience?: number;
  /** Told of every answer, also of those that are tried again. */
  readonly heard?: (heard: Heard) => void;
}

const PATIENCE_MS = 30_000;
const TIMEOUT_MS = 20_000;
const AGAIN_AFTER_MS = 250;
const LINES_TIMEOUT_MS = 60_000;

/**
 * Calls documented routes as one of the demo clients, each with a token of its own from the issuer. A call that gets no answer, or 5xx,
 * is made again under the same Idempotency-Key until it is answered: what was done already is answered and not done again.
 */
export class Caller {
  private readonly tokens = new Map<string, { token: string; until: number }>();
  private readonly patience: number;
  private readonly heard: (heard: Heard) => void;

  constructor(
    private readonly endpoints: Pick<Endpoints, 'clients' | 'tokenEndpoint'>,
    { patience = PATIENCE_MS, heard = () => undefined }: CallerOptions = {},
  ) {
    this.patience = patience;
    this.heard = heard;
  }

  /** The JSON answer to a GET. Throws {@link UnexpectedAnswer} unless it is 200. */
  async get<Body>(client: string, url: string): Promise<Body> {
    const reply = await this.call<Body>(client, 'GET', url);
    return this.expect(reply, [200], `GET ${url}`);
  }

  /** The JSON answer to a write. Throws {@link UnexpectedAnswer} for anything but success. */
  async write<Body>(
    client: string,
    method: 'POST' | 'PUT',
    url: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Body> {
    const reply = await this.call<Body>(client, method, url, body, headers);
    return this.expect(reply, [200, 201, 202], `${method} ${url}`);
  }

  /** The answer as it is; for the steps where a refusal is what should be seen. */
  async call<Body>(
    client: string,
    method: string,
    url: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply<Body>> {
    const request: RequestInit = {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const started = Date.now();
    for (;;) {
      const reply = await this.attempt<Body>(client, url, request).catch((error: unknown) => {
        if (error instanceof UnexpectedAnswer) throw error;
        return error instanceof Error ? error : new Error(String(error));
      });
      const took = Date.now() - started;
      if (!(reply instanceof Error)) {
        const { status, body: answer, headers } = reply;
        this.heard({ client, method, url, status, body: answer, headers, took });
        // An expired token is fetched anew: the issuer may have been away.
        if (status === 401) this.tokens.delete(client);
        else if (status < 500) return reply;
      }
      if (took > this.patience) {
        if (!(reply instanceof Error)) return reply;
        throw new UnexpectedAnswer(`${method} ${url} was not answered in ${this.patience} ms: ${reply.message}`);
      }
      await pause(AGAIN_AFTER_MS);
    }
  }

  /**
   * Sends lines once and tells each line of the answer as it comes. Throws where the answer ends early, or is none; whoever reads no further
   * cuts the connection.
   */
  async *lines<Line>(
    client: string,
    url: string,
    body: string,
    headers: Readonly<Record<string, string>>,
  ): AsyncGenerator<Line> {
    const started = Date.now();
    const cut = new AbortController();
    const authorization = `Bearer ${await this.token(client)}`;
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-ndjson', ...headers, authorization },
      signal: AbortSignal.any([cut.signal, AbortSignal.timeout(LINES_TIMEOUT_MS)]),
    });
    try {
      if (response.status !== 200) {
        const { status } = response;
        const answer = (await response.json()) as unknown;
        this.heard({
          client,
          method: 'POST',
          url,
          status,
          body: answer,
          headers: response.headers,
          took: Date.now() - started,
        });
        if (status === 401) this.tokens.delete(client);
        throw new UnexpectedAnswer(`POST ${url} answered ${status}: ${JSON.stringify(answer)}`);
      }
      let text = '';
      for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
        const whole = `${text}${piece}`.split('\n');
        text = whole.pop()!;
        for (const line of whole) yield JSON.parse(line) as Line;
      }
    } finally {
      cut.abort();
    }
  }

  /** Asks until the answer is what the journey waits for; events take a moment. Says for what it waited in vain. */
  async until<Value>(what: string, ask: () => Promise<Value | undefined>): Promise<Value> {
    const end = Date.now() + this.patience;
    for (;;) {
      const value = await ask();
      if (value !== undefined) return value;
      if (Date.now() > end) throw new UnexpectedAnswer(`waited ${this.patience / 1000} s in vain for ${what}`);
      await pause(150);
    }
  }

  private async attempt<Body>(client: string, url: string, request: RequestInit): Promise<Reply<Body>> {
    const response = await fetch(url, {
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${await this.token(client)}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? null : JSON.parse(text)) as Body,
      headers: response.headers,
    };
  }

  private expect<Body>(reply: Reply<Body>, statuses: readonly number[], call: string): Body {
    if (statuses.includes(reply.status)) return reply.body;
    throw new UnexpectedAnswer(`${call} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  }

  private async token(name: string): Promise<string> {
    const held = this.tokens.get(name);
    if (held && held.until > Date.now()) return held.token;
    const client = this.endpoints.clients[name];
    if (!client) throw new UnexpectedAnswer(`endpoints.json knows no client ${name}`);
    const response = await fetch(this.endpoints.tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`no token for ${name}: ${response.status} ${await response.text()}`);
    const answer = (await response.json()) as { access_token: string; expires_in: number };
    this.tokens.set(name, { token: answer.access_token, until: Date.now() + (answer.expires_in - 60) * 1000 });
    return answer.access_token;
  }
}
