import { Injectable } from '@nestjs/common';
import {
  type Fault,
  type Finding,
  firstFacts,
  type Language,
  type ReportCheck,
  type ReportForm,
  reportForm,
  tell,
} from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { EVENT_LIMIT } from '@sekisho/messaging';
import { Clock, faultsOf, Work } from '@sekisho/service';
import { digestOf } from '@sekisho/signing';
import type { Tx } from '../database.js';
import { type Organisation, OrganisationRegister } from '../organisations/organisation-register.js';
import { type Accepted, accept, submitted } from '../reports/accept.js';
import { notRegistered } from '../reports/receipt-desk.js';
import { ReportStore } from '../reports/report.store.js';
import { shown } from '../reports/shown.js';
import { faultsOfTimes } from '../reports/times.js';

/** Stands where a report would have its id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Says what a report would get, by the same steps as if it were sent, up to the one that stores it. */
@Injectable()
export class ReportChecksService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: ReportStore,
    private readonly organisations: OrganisationRegister,
    private readonly clock: Clock,
  ) {}

  /** Answers any JSON; throws where the caller's organisation may not report at all. */
  check(body: unknown, principal: Principal, language: Language): Promise<ReportCheck> {
    return this.work.read(principal, (tx) => this.checkIn(tx, body, principal, language));
  }

  /** The same within a transaction that acts for the caller's organisation. */
  async checkIn(tx: Tx, body: unknown, principal: Principal, language: Language): Promise<ReportCheck> {
    const receivedAt = this.clock.now().toISOString();
    const registered = await this.organisations.find(tx, principal.organisation);
    if (!registered) throw notRegistered(principal.organisation);
    const parsed = reportForm.safeParse(body, { reportInput: true });
    if (!parsed.success) return refused(faultsOf(parsed.error.issues, language));
    const faults = [...faultsOfTimes(parsed.data, receivedAt), ...(await this.taken(tx, parsed.data, registered))];
    const accepted = accept(parsed.data, registered, { reportId: NO_ID, contactRef: NO_ID, receivedAt });
    faults.push(...tooLarge(accepted));
    if (faults.length > 0) return refused(faults.map((fault) => tell(fault, language)));
    return {
      accepted: true,
      errors: [],
      ...shown(accepted, new Date(receivedAt), language),
      forwarded: accepted.forwarded,
      firstFacts: firstFacts(submitted(accepted, 0)).facts,
    };
  }

  /** Whether the reporter's own number names another report of his already. */
  private async taken(tx: Tx, report: ReportForm, { id }: Organisation): Promise<Finding[]> {
    if (report.externalId === undefined) return [];
    const earlier = await this.store.findByExternalId(tx, id, report.externalId);
    if (earlier === null || earlier.digest === digestOf(report)) return [];
    return [{ pointer: '/externalId', code: 'external-id-taken', values: { reportId: earlier.reportId } }];
  }
}

const refused = (errors: Fault[]): ReportCheck => ({
  accepted: false,
  errors,
  warnings: [],
  deadlines: [],
  forwarded: false,
  firstFacts: null,
});

/** Only what goes further has to go into an event. */
function tooLarge(accepted: Accepted): Finding[] {
  if (!accepted.forwarded) return [];
  const bytes = Buffer.byteLength(JSON.stringify(submitted(accepted, Number.MAX_SAFE_INTEGER)));
  return bytes > EVENT_LIMIT ? [{ pointer: '', code: 'report-too-large', values: { bytes, limit: EVENT_LIMIT } }] : [];
}
