-- As before, but an id in another spelling is the same person, and a scope that is not there yet has no other proposer:
-- one statement could bring both, the scope behind its confirmation.
CREATE OR REPLACE FUNCTION confirmation_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Nobody at all is refused by a constraint of its own.
  IF NEW.confirmed_by ->> 'person' IS NULL THEN
    RETURN NEW;
  END IF;
  IF btrim(NEW.confirmed_by ->> 'person') = ''
     OR EXISTS (
       SELECT 1 FROM claim
        WHERE incident_id = NEW.incident_id AND origin = 'ASSESSMENT' AND fact <> 'plannedActionAt'
          AND same_person(asserted_by ->> 'person', NEW.confirmed_by ->> 'person')
          AND NOT EXISTS (SELECT 1 FROM claim_set_aside WHERE set_aside_id = claim.id))
     OR NEW.scope_version IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM scope
        WHERE incident_id = NEW.incident_id AND version = NEW.scope_version
          AND NOT same_person(proposed_by ->> 'person', NEW.confirmed_by ->> 'person'))
  THEN
    RAISE EXCEPTION 'new row for relation "confirmation" violates check constraint "confirmation_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_two_persons', TABLE = 'confirmation';
  END IF;
  RETURN NEW;
END $$;

-- The order of recording is the database's word, not the writer's.
DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  EXECUTE format('REVOKE INSERT ON claim FROM %I', app);
  EXECUTE format('GRANT INSERT (id, incident_id, fact, value, origin, note, asserted_by, asserted_at, recorded_at, recorded_by,'
                 ' correlation_id, causation_id) ON claim TO %I', app);
END $$;
