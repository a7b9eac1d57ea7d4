import type { Service } from '@sekisho/contracts';

/** What two people do in turn, as SQL of the service's own role. */
interface Steps {
  /** Rows that both rest on. */
  readonly before?: readonly string[];
  readonly first: string;
  /** As the person whose actor this is, in JSON. */
  second(actor: string): string;
}

export interface Place {
  readonly service: Service;
  readonly constraint: string;
  /** How the step ends when another person takes it. */
  readonly another?: string;
  /** Can both be put into one statement, the second step first? */
  readonly together?: true;
  /** The steps about things of this id and digest. */
  steps(id: string, digest: string): Steps;
}

const FIRST = `'{"issuer":"i","subject":"client-1","person":"person-1"}'`;
const RECORDED = 'recorded_at, recorded_by, correlation_id';
const recorded = `now(), 'x', 'x'`;

const judged = (id: string, digest: string): string[] => [
  `INSERT INTO incident (id, version, opened_at, recorded_by, correlation_id) VALUES ('${id}', 1, now(), 'x', 'x')`,
  `INSERT INTO determination (incident_id, version, digest, facts, determination, made_at, ${RECORDED})
   VALUES ('${id}', 1, '${digest}', '{}', '{"digest":"${digest}"}', now(), ${recorded})`,
];
const confirming = (id: string, digest: string, scope: string, actor: string): string =>
  `INSERT INTO confirmation (incident_id, version, determination_version, digest, scope_version, scope_digest, confirmed_by, confirmed_at, ${RECORDED})
   VALUES ('${id}', 1, 1, '${digest}', ${scope}, '${actor}', now(), ${recorded})`;
const draft = (id: string, digest: string): string =>
  `INSERT INTO tasking_order (id, incident_id, scope_digest, executor, drafted_actor, drafted_at, recorded_by, correlation_id)
   VALUES ('${id}', '${id}', '${digest}', 'NPA_SOLE', ${FIRST}, now(), 'x', 'x')`;

const onDuty = (duty: string, ...sql: string[]): string => [`SET LOCAL app.duty = '${duty}'`, ...sql].join('; ');

