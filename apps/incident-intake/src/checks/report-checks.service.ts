import { Injectable } from '@nestjs/common';
import {
  type Fault,
  type Finding,
  firstFacts,
  type Language,
  type OnBehalfOf,
  onBehalfOf as onBehalfOfShape,
  type ReportCheck,
  reportEntryForm,
  type ReportEntryForm,
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
import { notInRegister, notRegistered, reportingOrganisation } from '../reports/on-behalf-of.js';
import { ReportStore } from '../reports/report.store.js';
import { shown } from '../reports/shown.js';
import { faultsOfTimes } from '../reports/times.js';

/** Stands where a report would have its id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

type Parsed =
  | { readonly success: true; readonly data: ReportEntryForm }
  | { readonly success: false; readonly error: { readonly issues: Parameters<typeof faultsOf>[0] } };

/** Says what a report would get, by the same steps as if it were sent, up to the one that stores it. */
@Injectable()
export class ReportChecksService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: ReportStore,
    private readonly organisations: OrganisationRegister,
    private readonly clock: Clock,
  ) {}

  /** Answers any JSON; throws where the caller may not report at all, or not for that organisation. */
  async check(body: unknown, principal: Principal, language: Language): Promise<ReportCheck> {
    const parsed = reportEntryForm.safeParse(body, { reportInput: true });
    const onBehalfOf = namedBy(body);
    const unsaid = onBehalfOf === undefined && !principal.roles.includes('partner');
    // Of whom it is cannot be told: then its faults are all that there is to say.
    if (onBehalfOf === 'unreadable' || (unsaid && !parsed.success)) {
      return refused(faultsOf(parsed.error?.issues ?? [], language));
    }
    const organisation = reportingOrganisation(principal, onBehalfOf);
    return this.work.read({ ...principal, organisation }, (tx) =>
      this.checkFor(tx, { organisation, onBehalfOf }, parsed, language),
    );
  }

  /** The same of an organisation's own, within a transaction that acts for it. */
  checkIn(tx: Tx, body: unknown, { organisation }: Principal, language: Language): Promise<ReportCheck> {
    const parsed = reportForm.safeParse(body, { reportInput: true });
    return this.checkFor(tx, { organisation, onBehalfOf: undefined }, parsed, language);
  }

  private async checkFor(
    tx: Tx,
    { organisation, onBehalfOf }: { organisation: string; onBehalfOf: OnBehalfOf | undefined },
    parsed: Parsed,
    language: Language,
  ): Promise<ReportCheck> {
    const receivedAt = this.clock.now().toISOString();
    const registered = await this.organisations.find(tx, organisation);
    if (!registered && onBehalfOf === undefined) throw notRegistered(organisation);
    if (!parsed.success) return refused(faultsOf(parsed.error.issues, language));
    if (!registered) return refused([tell(notInRegister(organisation), language)]);
    const { onBehalfOf: _apart, ...report } = parsed.data;
    const faults = [...faultsOfTimes(report, receivedAt), ...(await this.taken(tx, report, registered))];
    const accepted = accept(report, registered, { reportId: NO_ID, contactRef: NO_ID, receivedAt });
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

/** For whom a body says that it is, whatever else is wrong with it. */
function namedBy(body: unknown): OnBehalfOf | undefined | 'unreadable' {
  if (typeof body !== 'object' || body === null || !('onBehalfOf' in body)) return undefined;
  const named = onBehalfOfShape.safeParse(body.onBehalfOf);
  return named.success ? named.data : 'unreadable';
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
