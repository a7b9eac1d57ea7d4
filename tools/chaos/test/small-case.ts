import type { Chronicle } from './small-world.js';

// Instants as clients hear them, and as PostgreSQL writes them into JSON.
const at = (minute: number): string => `2026-11-25T01:${String(minute).padStart(2, '0')}:00.000Z`;
const stored = (minute: number): string => at(minute).replace('.000Z', '+00:00');
const by = (person: string) => ({ person, client: `client-of-${person}` });

const CLASSIFIED = 'classification.determinations.v1';
const REVIEWS = 'nsc.reviews.v1';
const DECISIONS = 'tasking.decisions.v1';
const RULINGS = 'oversight.rulings.v1';

/**
 * Everything that the checks know of, as seldom as can be: one case from its report to an order that is stopped since its approval was
 * withdrawn, one that lapses since a fact of it is contested, and one report that is withheld and withdrawn.
 */
export function happened(says: Chronicle): void {
  withheld(says);
  opened(says, 1);
  reviewed(says);
  supplied(says);
  ordered(says);
  stopped(says);
  opened(says, 2);
  lapsed(says);
  revised(says);
}

function withheld(says: Chronicle): void {
  const said = { reportId: 'report-0' };
  const row: [string, object] = ['report', { id: 'report-0', external_id: 'no-0', forwarded: false }];
  says.wrote('incident-intake', 'POST /v1/reports', said, row, 202);
  says.published('intake.reports.v1', 'report-withheld', 'report-0', said);
}

/** The same reports as lines of a batch that was cut off and sent again: one was kept waiting, one was refused, one has no answer yet. */
export function batched({ world }: Chronicle): void {
  const answer = (n: number) => ({ status: 202, reportId: `report-${n}` });
  const wait = { status: 503, reportId: null };
  const lines = { 'no-0': [answer(0), answer(0)], 'no-1': [wait, answer(1)], 'no-2': [answer(2)], 'no-7': [] };
  for (const [externalId, answers] of Object.entries(lines))
    world.lines.push({ batch: 'batch-1', externalId, answers });
  world.lines.push({ batch: 'batch-1', externalId: 'no-8', answers: [{ status: 400, reportId: null }] });
}

/** What becomes of reports: one is revised, one is withdrawn. */
function revised(says: Chronicle): void {
  const said = { reportId: 'report-1', revision: 2 };
  const row: [string, object] = ['report_revision', { report_id: 'report-1', revision: 2 }];
  says.wrote('incident-intake', 'POST /v1/reports/report-1/revisions', said, row);
  says.published('intake.reports.v1', 'report-revised', 'report-1', said);
  const withdrawn: [string, object] = ['report_withdrawal', { report_id: 'report-0' }];
  says.wrote('incident-intake', 'POST /v1/reports/report-0/withdrawal', { reportId: 'report-0' }, withdrawn);
  says.published('intake.reports.v1', 'report-withdrawn', 'report-0', { reportId: 'report-0' });
}