/** Every place where two people are needed. */
export const PLACES: Readonly<Record<string, Place>> = {
  'an entry of the register and its confirmation': {
    service: 'incident-intake',
    constraint: 'organisation_change_two_persons',
    steps: (id) => ({
      first: `INSERT INTO organisation_change (id, organisation_id, based_on, name_ja, name_en, sector, designated, contact_desk, reason,
                proposed_by, proposed_at, recorded_by, correlation_id)
              VALUES ('${id}', 'org-x', 0, 'x', 'x', 'OTHER', false, '{}', 'r', ${FIRST}, now(), 'x', 'x')`,
      second: (actor) =>
        onDuty(
          'register',
          `INSERT INTO organisation_change_decision (change_id, organisation_id, confirmed, decided_by, decided_at, ${RECORDED})
         VALUES ('${id}', 'org-x', true, '${actor}', now(), ${recorded})`,
        ),
    }),
  },
  'a scope and its confirmation': {
    service: 'classification',
    constraint: 'confirmation_two_persons',
    together: true,
    steps: (id, digest) => ({
      before: judged(id, digest),
      first: `INSERT INTO scope (incident_id, version, scope_digest, determination_digest, scope, proposed_by, proposed_at, ${RECORDED})
              VALUES ('${id}', 1, '${digest}', '${digest}', '{"determination":"${digest}"}', ${FIRST}, now(), ${recorded})`,
      second: (actor) => confirming(id, digest, `1, '${digest}'`, actor),
    }),
  },
  'a decisive claim and the confirmation of what follows': {
    service: 'classification',
    constraint: 'confirmation_two_persons',
    steps: (id, digest) => ({
      before: judged(id, digest),
      first: `INSERT INTO claim (id, incident_id, fact, value, origin, note, asserted_by, asserted_at, ${RECORDED})
              VALUES (gen_random_uuid(), '${id}', 'graveHarmUrgent', 'TRUE', 'ASSESSMENT', 'n', ${FIRST}, now(), ${recorded})`,
      second: (actor) => confirming(id, digest, 'NULL, NULL', actor),
    }),
  },
  'that a version of the guideline was adopted and its confirmation': {
    service: 'classification',
    constraint: 'guideline_adoption_two_persons',
    steps: (id, digest) => ({
      first: `INSERT INTO guideline_adoption (id, guideline, digest, effective_from, document_name, document_digest, proposed_by, proposed_at,
                ${RECORDED})
              VALUES ('${id}', 'g', '${digest}', '2100-01-01T00:00Z', 'd', '${digest}', ${FIRST}, now(), ${recorded})`,
      second: (actor) =>
        `INSERT INTO guideline_adoption_decision (adoption_id, confirmed, decided_by, decided_at, ${RECORDED})
         VALUES ('${id}', true, '${actor}', now(), ${recorded})`,
    }),
  },
  'that contacts are to be erased and its confirmation': {
    service: 'incident-intake',
    constraint: 'contact_erasure_two_persons',
    steps: (id) => ({
      before: [
        `INSERT INTO contact_key (report_id, organisation_id, master, wrapped, recorded_by, correlation_id)
         VALUES ('${id}', 'o', 'm', decode(repeat('00', 60), 'hex'), 'x', 'x')`,
        // A confirmation refers to its report; superusers alone put one there without the rest.
        `INSERT INTO report (id, organisation_id, received_at, forwarded, recorded_by, correlation_id)
         VALUES ('${id}', 'o', now(), true, 'x', 'x')`,
      ],
      first: `INSERT INTO contact_erasure (report_id, organisation_id, version, reason, asked_actor, asked_at, ${RECORDED})
              VALUES ('${id}', 'o', 1, 'r', ${FIRST}, now(), ${recorded})`,
      second: (actor) =>
        onDuty(
          'contact-erasure',
          `INSERT INTO contact_erasure_confirmation (report_id, organisation_id, version, confirmed_actor, erased_at, ${RECORDED})
         VALUES ('${id}', 'o', 1, '${actor}', now(), ${recorded})`,
        ),
    }),
  },
  'a decision and its confirmation': {
    service: 'nsc-scheduling',
    constraint: 'decision_confirmation_two_persons',
    steps: (id, digest) => ({
      first: `INSERT INTO decision (id, review_id, version, scope_digest, meeting_id, meeting_version, attendance_version, outcome,
                conditions, expires_at, recorded_at, recorded_by, correlation_id)
              VALUES ('${id}', '${id}', 1, '${digest}', '${id}', 1, 1, 'REJECTED', '[]', '2100-01-01T00:00Z', now(), ${FIRST}, 'x')`,
      second: (actor) =>
        `INSERT INTO decision_confirmation (decision_id, review_id, outcome, expires_at, recorded_person, recorded_at, recorded_by, correlation_id)
         VALUES ('${id}', '${id}', 'REJECTED', '2100-01-01T00:00Z', 'person-1', now(), '${actor}', 'x')`,
    }),
  },
  'evidence and its confirmation': {
    service: 'agency-tasking',
    constraint: 'evidence_two_persons',
    together: true,
    steps: (id, digest) => ({
      first: `INSERT INTO evidence (id, incident_id, safeguard, scope_digest, content, recorded_by_person, recorded_actor, ${RECORDED})
              VALUES ('${id}', '${id}', 'NPSC_CONSENT', '${digest}', '{}', 'person-1', ${FIRST}, ${recorded})`,
      second: (actor) =>
        `INSERT INTO evidence_confirmation (evidence_id, confirmed_by_person, confirmed_actor, ${RECORDED})
         VALUES ('${id}', '${actor}'::jsonb ->> 'person', '${actor}', ${recorded})`,
    }),
  },
  'evidence and its confirmation, with another person written in beside the actor': {
    service: 'agency-tasking',
    constraint: 'evidence_confirmation_person_is_the_actors',
    another: '23514 evidence_confirmation_person_is_the_actors',
    steps: (id, digest) => ({
      first: `INSERT INTO evidence (id, incident_id, safeguard, scope_digest, content, recorded_by_person, recorded_actor, ${RECORDED})
              VALUES ('${id}', '${id}', 'NPSC_CONSENT', '${digest}', '{}', 'person-1', ${FIRST}, ${recorded})`,
      second: (actor) =>
        `INSERT INTO evidence_confirmation (evidence_id, confirmed_by_person, confirmed_actor, ${RECORDED})
         VALUES ('${id}', 'person-3', '${actor}', ${recorded})`,
    }),
  },
  'a draft and the attempt to issue it': {
    service: 'agency-tasking',
    constraint: 'order_attempt_two_persons',
    steps: (id, digest) => ({
      first: draft(id, digest),
      second: (actor) =>
        `INSERT INTO order_attempt (id, order_id, attempted_actor, reasons, outstanding, ${RECORDED})
         VALUES (gen_random_uuid(), '${id}', '${actor}', '[]', '[]', ${recorded})`,
    }),
  },
  'a draft and its being issued': {
    service: 'agency-tasking',
    constraint: 'order_two_persons',
    // It is short of much else, but not of a second person.
    another: '23514 order_has_history',
    steps: (id, digest) => ({
      first: draft(id, digest),
      second: (actor) =>
        `UPDATE tasking_order SET state = 'ISSUED', version = 2, issued_actor = '${actor}', issued_at = now(), not_before = now(),
           not_after = now(), acknowledge_by = now() WHERE id = '${id}'`,
    }),
  },
  'a ruling and its confirmation': {
    service: 'oversight-reporting',
    constraint: 'ruling_two_persons',
    together: true,
    steps: (id, digest) => ({
      first: `INSERT INTO ruling (id, request_id, incident_id, scope_digest, timing, outcome, reason, recorded_actor, ${RECORDED})
              VALUES ('${id}', '${id}', '${id}', '${digest}', 'PRIOR', 'REFUSED', 'r', ${FIRST}, ${recorded})`,
      second: (actor) =>
        `INSERT INTO ruling_confirmation (ruling_id, request_id, confirmed_actor, ${RECORDED})
         VALUES ('${id}', '${id}', '${actor}', ${recorded})`,
    }),
  },
};
