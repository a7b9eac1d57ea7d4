-- The person is the actor's, and is not written in beside it.
ALTER TABLE evidence ADD CONSTRAINT evidence_person_is_the_actors CHECK (recorded_by_person IS NOT DISTINCT FROM recorded_actor ->> 'person');
ALTER TABLE evidence_confirmation ADD CONSTRAINT evidence_confirmation_person_is_the_actors
  CHECK (confirmed_by_person IS NOT DISTINCT FROM confirmed_actor ->> 'person');

-- As before, but an id in another spelling is the same person, and what is not there yet was recorded by nobody else: one statement
-- could bring both, the first step behind the second.
CREATE OR REPLACE FUNCTION evidence_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM evidence
                  WHERE id = NEW.evidence_id AND NOT same_person(recorded_by_person, NEW.confirmed_by_person)) THEN
    RAISE EXCEPTION 'new row for relation "evidence_confirmation" violates check constraint "evidence_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_two_persons', TABLE = 'evidence_confirmation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION order_attempt_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM tasking_order
                  WHERE id = NEW.order_id AND NOT same_person(drafted_actor ->> 'person', NEW.attempted_actor ->> 'person')) THEN
    RAISE EXCEPTION 'new row for relation "order_attempt" violates check constraint "order_attempt_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'order_attempt_two_persons', TABLE = 'order_attempt';
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE tasking_order DROP CONSTRAINT order_two_persons;
ALTER TABLE tasking_order ADD CONSTRAINT order_two_persons
  CHECK (issued_actor IS NULL OR NOT same_person(issued_actor ->> 'person', drafted_actor ->> 'person'));

-- The steps are law; an agency's part of an order is made with the order and moves by the same steps, each with what the agency signed.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_step FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER order_part_content_stays BEFORE UPDATE OF order_id, agency, jws, recorded_at, recorded_by, correlation_id, causation_id
  ON order_part FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER order_part_stays BEFORE DELETE OR TRUNCATE ON order_part FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE FUNCTION order_part_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'ISSUED' OR NOT EXISTS (SELECT 1 FROM tasking_order WHERE id = NEW.order_id AND state = 'DRAFT') THEN
      RAISE EXCEPTION 'an agency gets its part when the order is issued' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM order_step WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'a part of an order does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state NOT IN ('STOP_REQUESTED', 'SUSPENDED', 'EXPIRED')
     AND NOT EXISTS (SELECT 1 FROM agency_return WHERE order_id = NEW.order_id AND agency = NEW.agency
                        AND CASE kind WHEN 'STARTED' THEN 'EXECUTING' ELSE kind END = NEW.state) THEN
    RAISE EXCEPTION 'an agency speaks by its signed return alone' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER order_part_moves BEFORE INSERT OR UPDATE ON order_part FOR EACH ROW EXECUTE FUNCTION order_part_moves();

