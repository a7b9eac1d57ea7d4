-- The stored cases under another version of the guideline: a job that goes through them by their ids, as they were on record when it was
-- asked for, and keeps how far it has come.
CREATE TABLE guideline_replay (
  id             uuid           PRIMARY KEY,
  from_version   text           NOT NULL CHECK (from_version <> ''),
  to_version     text           NOT NULL CHECK (to_version <> from_version),
  filter         jsonb          NOT NULL,
  known_at       timestamptz(3) NOT NULL,
  requested_by   jsonb          NOT NULL,
  -- Null until they were counted.
  total          int            CHECK (total >= 0),
  done           int            NOT NULL DEFAULT 0 CHECK (done >= 0),
  changed        int            NOT NULL DEFAULT 0 CHECK (changed BETWEEN 0 AND done),
  reached        uuid,
  -- How many cases end in one way under the one version and in another under the other.
  ends           jsonb          NOT NULL DEFAULT '[]',
  finished_at    timestamptz(3),
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  CHECK (finished_at IS NULL OR total = done)
);
CREATE INDEX guideline_replay_open ON guideline_replay (recorded_at) WHERE finished_at IS NULL;

CREATE TABLE guideline_replay_change (
  replay_id             uuid           NOT NULL REFERENCES guideline_replay (id),
  incident_id           uuid           NOT NULL,
  determination_version int            NOT NULL,
  change                jsonb          NOT NULL,
  recorded_at           timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by           text           NOT NULL,
  correlation_id        text           NOT NULL,
  causation_id          text,
  PRIMARY KEY (replay_id, incident_id),
  FOREIGN KEY (incident_id, determination_version) REFERENCES determination (incident_id, version)
);

-- What was asked for stays. How far it has come only grows, and what is finished is finished.
CREATE FUNCTION guideline_replay_comes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.finished_at IS NOT NULL OR NEW.done < OLD.done OR NEW.changed < OLD.changed OR NEW.reached < OLD.reached THEN
    RAISE EXCEPTION 'a replay does not go back' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guideline_replay_comes_on BEFORE UPDATE ON guideline_replay FOR EACH ROW EXECUTE FUNCTION guideline_replay_comes_on();
CREATE TRIGGER guideline_replay_content_stays BEFORE UPDATE OF id, from_version, to_version, filter, known_at, requested_by, recorded_at,
  recorded_by, correlation_id, causation_id ON guideline_replay FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER guideline_replay_stays BEFORE DELETE OR TRUNCATE ON guideline_replay FOR EACH STATEMENT EXECUTE FUNCTION append_only();

DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON guideline_replay_change
    FOR EACH STATEMENT EXECUTE FUNCTION append_only();
  EXECUTE format('GRANT SELECT, INSERT ON guideline_replay, guideline_replay_change TO %I', app);
  EXECUTE format('GRANT UPDATE (total, done, changed, reached, ends, finished_at) ON guideline_replay TO %I', app);
END $$;
