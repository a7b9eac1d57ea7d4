import type { ReportForm } from '@sekisho/contracts';
import { idempotencyOf, type WorkRequest } from '@sekisho/service';
import { digestOf } from '@sekisho/signing';

/** A report that came in, as it waits to be written. */
export interface Entry {
  readonly request: WorkRequest;
  readonly report: ReportForm;
  readonly reportId: string;
  readonly contactRef: string;
  /** When it came in, whenever it is written. */
  readonly receivedAt: string;
  /** All but the contact, as JSON. */
  readonly content: string;
  /** What its answer is kept under, and the digest of what was asked. */
  readonly idempotency: readonly string[] | undefined;
  readonly requestDigest: string;
  /** What no two reports may be written under at once: Idempotency-Key, and the organisation's own number. */
  readonly keys: { readonly idempotency?: string; readonly externalId?: string };
}

export function entryOf(
  request: WorkRequest,
  report: ReportForm,
  moment: { reportId: string; contactRef: string; receivedAt: string },
): Entry {
  const { contact: _apart, ...content } = report;
  const idempotency = idempotencyOf(request);
  const { externalId } = report;
  return {
    request,
    report,
    ...moment,
    content: JSON.stringify(content),
    idempotency,
    requestDigest: idempotency === undefined ? '' : digestOf(request.content),
    keys: {
      ...(idempotency && { idempotency: JSON.stringify(idempotency) }),
      ...(externalId !== undefined && { externalId: JSON.stringify([request.principal.organisation, externalId]) }),
    },
  };
}
