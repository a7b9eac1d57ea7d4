import type { Received } from '../agency.js';
import { assess, type Claims, confirm, propose, type Proposal } from '../assessment.js';
import type { Incident, Judged, Stage } from '../case.js';
import { type Decided, decide, type Decision } from '../council.js';
import type { Counts } from '../counts.js';
import { recentIncidents, type Report, sender } from '../incidents.js';
import { draft, issue, order, outstanding, reaches, refusedFor, tryToIssue } from '../orders.js';
import { countedOf, opened, revise, submit } from '../reporting.js';
import { ask, type OfficesSafeguard, record, rule } from '../safeguards.js';

export type AgencyName = 'npa' | 'sdf';

/**
 * The course of one case: each step is taken through documented routes and Kafka, and what it should add to the commission's report
 * is written down as it is taken. What the API said of interest is kept too.
 */
export class Course {
  readonly said: string[] = [];
  private readonly counted = new Map<string, number>();
  /** To whom each order was drafted. */
  private readonly executors = new Map<string, string>();
  private confirmed = false;

  private constructor(
    readonly stage: Stage,
    private readonly reported: { readonly client: string; readonly reportId: string; readonly report: Report },
    /** The case as it was read last. */
    public incident: Incident,
  ) {}

  /** Reports an incident like a real one, waits for its case, and has an analyst assess it. `run` tells two runs apart. */
  static async open(stage: Stage, run: string, like: string, claims: Claims): Promise<Course> {
    const real = (await recentIncidents(Date.now(), run)).find(({ report }) => report.externalId.startsWith(like));
    if (!real) throw new Error(`there is no real incident ${like}`);
    const { report } = real;
    const client = sender(real);
    const reportId = await submit(stage, client, report);
    const course = new Course(stage, { client, reportId, report }, await opened(stage, reportId));
    course.count(...countedOf(real));
    await course.assess(claims);
    return course;
  }

  get incidentId(): string {
    return this.incident.incidentId;
  }

  /** The servers as the partner reported them first. */
  get servers(): readonly object[] {
    return (this.reported.report as unknown as { servers: readonly object[] }).servers;
  }

  /** By how much the report should have moved. */
  get counts(): Counts {
    return Object.fromEntries([...this.counted].filter(([, count]) => count !== 0));
  }

  count(...names: string[]): void {
    for (const name of names) this.counted.set(name, (this.counted.get(name) ?? 0) + 1);
  }

  tell(...lines: string[]): void {
    this.said.push(...lines);
  }

  /** The partner sends the report again, whole, and otherwise in this. */
  async revise(change: object): Promise<void> {
    const { client, reportId, report } = this.reported;
    const revision = await revise(this.stage, client, reportId, { ...report, ...change });
    this.tell(`revision ${revision} of the report: 201`);
    this.count('reports.revised');
  }

  async assess(claims: Claims): Promise<void> {
    this.incident = await assess(this.stage, this.incidentId, claims);
  }

  /** Two analysts: one proposes the measure, the other confirms it. What stood before it is superseded. */
  async confirmScope(proposal: Proposal): Promise<Judged> {
    const judged = await propose(this.stage, this.incident, proposal);
    await confirm(this.stage, judged);
    this.countConfirmation();
    if (this.incident.determination.nscReview.required !== 'NO') this.count('nsc.reviewsOpened');
    return judged;
  }

  /** Two analysts confirm the determination alone. */
  async confirmDetermination(): Promise<void> {
    await confirm(this.stage, { incidentId: this.incidentId, determination: this.incident.determination });
    this.countConfirmation();
  }

  async decide(judged: Judged, decision: Decision): Promise<Decided> {
    const decided = await decide(this.stage, judged, decision);
    const { outcome, attendance = {} } = decision;
    this.count('nsc.meetings', 'nsc.urgentMeetings', 'nsc.decisions', `nsc.byOutcome.${outcome}`);
    if (outcome.startsWith('APPROVED')) this.count('nsc.approved');
    for (const kind of Object.values(attendance)) if (kind === 'RECUSED') this.count('nsc.recusals');
    return decided;
  }

  /** Asks the commission; answers the request's id. */
  async ask(judged: Judged, whyNoTime?: string): Promise<string> {
    this.count(
      'commission.asked',
      'commission.closingStock',
      ...(whyNoTime === undefined ? [] : ['commission.urgent']),
    );
    return ask(this.stage, judged, whyNoTime);
  }

  async rule(judged: Judged, requestId: string, outcome: string): Promise<void> {
    await rule(this.stage, judged, requestId, outcome);
    this.count('commission.ruled', `commission.${outcome.toLowerCase()}`);
    this.counted.set('commission.closingStock', this.counted.get('commission.closingStock')! - 1);
  }

  async approve(judged: Judged): Promise<void> {
    await this.rule(judged, await this.ask(judged), 'APPROVED');
  }

  async record(judged: Judged, safeguard: OfficesSafeguard): Promise<void> {
    await record(this.stage, judged, safeguard);
    this.count(`evidence.confirmedBySafeguard.${safeguard}`);
  }

  /** Gives each safeguard that the determination asks for, but those left out. A safeguard for another executor is not needed. */
  async equip(judged: Judged, leftOut: readonly string[] = []): Promise<void> {
    const asked = this.incident.determination.safeguards as readonly { kind: string; onlyFor?: string }[];
    for (const { kind } of asked.filter((each) => !leftOut.includes(each.kind))) {
      if (kind === 'NSC_APPROVAL') await this.decide(judged, { outcome: 'APPROVED' });
      else if (kind === 'COMMISSION_APPROVAL') await this.approve(judged);
      else await this.record(judged, kind as OfficesSafeguard);
    }
  }

