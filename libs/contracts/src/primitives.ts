import { THREE_VALUES } from '@sekisho/guideline';
import { z } from 'zod';

// PostgreSQL's jsonb takes neither U+0000 nor a lone surrogate: one such value would fail a whole batch of messages.
const storable = (value: string): boolean => !value.includes('\u0000') && value.isWellFormed();

/** Text of at most `max` UTF-16 units that can be stored: not empty, no U+0000, no lone surrogate. */
export const text = (max: number) => z.string().min(1).max(max).refine(storable, { message: 'unstorable-text' });

/** RFC 3339 instant with an explicit offset, for example `2026-11-20T09:00:00+09:00`. */
export const instant = z.iso.datetime({ offset: true, message: 'not-an-instant' });

/** A calendar day, for example `2026-11-20`; in Japan, wherever it is not said otherwise. */
export const day = z.iso.date({ message: 'not-a-day' });

/** SHA-256 over the RFC 8785 form of something, written `sha256:` and 64 hex digits. */
export const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** Name of a server or target inside one case. */
export const ref = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, { message: 'not-a-ref' });

/** UUIDv7 of an aggregate, event or person-made record; lower case, as it is a key of locks and topics, however it was written. */
export const id = z.uuid().toLowerCase();

export const threeValued = z.enum(THREE_VALUES);