/** A case up to its review. */
function opened(says: Chronicle, n: number): void {
  const [reportId, incidentId, scopeDigest, digest] = [`report-${n}`, `incident-${n}`, `scope-${n}`, `digest-${n}`];
  const route = `/v1/incidents/${incidentId}`;
  const report: [string, object] = ['report', { id: reportId, external_id: `no-${n}`, forwarded: true }];
  says.wrote('incident-intake', 'POST /v1/reports', { reportId }, report, 202);
  says.published('intake.reports.v1', 'report-submitted', reportId, {
    ...{ reportId, organisation: { sector: 'ELECTRICITY' }, report: { form: 'DDOS', basis: 'DESIGNATED' } },
  });

  says.stored('classification', 'incident_report', { report_id: reportId, incident_id: incidentId });
  says.stored('classification', 'incident', { id: incidentId });
  const viewedBy = { person: 'analyst' };
  says.published('classification.readings.v1', 'record-viewed', incidentId, { reportId, viewedBy, viewedAt: at(n) });
  says.stored('incident-intake', 'report_reading', { report_id: reportId, reader: viewedBy, read_at: stored(n) });
  says.published(CLASSIFIED, 'incident-opened', incidentId, { incidentId, reportId });
  determined(says, incidentId, 1);
  says.stored('classification', 'claim', { id: `read-${n}`, origin: 'REPORT' });
  says.published(CLASSIFIED, 'claim-recorded', incidentId, { incidentId, claim: { claimId: `read-${n}` } });

  const claimId = `claim-${n}`;
  const claim: [string, object] = ['claim', { id: claimId, origin: 'ASSESSMENT' }];
  says.wrote('classification', `POST ${route}/claims`, { claimId }, claim);
  says.published(CLASSIFIED, 'claim-recorded', incidentId, { incidentId, claim: { claimId } });

  const scope: [string, object] = ['scope', { scope_digest: scopeDigest, proposed_by: by('analyst-1') }];
  says.wrote('classification', `PUT ${route}/scope`, { scopeDigest }, scope);
  says.published(CLASSIFIED, 'scope-proposed', incidentId, { incidentId, scopeDigest });

  const confirmed = { scopeDigest, confirmedAt: at(n) };
  says.wrote('classification', `POST ${route}/confirmation`, { digest, ...confirmed }, [
    'confirmation',
    { digest, scope_digest: scopeDigest, confirmed_at: stored(n), confirmed_by: by('analyst-2') },
  ]);
  const determination = { digest, outcome: 'DETERMINED', nscReview: { required: 'YES', bases: ['OVERSEAS'] } };
  const all = { incidentId, determination, scope: { servers: ['s1'] }, ...confirmed };
  const id = says.published(CLASSIFIED, 'determination-confirmed', incidentId, all);
  says.stored('agency-tasking', 'confirmed_scope', { event_id: id, scope_digest: scopeDigest });

  says.stored('nsc-scheduling', 'review', { id: `review-${n}`, scope_digest: scopeDigest });
  says.published(REVIEWS, 'review-opened', incidentId, { reviewId: `review-${n}`, incidentId, scopeDigest });
}

function determined(says: Chronicle, incidentId: string, version: number): void {
  says.published(CLASSIFIED, 'determination-made', incidentId, { incidentId, version });
  says.stored('agency-tasking', 'later_facts', { incident_id: incidentId, version });
}

/** A meeting that is put off once, at which the review is decided. */
function reviewed(says: Chronicle): void {
  for (const [version, route] of [
    [1, 'POST /v1/meetings'],
    [2, 'PUT /v1/meetings/meeting-1'],
  ] as const) {
    const said = { meetingId: 'meeting-1', version };
    says.wrote('nsc-scheduling', route, said, ['meeting_plan', { meeting_id: 'meeting-1', version }]);
    says.published(REVIEWS, 'meeting-scheduled', 'meeting-1', { ...said, urgent: true });
  }
  const role = 'CYBERSECURITY_MINISTER';
  says.stored(
    ...(['nsc-scheduling', 'booking'] as const),
    { meeting_id: 'meeting-1', role, starts_at: stored(10), ends_at: stored(20) },
    { meeting_id: 'meeting-2', role, starts_at: stored(20), ends_at: stored(30) },
    // Given up: it takes no time.
    { meeting_id: 'meeting-3', role, starts_at: stored(15), ends_at: stored(15) },
  );

  const attended = { meetingId: 'meeting-1', recordedAt: at(11) };
  says.wrote('nsc-scheduling', 'POST /v1/meetings/meeting-1/attendance', attended, [
    'attendance',
    { meeting_id: 'meeting-1', starts_at: stored(10), recorded_at: stored(11) },
  ]);
  const members = [{ attendance: 'PRESENT' }, { attendance: 'SUBSTITUTE' }, { attendance: 'RECUSED' }];
  says.published(REVIEWS, 'attendance-recorded', 'meeting-1', { ...attended, members });

  const of = { decisionId: 'decision-1', reviewId: 'review-1', incidentId: 'incident-1', scopeDigest: 'scope-1' };
  const outcome = 'APPROVED';
  const [decided, confirmed] = [
    'POST /v1/reviews/review-1/decision',
    'POST /v1/reviews/review-1/decision/confirmation',
  ];
  says.wrote('nsc-scheduling', decided, of, [
    'decision',
    { id: 'decision-1', outcome, recorded_by: by('secretary-1') },
  ]);
  says.published(REVIEWS, 'decision-recorded', 'incident-1', { ...of, outcome });
  says.wrote('nsc-scheduling', confirmed, { ...of, outcome }, [
    'decision_confirmation',
    { decision_id: 'decision-1', review_id: 'review-1', round: 1, outcome, recorded_by: by('secretary-2') },
  ]);
  says.published(REVIEWS, 'decision-confirmed', 'incident-1', { ...of, outcome });
  copied(says, 'decision-1', 'NSC_APPROVAL', 'secretary');
}

