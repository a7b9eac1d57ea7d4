import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { named, type Principal } from '@sekisho/identity';
import { type Allowance, Database, RateLimiter } from '@sekisho/service';
import type { Tx } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';

export const RATE = Symbol('rate');

/** A client may ask `burst` times at once, and so many times a second in the long run. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  /** Of what was granted to this instance, what is left. */
  tokens: number;
  /** What was left for all instances when this one asked last. */
  shared: number;
  /** Whether anything is given. */
  asking: Promise<boolean> | undefined;
}

/** A part of the rate is asked for at a time, so that the database is asked some ten times a second at the most and not for each request. */
const SLICES_PER_SECOND = 10;

/**
 * A token bucket for each client, in the database for all instances together. Who is a client says its verified token: neither
 * address nor header counts. Each instance takes slices of a bucket; what it has taken and not used is all that can be missing elsewhere.
 */
@Injectable()
export class TokenBuckets extends RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    @Inject(RATE) private readonly rate: Rate,
    private readonly database: Database,
  ) {
    super();
  }

  async take(principal: Principal): Promise<Allowance> {
    const client = named(principal);
    const bucket = this.bucketOf(client);
    // Others may have waited for the same slice, and used it up.
    for (let given = true; given && bucket.tokens < 1;) {
      bucket.asking ??= this.ask(client, bucket).finally(() => (bucket.asking = undefined));
      given = await bucket.asking;
    }
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    return { allowed, retryAfter: allowed ? 0 : (1 - bucket.shared) / this.rate.perSecond, headers: this.told(bucket) };
  }

  /** Takes one as soon as there is one: for work that can wait. */
  async pace(principal: Principal): Promise<void> {
    for (let taken = await this.take(principal); !taken.allowed; taken = await this.take(principal)) {
      await pause(Math.max(10, 1_000 * taken.retryAfter));
    }
  }

  private bucketOf(client: string): Bucket {
    const known = this.buckets.get(client) ?? { tokens: 0, shared: 0, asking: undefined };
    this.buckets.set(client, known);
    return known;
  }

  private async ask(client: string, bucket: Bucket): Promise<boolean> {
    const { perSecond, burst } = this.rate;
    const slice = Math.max(1, Math.floor(Math.min(burst, perSecond) / SLICES_PER_SECOND));
    const full = Prisma.sql`least(${burst}::float8, tokens + ${perSecond}::float8 * greatest(0, extract(epoch FROM clock_timestamp() - refilled_at)::float8))`;
    const granted = Prisma.sql`least(floor(${full}), ${slice}::float8)`;
    const [row] = await this.database.$transaction(async (transaction) => {
      const tx = transaction as Tx;
      const take = () => tx.$queryRaw<{ granted: number; tokens: number }[]>`
        UPDATE rate_bucket SET tokens = ${full} - ${granted}, granted = ${granted}, refilled_at = clock_timestamp()
         WHERE client = ${client} RETURNING granted, tokens`;
      const taken = await take();
      if (taken.length > 0) return taken;
      await tx.$executeRaw`
        INSERT INTO rate_bucket (client, tokens, granted, refilled_at) VALUES (${client}, ${burst}::float8, 0, clock_timestamp())
        ON CONFLICT DO NOTHING`;
      return take();
    });
    bucket.tokens += row!.granted;
    bucket.shared = row!.tokens;
    return row!.granted >= 1;
  }

  /** As draft-ietf-httpapi-ratelimit-headers has it: how much in which time, what is left, and when all of it is there again. */
  private told({ tokens, shared }: Bucket): Record<string, string> {
    const { perSecond, burst } = this.rate;
    const left = Math.max(0, Math.min(burst, Math.floor(tokens + shared)));
    return {
      'ratelimit-policy': `"client";q=${burst};w=${Math.ceil(burst / perSecond)}`,
      ratelimit: `"client";r=${left};t=${Math.ceil((burst - left) / perSecond)}`,
    };
  }
}
