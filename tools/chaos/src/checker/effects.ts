import type { Service, TopicName } from '@sekisho/contracts';
import type { Row } from './world.js';

/**
 * A write that clients are promised: the row that it makes and the event that tells of it. All three are known by one name, found in
 * the answer, in the row and in the event's data.
 */
export interface Effect {
  readonly what: string;
  readonly service: Service;
  /** Method and route, with ids or with their names: as it is called, and as it is kept with the Idempotency-Key. */
  readonly route: RegExp;
  readonly answered: Name;
  readonly table: string;
  readonly stored: Name;
  /** Whether such a write made the row, where events make some too. */
  readonly made: (row: Row, tables: Readonly<Record<string, readonly Row[]>>) => boolean;
  readonly topic: TopicName;
  readonly type: RegExp;
  readonly told: Name;
}
type Name = (named: Row) => string;

const instant = (time: string): string => new Date(time).toISOString();
const route = (text: string): RegExp => new RegExp(`^${text.replaceAll('*', '[^/]+')}$`);
const field =
  (...names: string[]): Name =>
  (row) =>
    names.map((name) => (/(_at|At)$/.test(name) ? instant(row[name] as string) : String(row[name]))).join(' ');
const byHand = ({ safeguard }: Row): boolean => safeguard !== 'NSC_APPROVAL' && safeguard !== 'COMMISSION_APPROVAL';

const writesOf =
  (service: Service, topic: TopicName) =>
  (
    what: string,
    way: string,
    answered: Name,
    [table, stored]: [string, Name],
    [type, told]: [RegExp, Name],
    made: Effect['made'] = () => true,
  ): Effect => ({ what, service, route: route(way), answered, table, stored, made, topic, type, told });

const intake = writesOf('incident-intake', 'intake.reports.v1');
const classification = writesOf('classification', 'classification.determinations.v1');
const scheduling = writesOf('nsc-scheduling', 'nsc.reviews.v1');
const tasking = writesOf('agency-tasking', 'tasking.decisions.v1');
const oversight = writesOf('oversight-reporting', 'oversight.rulings.v1');

/** Every documented write that cases make. */
export const EFFECTS: readonly Effect[] = [
  intake(
    'report',
    'POST /v1/report(?:s|-batches)',
    field('reportId'),
    ['report', field('id')],
    [/^report-(submitted|withheld)\./, field('reportId')],
  ),
  intake(
    'revision',
    'POST /v1/reports/*/revisions',
    field('reportId', 'revision'),
    ['report_revision', field('report_id', 'revision')],
    [/^report-(submitted|revised|withheld)\./, field('reportId', 'revision')],
    ({ revision }) => (revision as number) > 1,
  ),
  intake(
    'withdrawal of a report',
    'POST /v1/reports/*/withdrawal',
    field('reportId'),
    ['report_withdrawal', field('report_id')],
    [/^report-withdrawn\./, field('reportId')],
  ),
  classification(
    'claim',
    'POST /v1/incidents/*/claims',
    field('claimId'),
    ['claim', field('id')],
    [/^claim-recorded\./, ({ claim }) => String(claim.claimId)],
    ({ origin }) => origin === 'ASSESSMENT',
  ),
  classification(
    'scope',
    'PUT /v1/incidents/*/scope',
    field('scopeDigest'),
    ['scope', field('scope_digest')],
    [/^scope-proposed\./, field('scopeDigest')],
  ),
  classification(
    'confirmation',
    'POST /v1/incidents/*/confirmation',
    field('digest', 'scopeDigest', 'confirmedAt'),
    ['confirmation', field('digest', 'scope_digest', 'confirmed_at')],
    [
      /^determination-confirmed\./,
      ({ determination, ...data }) => `${determination.digest} ${field('scopeDigest', 'confirmedAt')(data)}`,
    ],
  ),
  scheduling(
    'meeting',
    '(POST /v1/meetings|PUT /v1/meetings/*)',
    field('meetingId', 'version'),
    ['meeting_plan', field('meeting_id', 'version')],
    [/^meeting-scheduled\./, field('meetingId', 'version')],
  ),
  scheduling(
    'attendance',
    '(POST|PUT) /v1/meetings/*/attendance',
    field('meetingId', 'recordedAt'),
    ['attendance', field('meeting_id', 'recorded_at')],
    [/^attendance-recorded\./, field('meetingId', 'recordedAt')],
  ),
  scheduling(
    'decision',
    'POST /v1/reviews/*/decision',
    field('decisionId'),
    ['decision', field('id')],
    [/^decision-recorded\./, field('decisionId')],
  ),
  scheduling(
    'withdrawal',
    'POST /v1/reviews/*/decision/corrections',
    field('withdrawalId'),
    ['decision_withdrawal', field('id')],
    [/^withdrawal-recorded\./, field('withdrawalId')],
  ),
  scheduling(
    'confirmation of a decision',
    'POST /v1/reviews/*/decision/confirmation',
    field('decisionId'),
    ['decision_confirmation', field('decision_id')],
    [/^decision-confirmed\./, field('decisionId')],
  ),
  tasking(
    'evidence',
    'POST /v1/incidents/*/evidence',
    field('evidenceId'),
    ['evidence', field('id')],
    [/^evidence-recorded\./, field('evidenceId')],
    byHand,
  ),
  tasking(
    'confirmation of evidence',
    'POST /v1/(incidents/*/)?evidence/*/confirmation',
    field('evidenceId'),
    ['evidence_confirmation', field('evidence_id')],
    [/^evidence-confirmed\./, field('evidenceId')],
    (row, { evidence = [] }) => evidence.some((each) => each['id'] === row['evidence_id'] && byHand(each)),
  ),
  tasking(
    'request to the commission',
    'POST /v1/incidents/*/commission-requests',
    field('requestId'),
    ['commission_request', field('id')],
    [/^commission-requested\./, field('requestId')],
  ),
  tasking(
    'draft',
    'POST /v1/orders',
    field('orderId'),
    ['tasking_order', field('id')],
    [/^order-drafted\./, field('orderId')],
  ),
  tasking(
    'issuance',
    'POST /v1/orders/*/issuance',
    field('orderId'),
    ['order_basis', field('order_id')],
    [/^order-recorded\./, field('orderId')],
  ),
  oversight(
    'ruling',
    'POST /v1/rulings',
    field('rulingId'),
    ['ruling', field('id')],
    [/^ruling-recorded\./, field('rulingId')],
  ),
  oversight(
    'confirmation of a ruling',
    'POST /v1/rulings/*/confirmation',
    field('rulingId'),
    ['ruling_confirmation', field('ruling_id')],
    [/^ruling-confirmed\./, field('rulingId')],
  ),
];
