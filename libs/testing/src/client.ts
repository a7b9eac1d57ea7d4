import { setTimeout as pause } from 'node:timers/promises';
import type { TestIssuer, TestPrincipal } from './issuer.js';

export interface Reply<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Calls a service over HTTP as different principals. */
export class TestClient {
  constructor(
    private readonly base: string,
    private readonly issuer: TestIssuer,
  ) {}

  /** The answer as it comes, whatever it is made of. */
  async fetch(principal: TestPrincipal | null, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (principal !== null) headers.set('authorization', `Bearer ${await this.issuer.token(principal)}`);
    return fetch(`${this.base}${path}`, { ...init, headers });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test says what it expects of an answer
  async call<Body = any>(
    principal: TestPrincipal | null,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<Body>> {
    const response = await this.fetch(principal, path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? null : JSON.parse(text)) as Body,
      headers: response.headers,
    };
  }
}

/** Asks until there is a value. Throws after `patience` milliseconds, saying what was waited for. */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined | null | false>,
  patience = 20_000,
): Promise<Value> {
  const until = Date.now() + patience;
  for (;;) {
    const value = await ask();
    if (value !== undefined && value !== null && value !== false) return value;
    if (Date.now() > until) throw new Error(`waited ${patience} ms in vain for ${what}`);
    await pause(50);
  }
}
