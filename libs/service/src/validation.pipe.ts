import { type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { notFound } from './problem-error.js';

/** A body or query that its schema does not take. The filter tells the faults in the caller's language. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';

  constructor(
    readonly issues: readonly z.core.$ZodIssue[],
    readonly part: 'body' | 'query',
  ) {
    super('the request does not match its schema');
  }
}

/** Validates what a parameter declares with `{ schema }`; what declares none passes as it is. */
export class SchemaPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata & { schema?: z.ZodType }): Promise<unknown> {
    const { schema, type } = metadata;
    if (!schema || type === 'custom') return value;
    const parsed = await schema.safeParseAsync(value ?? (type === 'query' ? {} : value), { reportInput: true });
    if (parsed.success) return parsed.data;
    // A path with an id that cannot be one names nothing that exists.
    if (type === 'param') throw notFound();
    throw new InvalidRequest(parsed.error.issues, type === 'query' ? 'query' : 'body');
  }
}
