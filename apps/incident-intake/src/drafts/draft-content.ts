import type { DraftBody } from '@sekisho/contracts';

/** A draft's content as it is stored, and as it was sent: the one place that knows the form in between. */
export const stored = (draft: DraftBody): string => JSON.stringify(draft);
export const asSent = (content: string): DraftBody => JSON.parse(content) as DraftBody;