/** What tasking knows of a decision or ruling of others. */
function copied(says: Chronicle, id: string, safeguard: string, persons: string): void {
  says.stored('agency-tasking', 'evidence', { id, safeguard, recorded_by_person: `${persons}-1` });
  says.stored('agency-tasking', 'evidence_confirmation', { evidence_id: id, confirmed_by_person: `${persons}-2` });
}

/** A paper that two officers stand for, and the commission's ruling. */
function supplied(says: Chronicle): void {
  const [evidenceId, safeguard] = ['evidence-1', 'NPSC_CONSENT'];
  says.wrote('agency-tasking', 'POST /v1/incidents/incident-1/evidence', { evidenceId }, [
    'evidence',
    { id: evidenceId, safeguard, recorded_by_person: 'officer-1' },
  ]);
  says.published(DECISIONS, 'evidence-recorded', 'incident-1', { evidenceId, safeguard });
  const confirmed = { evidenceId, confirmedAt: at(12) };
  says.wrote('agency-tasking', 'POST /v1/incidents/incident-1/evidence/evidence-1/confirmation', confirmed, [
    'evidence_confirmation',
    { evidence_id: evidenceId, confirmed_by_person: 'officer-2' },
  ]);
  says.published(DECISIONS, 'evidence-confirmed', 'incident-1', { ...confirmed, safeguard });

  // Not for lack of time alone: its urgency is declared, and stands in until there is a ruling.
  const asked = { requestId: 'request-1', timing: 'POST_NOTIFICATION' };
  const request: [string, object] = ['commission_request', { id: 'request-1' }];
  says.wrote('agency-tasking', 'POST /v1/incidents/incident-1/commission-requests', asked, request);
  says.published(DECISIONS, 'commission-requested', 'incident-1', asked);
  copied(says, 'request-1', 'COMMISSION_APPROVAL', 'officer');

  const ruling = { rulingId: 'ruling-1', outcome: 'JUSTIFIED' };
  says.wrote('oversight-reporting', 'POST /v1/rulings', ruling, [
    'ruling',
    { id: 'ruling-1', recorded_actor: by('commissioner-1') },
  ]);
  says.published(RULINGS, 'ruling-recorded', 'incident-1', ruling);
  says.wrote('oversight-reporting', 'POST /v1/rulings/ruling-1/confirmation', { ...ruling, confirmedAt: at(13) }, [
    'ruling_confirmation',
    { ruling_id: 'ruling-1', confirmed_actor: by('commissioner-2') },
  ]);
  says.published(RULINGS, 'ruling-confirmed', 'incident-1', ruling);
  copied(says, 'ruling-1', 'COMMISSION_APPROVAL', 'commissioner');
}

/** Legal steps, as the migrations have them. */
const STEPS = 'DRAFT ISSUED ACKNOWLEDGED EXECUTING STOP_REQUESTED STOPPED'.split(' ');

function drafted(says: Chronicle, n: number, more: object): void {
  const [orderId, incidentId] = [`order-${n}`, `incident-${n}`];
  const order = { id: orderId, incident_id: incidentId, scope_digest: `scope-${n}`, executor: 'NPA_SOLE' };
  const row = { ...order, state: 'DRAFT', version: 1, drafted_actor: by('officer-1'), issued_actor: null, ...more };
  says.wrote('agency-tasking', 'POST /v1/orders', { orderId, incidentId }, ['tasking_order', row]);
  says.published(DECISIONS, 'order-drafted', incidentId, { orderId, incidentId });
}

