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
  /** Of all of it. It says all that was asked, so it is also what tells the same request from another. */
  readonly digest: string;
  /** What its answer is kept under. */
  readonly idempotency: readonly string[] | undefined;
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
    digest: digestOf(report),
    idempotency,
    keys: {
      ...(idempotency && { idempotency: JSON.stringify(idempotency) }),
      ...(externalId !== undefined && { externalId: JSON.stringify([request.principal.organisation, externalId]) }),
    },
  };
}
