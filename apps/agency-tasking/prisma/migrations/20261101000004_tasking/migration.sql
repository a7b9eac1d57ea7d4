-- What tasking knows of a case, the evidence for its safeguards, and its orders. All of it is history but an order's state,
-- and that moves along the steps of one table.

-- A confirmed scope with all that was judged.
CREATE TABLE confirmed_scope (
  scope_digest   text           PRIMARY KEY CHECK (scope_digest ~ '^sha256:[0-9a-f]{64}$'),
  incident_id    uuid           NOT NULL,
  position       bigint         GENERATED ALWAYS AS IDENTITY UNIQUE,
  digest         text           NOT NULL,
  facts          jsonb          NOT NULL,
  determination  jsonb          NOT NULL,
  scope          jsonb          NOT NULL,
  confirmed_by   jsonb          NOT NULL,
  confirmed_at   timestamptz(3) NOT NULL,
  event_id       uuid           NOT NULL UNIQUE,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);
CREATE INDEX confirmed_scope_incident ON confirmed_scope (incident_id, position);

-- Facts as they stand later under the same digest: a new planned time, a declaration of urgency.
CREATE TABLE later_facts (
  incident_id    uuid           NOT NULL,
  version        int            NOT NULL,
  digest         text           NOT NULL,
  facts          jsonb          NOT NULL,
  determination  jsonb          NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (incident_id, version)
);

-- Why what was given for a scope no longer carries anything: its confirmation lapsed, its review was superseded.
CREATE TABLE scope_lapse (
  scope_digest   text           NOT NULL,
  source         text           NOT NULL CHECK (source IN ('CLASSIFICATION', 'SCHEDULING')),
  incident_id    uuid           NOT NULL,
  reason         text           NOT NULL,
  lapsed_at      timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (scope_digest, source)
);

-- Evidence by its safeguard: what offices record here, decisions and rulings as their owners published them.
CREATE TABLE evidence (
  id             uuid           PRIMARY KEY,
  incident_id    uuid           NOT NULL,
  safeguard      text           NOT NULL CHECK (safeguard IN ('NSC_APPROVAL', 'COMMISSION_APPROVAL', 'FOREIGN_MINISTER_CONSULTATION',
                                                              'PRIME_MINISTER_ORDER', 'NPSC_CONSENT')),
  scope_digest   text           NOT NULL,
  content        jsonb          NOT NULL,
  recorded_by_person text       NOT NULL CHECK (recorded_by_person <> ''),
  recorded_actor jsonb          NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);
CREATE INDEX evidence_incident ON evidence (incident_id, recorded_at);

