import type { OnBehalfOf, ReportForm } from '@sekisho/contracts';
import { idempotencyOf, type WorkRequest } from '@sekisho/service';
import { digestOf } from '@sekisho/signing';

/** A report that came in, as it waits to be written. */
export interface Entry {
  readonly request: WorkRequest;
  readonly report: ReportForm;
  /** Whose report it is, also where somebody else sends it. */
  readonly organisation: string;
  readonly onBehalfOf: OnBehalfOf | undefined;
  readonly reportId: string;
  readonly contactRef: string;
  /** When it came in, whenever it is written. */
  readonly receivedAt: string;
  /** All but the contact, as JSON. */
  readonly content: string;
  /** Of all of it. */
  readonly digest: string;
  /** What tells the same request from another: the report's own digest, and for whom staff enter it. */
  readonly requestDigest: string;
  /** What its answer is kept under. */
  readonly idempotency: readonly string[] | undefined;
  /** What no two reports may be written under at once: Idempotency-Key, and the organisation's own number. */
  readonly keys: { readonly idempotency?: string; readonly externalId?: string };
}

export function entryOf(
  request: WorkRequest,
  report: ReportForm,
  whose: { organisation: string; onBehalfOf: OnBehalfOf | undefined },
  moment: { reportId: string; contactRef: string; receivedAt: string },
): Entry {
  const { contact: _apart, ...content } = report;
  const idempotency = idempotencyOf(request);
  const { externalId } = report;
  const digest = digestOf(report);
  const { onBehalfOf } = whose;
  return {
    request,
    report,
    ...whose,
    ...moment,
    content: JSON.stringify(content),
    digest,
    requestDigest: onBehalfOf === undefined ? digest : digestOf({ onBehalfOf, digest }),
    idempotency,
    keys: {
      ...(idempotency && { idempotency: JSON.stringify(idempotency) }),
      ...(externalId !== undefined && { externalId: JSON.stringify([whose.organisation, externalId]) }),
    },
  };
}
