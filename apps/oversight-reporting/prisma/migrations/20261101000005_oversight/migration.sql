-- Every event that oversight may read, whole and for ever. All figures are computed from these rows alone.
CREATE TABLE recorded_event (
  event_id       text           NOT NULL,
  topic          text           NOT NULL,
  position       bigint         GENERATED ALWAYS AS IDENTITY UNIQUE,
  sequence       bigint,
  type           text           NOT NULL,
  subject        text           NOT NULL,
  key            text           NOT NULL,
  source         text           NOT NULL,
  time           timestamptz(3) NOT NULL,
  data           jsonb          NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (topic, event_id),
  CHECK (sequence > 0)
);
-- Not unique: a number that comes twice is kept and shown, not refused.
CREATE INDEX recorded_event_sequence ON recorded_event (topic, sequence);
CREATE INDEX recorded_event_type ON recorded_event (type, position);
CREATE INDEX recorded_event_key ON recorded_event (key, position);

CREATE TABLE ruling (
  id             uuid           PRIMARY KEY,
  request_id     uuid           NOT NULL,
  incident_id    uuid           NOT NULL,
  scope_digest   text           NOT NULL,
  timing         text           NOT NULL CHECK (timing IN ('PRIOR', 'POST_NOTIFICATION')),
  outcome        text           NOT NULL,
  reason         text           NOT NULL,
  valid_until    timestamptz(3),
  recorded_actor jsonb          NOT NULL CHECK (coalesce(recorded_actor ->> 'person', '') <> ''),
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  CONSTRAINT ruling_outcome_fits CHECK (
    CASE timing WHEN 'PRIOR' THEN outcome IN ('APPROVED', 'REFUSED', 'RETURNED') ELSE outcome IN ('JUSTIFIED', 'UNJUSTIFIED', 'RETURNED') END),
  CONSTRAINT ruling_approval_ends CHECK (outcome <> 'APPROVED' OR valid_until IS NOT NULL)
);
CREATE INDEX ruling_incident ON ruling (incident_id);

CREATE TABLE ruling_confirmation (
  ruling_id      uuid           PRIMARY KEY REFERENCES ruling (id),
  -- One confirmed ruling on a request.
  request_id     uuid           NOT NULL UNIQUE,
  confirmed_actor jsonb         NOT NULL CHECK (coalesce(confirmed_actor ->> 'person', '') <> ''),
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

CREATE FUNCTION ruling_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ruling WHERE id = NEW.ruling_id AND recorded_actor ->> 'person' = NEW.confirmed_actor ->> 'person') THEN
    RAISE EXCEPTION 'new row for relation "ruling_confirmation" violates check constraint "ruling_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ruling_two_persons', TABLE = 'ruling_confirmation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ruling_two_persons BEFORE INSERT ON ruling_confirmation FOR EACH ROW EXECUTE FUNCTION ruling_two_persons();

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows stay as they are', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE
  history text;
  app     text := current_setting('sekisho.app_role');
BEGIN
  FOREACH history IN ARRAY ARRAY['recorded_event', 'ruling', 'ruling_confirmation'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   history);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', history, app);
  END LOOP;
END $$;