/** Refused once, then issued and begun. */
function ordered(says: Chronicle): void {
  STEPS.slice(1).forEach((to, index) =>
    says.stored('agency-tasking', 'order_step', { from_state: STEPS[index], to_state: to }),
  );
  drafted(says, 1, { state: 'STOPPED', version: 6, issued_actor: by('officer-2') });
  const orderId = 'order-1';
  const outstanding = [{ kind: 'PRIME_MINISTER_ORDER' }];
  const refusal = { orderId, reasons: [{ code: 'PRIME_MINISTER_ORDER' }], outstanding };
  says.world.answers.push({
    ...{ client: 'somebody', method: 'POST', url: `http://127.0.0.1:8080/v1/orders/${orderId}/issuance` },
    ...({ service: 'agency-tasking', status: 409, body: refusal, retryAfter: null, at: 0 } as const),
  });
  says.published(DECISIONS, 'order-refused', 'incident-1', { orderId, outstanding });

  const issued = { orderId, issuedAt: at(14) };
  says.wrote('agency-tasking', `POST /v1/orders/${orderId}/issuance`, issued, ['order_basis', { order_id: orderId }]);
  says.published(DECISIONS, 'order-recorded', 'incident-1', { orderId, executor: 'NPA_SOLE' });
  moved(says, 1, null);
  says.stored('agency-tasking', 'order_part', { order_id: orderId, agency: 'npa' });
  says.told('npa', 'order-issued', 'incident-1', orderId);
  says.returned('npa', 'ACKNOWLEDGED', orderId, 'incident-1');
  moved(says, 2, 'npa');
  says.returned('npa', 'STARTED', orderId, 'incident-1');
  moved(says, 3, 'npa');
}

function moved(says: Chronicle, step: number, agency: string | null, reason: string | null = null): void {
  const [from, to] = [STEPS[step - 1], STEPS[step]];
  const change = { order_id: 'order-1', version: step + 1, from_state: from, to_state: to, agency, reason };
  says.stored('agency-tasking', 'order_change', change);
  says.published(DECISIONS, 'order-state-changed', 'incident-1', { orderId: 'order-1', from, to, agency, reason });
}

/** The approval is withdrawn by two people while the order runs. */
function stopped(says: Chronicle): void {
  const of = { withdrawalId: 'withdrawal-1', decisionId: 'decision-1', reviewId: 'review-1', incidentId: 'incident-1' };
  says.wrote('nsc-scheduling', 'POST /v1/reviews/review-1/decision/corrections', of, [
    'decision_withdrawal',
    { id: 'withdrawal-1', recorded_by: by('secretary-1') },
  ]);
  says.published(REVIEWS, 'withdrawal-recorded', 'incident-1', of);
  const confirmation = { withdrawal_id: 'withdrawal-1', recorded_by: by('secretary-2') };
  says.stored('nsc-scheduling', 'decision_withdrawal_confirmation', confirmation);
  says.published(REVIEWS, 'decision-withdrawn', 'incident-1', of);
  copied(says, 'withdrawal-1', 'NSC_APPROVAL', 'secretary');

  moved(says, 4, null, 'the NSC withdrew its approval');
  says.told('npa', 'order-stopped', 'incident-1', 'order-1');
  says.returned('npa', 'STOPPED', 'order-1', 'incident-1');
  moved(says, 5, 'npa');
  says.returned('npa', 'COMPLETED', 'order-1', 'incident-1', false);
  says.told('npa', 'return-rejected', 'incident-1', 'order-1');
}

/** A fact is contested and changed: what was confirmed falls, and its review with it. The draft stays one. */
function lapsed(says: Chronicle): void {
  drafted(says, 2, {});
  const [incidentId, scopeDigest, contestId] = ['incident-2', 'scope-2', 'contest-2'];
  says.published(CLASSIFIED, 'fact-contested', incidentId, { incidentId, contestId });
  says.stored('agency-tasking', 'fact_contest', { contest_id: contestId });
  says.published(CLASSIFIED, 'contest-settled', incidentId, { incidentId, contestId, upheld: false });
  says.stored('agency-tasking', 'fact_contest_settlement', { contest_id: contestId });
  determined(says, incidentId, 2);
  says.published(CLASSIFIED, 'confirmation-lapsed', incidentId, { incidentId, scopeDigest });
  says.stored('agency-tasking', 'scope_lapse', { source: 'CLASSIFICATION', scope_digest: scopeDigest });
  says.stored('nsc-scheduling', 'review_supersession', { review_id: 'review-2' });
  says.published(REVIEWS, 'review-superseded', incidentId, { reviewId: 'review-2', incidentId, scopeDigest });
  says.stored('agency-tasking', 'scope_lapse', { source: 'SCHEDULING', scope_digest: scopeDigest });
}