CREATE TABLE evidence_confirmation (
  evidence_id    uuid           PRIMARY KEY REFERENCES evidence (id),
  confirmed_by_person text      NOT NULL CHECK (confirmed_by_person <> ''),
  confirmed_actor jsonb         NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

CREATE TABLE commission_request (
  id             uuid           PRIMARY KEY,
  incident_id    uuid           NOT NULL,
  scope_digest   text           NOT NULL REFERENCES confirmed_scope (scope_digest),
  timing         text           NOT NULL CHECK (timing IN ('PRIOR', 'POST_NOTIFICATION')),
  why_no_time    text,
  requested_actor jsonb         NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  CONSTRAINT commission_request_urgency_explained CHECK (timing = 'PRIOR' OR why_no_time IS NOT NULL)
);

-- The only steps that an order takes.
CREATE TABLE order_step (
  from_state     text           NOT NULL,
  to_state       text           NOT NULL,
  PRIMARY KEY (from_state, to_state)
);
INSERT INTO order_step (from_state, to_state) VALUES
  ('DRAFT', 'ISSUED'), ('DRAFT', 'REVOKED'),
  ('ISSUED', 'ACKNOWLEDGED'), ('ISSUED', 'DECLINED'), ('ISSUED', 'STOP_REQUESTED'), ('ISSUED', 'SUSPENDED'), ('ISSUED', 'EXPIRED'),
  ('ACKNOWLEDGED', 'EXECUTING'), ('ACKNOWLEDGED', 'NOT_EXECUTED'), ('ACKNOWLEDGED', 'STOP_REQUESTED'), ('ACKNOWLEDGED', 'SUSPENDED'),
  ('ACKNOWLEDGED', 'EXPIRED'), ('ACKNOWLEDGED', 'DECLINED'),
  ('EXECUTING', 'COMPLETED'), ('EXECUTING', 'FAILED'), ('EXECUTING', 'STOP_REQUESTED'),
  ('SUSPENDED', 'STOP_REQUESTED'), ('SUSPENDED', 'EXPIRED'),
  ('STOP_REQUESTED', 'STOPPED'), ('STOP_REQUESTED', 'COMPLETED'), ('STOP_REQUESTED', 'FAILED'), ('STOP_REQUESTED', 'NOT_EXECUTED'),
  ('STOP_REQUESTED', 'DECLINED');

CREATE TABLE tasking_order (
  id             uuid           PRIMARY KEY,
  incident_id    uuid           NOT NULL,
  scope_digest   text           NOT NULL REFERENCES confirmed_scope (scope_digest),
  executor       text           NOT NULL CHECK (executor IN ('NPA_SOLE', 'JOINT_NPA_SDF', 'SDF')),
  state          text           NOT NULL DEFAULT 'DRAFT',
  version        int            NOT NULL DEFAULT 1,
  drafted_actor  jsonb          NOT NULL CHECK (coalesce(drafted_actor ->> 'person', '') <> ''),
  drafted_at     timestamptz(3) NOT NULL,
  issued_actor   jsonb,
  issued_at      timestamptz(3),
  not_before     timestamptz(3),
  not_after      timestamptz(3),
  acknowledge_by timestamptz(3),
  conditions     jsonb          NOT NULL DEFAULT '[]',
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  reason         text,
  correlation_id text           NOT NULL,
  causation_id   text,
  CONSTRAINT order_two_persons CHECK (issued_actor IS NULL OR (coalesce(issued_actor ->> 'person', '') <> '' AND issued_actor ->> 'person' <> drafted_actor ->> 'person')),
  CONSTRAINT order_issued_by_somebody CHECK (state IN ('DRAFT', 'REVOKED') OR (issued_actor IS NOT NULL AND issued_at IS NOT NULL
    AND not_before IS NOT NULL AND not_after IS NOT NULL AND acknowledge_by IS NOT NULL))
);
CREATE INDEX order_incident ON tasking_order (incident_id);
-- One live order for one executor on one scope.
CREATE UNIQUE INDEX order_live ON tasking_order (scope_digest, executor)
  WHERE state NOT IN ('REVOKED', 'DECLINED', 'NOT_EXECUTED', 'STOPPED', 'FAILED', 'COMPLETED', 'EXPIRED');

-- Who tried to issue it, and what came of it. Whoever drafted it does not even try.
CREATE TABLE order_attempt (
  id             uuid           PRIMARY KEY,
  order_id       uuid           NOT NULL REFERENCES tasking_order (id),
  attempted_actor jsonb         NOT NULL,
  reasons        jsonb          NOT NULL,
  outstanding    jsonb          NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

-- What an order rests on: without it none is issued.
CREATE TABLE order_basis (
  order_id       uuid           PRIMARY KEY REFERENCES tasking_order (id),
  facts          jsonb          NOT NULL,
  determination  jsonb          NOT NULL,
  evidence       jsonb          NOT NULL CHECK (jsonb_array_length(evidence) > 0),
  standing       jsonb          NOT NULL CHECK (jsonb_array_length(standing) > 0 AND NOT standing @> '[{"stands": false}]'),
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

-- The order as one agency has it.
CREATE TABLE order_part (
  order_id       uuid           NOT NULL REFERENCES tasking_order (id),
  agency         text           NOT NULL CHECK (agency IN ('npa', 'sdf')),
  state          text           NOT NULL,
  jws            text           NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (order_id, agency)
);

CREATE TABLE order_change (
  order_id       uuid           NOT NULL REFERENCES tasking_order (id),
  version        int            NOT NULL,
  from_state     text           NOT NULL,
  to_state       text           NOT NULL,
  agency         text,
  reason         text,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (order_id, version),
  FOREIGN KEY (from_state, to_state) REFERENCES order_step (from_state, to_state)
);

-- What agencies returned and was accepted; a return is known by its `jti`.
CREATE TABLE agency_return (
  agency         text           NOT NULL,
  jti            text           NOT NULL,
  order_id       uuid           NOT NULL REFERENCES tasking_order (id),
  kind           text           NOT NULL,
  payload        jsonb          NOT NULL,
  jws            text           NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (agency, jti)
);

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows stay as they are', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION evidence_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM evidence WHERE id = NEW.evidence_id AND recorded_by_person = NEW.confirmed_by_person) THEN
    RAISE EXCEPTION 'new row for relation "evidence_confirmation" violates check constraint "evidence_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_two_persons', TABLE = 'evidence_confirmation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_two_persons BEFORE INSERT ON evidence_confirmation FOR EACH ROW EXECUTE FUNCTION evidence_two_persons();

CREATE FUNCTION order_attempt_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(NEW.attempted_actor ->> 'person', '') = ''
    OR EXISTS (SELECT 1 FROM tasking_order WHERE id = NEW.order_id AND drafted_actor ->> 'person' = NEW.attempted_actor ->> 'person') THEN
    RAISE EXCEPTION 'new row for relation "order_attempt" violates check constraint "order_attempt_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'order_attempt_two_persons', TABLE = 'order_attempt';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER order_attempt_two_persons BEFORE INSERT ON order_attempt FOR EACH ROW EXECUTE FUNCTION order_attempt_two_persons();

-- An order begins as a draft, moves by legal steps alone, and counts them.
CREATE FUNCTION order_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'DRAFT' OR NEW.version <> 1 OR NEW.issued_actor IS NOT NULL THEN
      RAISE EXCEPTION 'an order begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM order_step WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'an order does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = OLD.state OR NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'an order changes by one step at a time' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state <> 'DRAFT' AND (NEW.issued_actor, NEW.issued_at, NEW.not_before, NEW.not_after, NEW.acknowledge_by, NEW.conditions)
     IS DISTINCT FROM (OLD.issued_actor, OLD.issued_at, OLD.not_before, OLD.not_after, OLD.acknowledge_by, OLD.conditions) THEN
    RAISE EXCEPTION 'what was issued stays as it was issued' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER order_moves BEFORE INSERT OR UPDATE ON tasking_order FOR EACH ROW EXECUTE FUNCTION order_moves();
CREATE TRIGGER order_content_stays BEFORE UPDATE OF id, incident_id, scope_digest, executor, drafted_actor, drafted_at, recorded_at, recorded_by,
  correlation_id, causation_id ON tasking_order FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER order_stays BEFORE DELETE OR TRUNCATE ON tasking_order FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- At the end of the transaction, an order that left the draft has its basis, a part for each agency, and its history.
CREATE FUNCTION order_has_basis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM order_change WHERE order_id = NEW.id AND version = NEW.version AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'a step of an order is on record' USING ERRCODE = 'check_violation', CONSTRAINT = 'order_has_history';
  END IF;
  IF NEW.issued_actor IS NOT NULL AND (
       NOT EXISTS (SELECT 1 FROM order_basis WHERE order_id = NEW.id)
       OR (SELECT count(*) FROM order_part WHERE order_id = NEW.id) <> CASE NEW.executor WHEN 'JOINT_NPA_SDF' THEN 2 ELSE 1 END) THEN
    RAISE EXCEPTION 'no order without what it rests on' USING ERRCODE = 'check_violation', CONSTRAINT = 'order_has_basis';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER order_has_basis AFTER UPDATE ON tasking_order DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION order_has_basis();

DO $$
DECLARE
  history text;
  app     text := current_setting('sekisho.app_role');
BEGIN
  FOREACH history IN ARRAY ARRAY['confirmed_scope', 'later_facts', 'scope_lapse', 'evidence', 'evidence_confirmation', 'commission_request',
                                 'order_attempt', 'order_basis', 'order_change', 'agency_return'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   history);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', history, app);
  END LOOP;
  EXECUTE format('GRANT SELECT ON order_step TO %I', app);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE (state, version, issued_actor, issued_at, not_before, not_after, acknowledge_by, conditions, reason)'
                 ' ON tasking_order TO %I', app);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE (state) ON order_part TO %I', app);
END $$;