  async draft(judged: Judged, executor: string): Promise<string> {
    this.count('orders.drafted');
    const orderId = await draft(this.stage, judged, executor);
    this.executors.set(orderId, executor);
    return orderId;
  }

  /** Issues an order for which nothing is outstanding. */
  async issue(judged: Judged, orderId: string): Promise<void> {
    await outstanding(this.stage, judged);
    const { conditions } = await issue(this.stage, orderId);
    this.count('orders.issued', `orders.byExecutor.${this.executors.get(orderId)}`);
    this.tell(`issuance: 200 ISSUED${conditions.length > 0 ? ` under ${conditions.length} condition(s)` : ''}`);
  }

  /** Tries to issue an order that cannot be given, and tells what the refusal names. */
  async refused(judged: Judged, orderId: string, missing: readonly string[]): Promise<void> {
    await outstanding(this.stage, judged, missing);
    const { status, body } = await tryToIssue(this.stage, orderId);
    if (status !== 409) throw new Error(`an order without ${missing.join(', ')} was answered ${status}`);
    this.tell(`issuance: 409 ${refusedFor(body).join(', ')}`);
    // A scope that does not stand is refused before the order is looked at.
    if (body.reasons === undefined) return;
    this.count('orders.refused', ...(body.outstanding ?? []).map(({ kind }) => `orders.refusedByMissing.${kind}`));
  }

  /** A return that makes the order what it says, or leaves it as it is. */
  async returns(agency: AgencyName, orderId: string, kind: string, becomes?: string, over: object = {}): Promise<void> {
    await this.stage.agencies[agency].returns(this.incidentId, orderId, kind, over);
    if (becomes === undefined) return;
    await reaches(this.stage, orderId, becomes);
    this.tell(`agency-${agency} returned ${kind}: ${becomes}`);
    this.count(`orders.${FIGURES[becomes]}`);
    const { serversTouched = [] } = over as { serversTouched?: readonly string[] };
    if (['COMPLETED', 'FAILED', 'STOPPED'].includes(kind))
      this.count(...serversTouched.map(() => 'orders.serversTouched'));
  }

  /** An agency accepts and starts. */
  async start(agency: AgencyName, orderId: string): Promise<void> {
    await this.hears(agency, 'order-issued.v1');
    await this.returns(agency, orderId, 'ACKNOWLEDGED', 'ACKNOWLEDGED');
    await this.returns(agency, orderId, 'STARTED', 'EXECUTING');
  }

  /** An agency accepts, starts and completes. */
  async carryOut(agency: AgencyName, judged: Judged, orderId: string): Promise<void> {
    await this.start(agency, orderId);
    await this.returns(agency, orderId, 'COMPLETED', 'COMPLETED', { serversTouched: judged.servers });
  }

  /** The order is to be stopped, and its agency, which is told so, answers that it did. */
  async stops(agency: AgencyName, orderId: string, serversTouched: readonly string[] = []): Promise<void> {
    await this.becomes(orderId, 'STOP_REQUESTED');
    await this.hears(agency, 'order-stopped.v1');
    await this.returns(agency, orderId, 'STOPPED', 'STOPPED', { serversTouched });
  }

  /** Waits until an agency has a message of this type about the case. */
  async hears(agency: AgencyName, type: string): Promise<Received> {
    return this.stage.agencies[agency].receives(this.incidentId, type, (message) => message.type === type);
  }

  /** Waits until an order is so, as it becomes by something other than a return. */
  async becomes(orderId: string, state: string): Promise<void> {
    await reaches(this.stage, orderId, state);
    this.tell(`the order is ${state}`);
    this.count(`orders.${FIGURES[state]}`);
  }

  /** Waits until one agency's part of a joint order is so. */
  async partBecomes(orderId: string, agency: AgencyName, state: string): Promise<void> {
    await this.stage.call.until(`agency-${agency}'s part to be ${state}`, async () => {
      const { agencies } = await order(this.stage, orderId);
      return agencies.some((part) => part.agency === agency && part.state === state) || undefined;
    });
    this.tell(`agency-${agency}'s part is ${state}`);
  }

  /** What an agency got about this case, each with its reason where it has one. */
  got(agency: AgencyName): string[] {
    const named = ({ type, reason }: { type: string; reason: string | null }): string =>
      `${type.replace(/\.v\d+$/, '')}${reason === null ? '' : `: ${reason}`}`;
    return this.stage.agencies[agency].about(this.incidentId).map(named);
  }

  private countConfirmation(): void {
    const { outcome, nscReview } = this.incident.determination;
    this.count(`determinations.byOutcome.${outcome}`);
    for (const basis of nscReview.bases) this.count(`determinations.byBasis.${basis}`);
    if (!this.confirmed) this.count('incidents.confirmed');
    this.confirmed = true;
  }
}

/** The report's figure for an order that becomes so. */
const FIGURES: Readonly<Record<string, string>> = {
  ACKNOWLEDGED: 'acknowledged',
  DECLINED: 'declined',
  EXECUTING: 'executing',
  COMPLETED: 'completed',
  NOT_EXECUTED: 'notExecuted',
  STOP_REQUESTED: 'stopRequested',
  STOPPED: 'stopped',
  SUSPENDED: 'suspended',
};