-- At the end of the transaction, an order that left the draft has its history, and the parts of exactly its agencies; what an agency's
-- word brought about, an agency has said. When it is issued, what it rests on is on record: the determination that was confirmed and
-- has not lapsed, and, for each safeguard of it, evidence for this scope that a second person stands for (an urgent declaration is
-- confirmed with the order itself), and the owners' word. Whether evidence is good, and until when, is the guideline's to say.
CREATE OR REPLACE FUNCTION order_has_basis() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  basis    order_basis;
  agencies text[] := CASE NEW.executor WHEN 'JOINT_NPA_SDF' THEN '{npa,sdf}' WHEN 'SDF' THEN '{sdf}' ELSE '{npa}' END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM order_change WHERE order_id = NEW.id AND version = NEW.version AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'a step of an order is on record' USING ERRCODE = 'check_violation', CONSTRAINT = 'order_has_history';
  END IF;
  IF NEW.issued_actor IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT * INTO basis FROM order_basis WHERE order_id = NEW.id;
  IF basis.order_id IS NULL
     OR agencies IS DISTINCT FROM (SELECT array_agg(agency ORDER BY agency) FROM order_part WHERE order_id = NEW.id) THEN
    RAISE EXCEPTION 'no order without what it rests on' USING ERRCODE = 'check_violation', CONSTRAINT = 'order_has_basis';
  END IF;
  IF NEW.state IN ('ACKNOWLEDGED', 'DECLINED', 'EXECUTING', 'COMPLETED', 'FAILED', 'NOT_EXECUTED', 'STOPPED')
     AND NOT EXISTS (SELECT 1 FROM agency_return WHERE order_id = NEW.id
                        AND (CASE kind WHEN 'STARTED' THEN 'EXECUTING' ELSE kind END = NEW.state
                             OR NEW.state = 'DECLINED' AND kind = 'NOT_EXECUTED')) THEN
    RAISE EXCEPTION 'no agency said so' USING ERRCODE = 'check_violation', CONSTRAINT = 'order_follows_returns';
  END IF;
  IF OLD.state = 'DRAFT' AND NOT (
       -- As it was confirmed, or as it was made again later under the same digest.
       EXISTS (SELECT 1 FROM confirmed_scope known WHERE scope_digest = NEW.scope_digest AND incident_id = NEW.incident_id
                  AND (determination = basis.determination
                       OR EXISTS (SELECT 1 FROM later_facts WHERE incident_id = known.incident_id AND digest = known.digest
                                     AND determination = basis.determination)))
       AND NOT EXISTS (SELECT 1 FROM scope_lapse WHERE scope_digest = NEW.scope_digest)
       -- Everybody who was asked said that it stands, and the owner of the case was.
       AND basis.standing @> '[{"service": "classification", "stands": true}]'
       AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(basis.standing) answer WHERE answer -> 'stands' IS DISTINCT FROM 'true')
       AND NOT EXISTS (
         SELECT 1 FROM jsonb_array_elements(basis.evidence) cited
           LEFT JOIN evidence ON evidence.id::text = cited ->> 'id' AND evidence.safeguard = cited ->> 'safeguard'
                             AND evidence.scope_digest = NEW.scope_digest AND evidence.incident_id = NEW.incident_id
           LEFT JOIN evidence_confirmation ON evidence_id = evidence.id
          WHERE evidence.id IS NULL
             OR evidence_id IS NULL AND NOT (evidence.safeguard = 'COMMISSION_APPROVAL' AND evidence.content ->> 'outcome' = 'PENDING'))
       AND NOT EXISTS (
         SELECT 1 FROM jsonb_array_elements(basis.determination -> 'safeguards') needed
          WHERE coalesce(needed ->> 'onlyFor', NEW.executor) = NEW.executor
            -- The foreign minister is asked about the servers that this order touches.
            AND (needed -> 'servers' IS NULL OR EXISTS (
              SELECT 1 FROM confirmed_scope, jsonb_array_elements(scope -> 'servers') server
               WHERE scope_digest = NEW.scope_digest AND server ->> 'executor' = NEW.executor
                 AND needed -> 'servers' ? (server ->> 'ref')))
            AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(basis.evidence) cited
                             WHERE cited ->> 'safeguard' = needed ->> 'kind'))) THEN
    RAISE EXCEPTION 'no order without what it rests on' USING ERRCODE = 'check_violation', CONSTRAINT = 'order_rests_on_record';
  END IF;
  RETURN NULL;
END $$;

-- Which confirmation came last is the database's word, not the writer's.
DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  EXECUTE format('REVOKE INSERT ON confirmed_scope FROM %I', app);
  EXECUTE format('GRANT INSERT (scope_digest, incident_id, digest, facts, determination, scope, confirmed_by, confirmed_at, event_id,'
                 ' recorded_at, recorded_by, correlation_id, causation_id) ON confirmed_scope TO %I', app);
END $$;
