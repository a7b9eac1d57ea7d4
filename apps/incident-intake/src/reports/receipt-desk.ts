import { Injectable } from '@nestjs/common';
import type { Language, OnBehalfOf, ReportAccepted, ReportForm } from '@sekisho/contracts';
import { type AnyNewEvent, Outbox } from '@sekisho/messaging';
import { Answer, Clock, Ids, invalid, ProblemError, replay, type WorkRequest } from '@sekisho/service';
import { KeySet } from '@sekisho/signing';
import { ContactStore } from '../contacts/contact.store.js';
import { accept, type Accepted, receiptOf, submitted } from './accept.js';
import type { Earlier, Known, NewAnswer, NewReport } from './batch-statements.js';
import { type Entry, entryOf } from './entry.js';
import { notRegistered, reportingOrganisation } from './on-behalf-of.js';
import { type Kept, shown } from './shown.js';
import { faultsOfTimes } from './times.js';

/** What becomes of an entry: its answer, and the rows that there must be before it is given. */
export interface Received {
  readonly answer: Answer<ReportAccepted>;
  readonly report?: NewReport;
  readonly kept?: NewAnswer;
}

/** What is said of a report beside what it says: the id that it is to have, and for whom staff enter it. */
export interface Arrival {
  readonly reportId?: string | undefined;
  readonly onBehalfOf?: OnBehalfOf | undefined;
}

/** Takes reports in: when they came, what is answered, and the receipt. */
@Injectable()
export class ReceiptDesk {
  constructor(
    private readonly outbox: Outbox,
    private readonly contacts: ContactStore,
    private readonly keys: KeySet,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * The report as it came in, now; under an id of its own unless that is given. Throws a problem where its times cannot be, or where it is
   * not the caller's to send.
   */
  enter(request: WorkRequest, report: ReportForm, { reportId = this.ids.next(), onBehalfOf }: Arrival = {}): Entry {
    const organisation = reportingOrganisation(request.principal, onBehalfOf);
    const receivedAt = this.clock.now().toISOString();
    const faults = faultsOfTimes(report, receivedAt);
    if (faults.length > 0) throw invalid(faults);
    const moment = { reportId, contactRef: this.ids.next(), receivedAt };
    return entryOf(request, report, { organisation, onBehalfOf }, moment);
  }

  /** What becomes of it, by what is on record. Throws a problem where it is refused: then nothing is kept. */
  async receive(entry: Entry, { kept, organisation, earlier, number }: Known): Promise<Received> {
    if (kept) return { answer: replay(kept, entry.requestDigest) };
    const { request, report, onBehalfOf } = entry;
    if (!organisation) throw notRegistered(entry.organisation, onBehalfOf);
    if (earlier) return keeping(entry, sameAgain(earlier, entry, this.clock.now()));
    const accepted = accept(report, organisation, entry);
    const { correlationId, traceparent } = request;
    const event = this.outbox.row({ correlationId, traceparent }, leaving(accepted, number!, onBehalfOf));
    const receipt = await this.keys.sign(receiptOf(accepted, number!), 'sekisho-receipt+jws');
    const contact = this.contacts.seal(report.contact, accepted);
    const row = { entry, accepted, contact, number: number!, receipt, event };
    return {
      ...keeping(entry, answer({ ...accepted, receipt }, new Date(entry.receivedAt), request.language)),
      report: row,
    };
  }
}

function keeping(entry: Entry, given: Answer<ReportAccepted>): Received {
  const { idempotency } = entry;
  if (idempotency === undefined) return { answer: given };
  const { status, headers, body } = given;
  return { answer: given, kept: { entry: { ...entry, idempotency }, status, headers, body } };
}

type Answered = Omit<ReportAccepted, keyof Kept> & Kept;

function answer(of: Answered, at: Date, language: Language): Answer<ReportAccepted> {
  const { reportId, receivedAt, receipt } = of;
  const headers = { location: `/v1/reports/${reportId}`, 'content-language': language };
  return new Answer(202, { reportId, receivedAt, ...shown(of, at, language), receipt }, headers);
}

/** The organisation's own number names one report: the same content is that report again, another belongs to its revisions. */
function sameAgain(earlier: Earlier, { report, digest, request }: Entry, at: Date): Answer<ReportAccepted> {
  if (earlier.digest === digest) return answer(earlier, at, request.language);
  const { reportId } = earlier;
  const { externalId = '' } = report;
  throw new ProblemError(
    'conflict',
    { code: 'other-content', values: { externalId, reportId } },
    { reportId, report: `/v1/reports/${reportId}`, revisions: `/v1/reports/${reportId}/revisions` },
  );
}

/** What leaves: the report, or where nobody consented no more than that there is one. */
function leaving(accepted: Accepted, number: number, onBehalfOf: OnBehalfOf | undefined): AnyNewEvent {
  const { reportId, receivedAt, digest } = accepted;
  const event = { topic: 'intake.reports.v1', key: reportId, subject: reportId } as const;
  return accepted.forwarded
    ? { ...event, type: 'report-submitted.v1', data: submitted(accepted, number, onBehalfOf?.channel) }
    : { ...event, type: 'report-withheld.v1', data: { reportId, receivedAt, digest } };
}
