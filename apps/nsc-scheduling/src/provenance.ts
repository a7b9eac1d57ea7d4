import type { Actor } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import type { Prisma } from './generated/prisma/client.js';

/** Who wrote a row, when, and in which piece of work. The service itself is named where no person acted. */
export interface Provenance extends EventContext {
  readonly by: Actor | { readonly service: string };
  readonly at: Date;
}

/** A value of a `jsonb` column; each was checked by a contract before it is stored. */
export const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** The columns that every table has. */
export const recorded = ({ by, at, correlationId, causationId }: Provenance) => ({
  recordedAt: at,
  recordedBy: json(by),
  correlationId,
  causationId: causationId ?? null,
});

/** The service, where it acts on its own account: on an event, or when it starts. */
export const ITSELF = { service: 'nsc-scheduling' } as const;
