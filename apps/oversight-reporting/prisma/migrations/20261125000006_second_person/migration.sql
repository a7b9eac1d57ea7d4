-- As before, but an id in another spelling is the same person, and a ruling that is not there yet was recorded by nobody else:
-- one statement could bring both, the ruling behind its confirmation.
CREATE OR REPLACE FUNCTION ruling_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ruling
                  WHERE id = NEW.ruling_id AND NOT same_person(recorded_actor ->> 'person', NEW.confirmed_actor ->> 'person')) THEN
    RAISE EXCEPTION 'new row for relation "ruling_confirmation" violates check constraint "ruling_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ruling_two_persons', TABLE = 'ruling_confirmation';
  END IF;
  RETURN NEW;
END $$;

-- The order in which events were taken in is the database's word, not the writer's.
DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  EXECUTE format('REVOKE INSERT ON recorded_event FROM %I', app);
  EXECUTE format('GRANT INSERT (event_id, topic, sequence, type, subject, key, source, time, data, recorded_at, recorded_by,'
                 ' correlation_id, causation_id) ON recorded_event TO %I', app);
END $$;
