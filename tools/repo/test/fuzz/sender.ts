import { type Role, ROLES } from '@sekisho/contracts';
import type { TestIssuer } from '@sekisho/testing';
import type { Answered } from './judge.js';
import type { FuzzRequest } from './requests.js';

const NAMEABLE = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|sha256:[0-9a-f]{64})$/;
const MOST_OF_A_NAME = 100;

/** Ids, digests and ETags that services have told, by the names that they have there: so that requests get beyond "not found". */
export class Known {
  private readonly values = new Map<string, string[]>();

  remember(value: unknown, name = ''): void {
    if (Array.isArray(value)) for (const each of value) this.remember(each, name.replace(/s$/, ''));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) this.remember(each, key);
    } else if (typeof value === 'string' && (name === 'If-Match' || NAMEABLE.test(value))) {
      const values = this.values.get(name) ?? [];
      if (!values.includes(value) && values.length < MOST_OF_A_NAME) this.values.set(name, [...values, value]);
    }
  }

  /** One that exists in the place of one that hardly does. */
  instead(value: unknown, name: string, choice: number | null): unknown {
    if (choice === null) return value;
    if (Array.isArray(value)) return value.map((each) => this.instead(each, name.replace(/s$/, 'Id'), choice));
    if (typeof value !== 'string' || !(name === 'If-Match' || NAMEABLE.test(value))) return value;
    const values = this.values.get(name) ?? [];
    return values.length === 0 ? value : values[choice % values.length];
  }
}

/** How a parameter `id` is called in answers: that of `/v1/incidents/{id}` is an `incidentId`. */
const nameOf = (path: string, name: string): string =>
  name === 'id' ? `${/(\w+?)s?\/\{id\}/.exec(path)?.[1] ?? ''}Id` : name;

/** Sends requests to one service, each as somebody who may, or as who may not. */
export class Sender {
  private sent = 0;

  constructor(
    private readonly url: string,
    private readonly issuer: TestIssuer,
    private readonly stranger: TestIssuer,
    private readonly rolesOf: (method: string, path: string) => readonly Role[],
    private readonly known: Known,
  ) {}

  async send(request: FuzzRequest): Promise<Answered> {
    const { operation, type, body, known: choice } = request;
    const chosen = operation.parameters.map(({ name, in: place }) => {
      const value = request.parameters[name];
      return { name, place, value: this.known.instead(value, nameOf(operation.path, name), choice) };
    });
    const at = (wanted: string) => chosen.filter(({ place, value }) => place === wanted && value !== undefined);
    const path = at('path').reduce(
      (whole, { name, value }) => whole.replace(`{${name}}`, encodeURIComponent(String(value))),
      operation.path,
    );
    const query = new URLSearchParams(Object.fromEntries(at('query').map(({ name, value }) => [name, String(value)])));
    const authorization = await this.authorization(request);
    const response = await fetch(`${this.url}${path}${query.size > 0 ? '?' : ''}${query.toString()}`, {
      method: operation.method,
      headers: {
        ...Object.fromEntries(at('header').map(({ name, value }) => [name, String(value)])),
        ...(authorization === undefined ? {} : { authorization }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined || operation.method === 'GET' ? {} : { body: this.bytesOf(body, choice) }),
    });
    const answered = { status: response.status, headers: response.headers, body: await response.text() };
    if (response.headers.get('content-type')?.startsWith('application/json'))
      this.known.remember(JSON.parse(answered.body));
    this.known.remember(response.headers.get('etag'), 'If-Match');
    return answered;
  }

  private bytesOf(body: NonNullable<FuzzRequest['body']>, choice: number | null): Uint8Array | string {
    if ('raw' in body) return body.raw;
    const { json } = body;
    const plain = typeof json !== 'object' || json === null || Array.isArray(json);
    const real = plain
      ? json
      : Object.fromEntries(Object.entries(json).map(([name, part]) => [name, this.known.instead(part, name, choice)]));
    return JSON.stringify(real) ?? '';
  }

  private async authorization({ operation, caller }: FuzzRequest): Promise<string | undefined> {
    if (caller === 'none') return undefined;
    if (caller === 'garbled') return 'Bearer x.y.z';
    this.sent += 1;
    const right = this.rolesOf(operation.method, operation.path);
    const roles = caller === 'wrong' ? ROLES.filter((role) => !right.includes(role)) : right;
    const role = roles[this.sent % roles.length]!;
    const organisation = role === 'partner' ? 'org-power' : 'nco';
    const issuer = caller === 'foreign' ? this.stranger : this.issuer;
    // Where two people are needed there are two.
    return `Bearer ${await issuer.token({ subject: `${role}-${this.sent % 2}`, organisation, roles: [role] })}`;
  }
}
