import type { Provider, Type } from '@nestjs/common';
import type { Service } from '@sekisho/contracts';
import type { Subscription } from '@sekisho/messaging';
import type { ServiceConfig } from './config.js';
import type { Database } from './database.js';
import type { RateLimiter } from './rate-limiter.js';

/** All that makes one service: the shared bootstrap does the rest. */
export interface ServiceDefinition {
  readonly name: Service;
  /** Said at the top of the service's OpenAPI page. */
  readonly description: string;
  readonly config: ServiceConfig;
  readonly database: Database;
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
  /** The provider that limits each client's requests. */
  readonly limiter?: Type<RateLimiter>;
  /** Routes (`POST /v1/report-batches`) that read their bodies themselves, as they come, and the content types that they take. */
  readonly streamed?: Readonly<Record<string, readonly string[]>>;
  /** What it is for does not wait for what it reads: it is ready also while its consumer is not (again) a member of its group. */
  readonly servesWithoutConsuming?: true;
  /** Providers that take in a topic. */
  readonly subscriptions: readonly Type<Subscription>[];
}

/** Injection token of the service's logger. */
export const LOGGER = Symbol('logger');
