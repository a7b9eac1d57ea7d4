-- What others than analysts say against a confirmed fact, and the analyst's claim that settled it. Both are history.

CREATE TABLE contest (
  id             uuid           PRIMARY KEY,
  position       bigint         GENERATED ALWAYS AS IDENTITY UNIQUE,
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  fact           text           NOT NULL,
  value          text           NOT NULL,
  note           text           NOT NULL,
  source         text           NOT NULL CHECK (source <> ''),
  contested_at   timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  UNIQUE (incident_id, fact, id)
);

-- Settled once, by an analyst's claim about the same fact of the same incident.
CREATE TABLE contest_settlement (
  contest_id     uuid           PRIMARY KEY,
  incident_id    uuid           NOT NULL,
  fact           text           NOT NULL,
  claim_id       uuid           NOT NULL,
  upheld         boolean        NOT NULL,
  settled_at     timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  FOREIGN KEY (incident_id, fact, contest_id) REFERENCES contest (incident_id, fact, id),
  FOREIGN KEY (incident_id, fact, claim_id) REFERENCES claim (incident_id, fact, id)
);

CREATE FUNCTION confirmation_uncontested() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM contest WHERE incident_id = NEW.incident_id
              AND NOT EXISTS (SELECT 1 FROM contest_settlement WHERE contest_id = contest.id)) THEN
    RAISE EXCEPTION 'nothing is confirmed while a fact is contested' USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_uncontested';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER confirmation_uncontested BEFORE INSERT ON confirmation FOR EACH ROW EXECUTE FUNCTION confirmation_uncontested();

CREATE FUNCTION contest_settled_by_an_analyst() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM claim WHERE id = NEW.claim_id AND origin = 'ASSESSMENT') THEN
    RAISE EXCEPTION 'a contest is settled by an analyst' USING ERRCODE = 'check_violation', CONSTRAINT = 'contest_settled_by_an_analyst';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contest_settled_by_an_analyst BEFORE INSERT ON contest_settlement
  FOR EACH ROW EXECUTE FUNCTION contest_settled_by_an_analyst();

DO $$
DECLARE
  history text;
  app     text := current_setting('sekisho.app_role');
BEGIN
  FOREACH history IN ARRAY ARRAY['contest', 'contest_settlement'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   history);
    EXECUTE format('GRANT SELECT ON %I TO %I', history, app);
  END LOOP;
  -- Places are the database's to give.
  EXECUTE format('GRANT INSERT (id, incident_id, fact, value, note, source, contested_at, recorded_at, recorded_by, correlation_id,'
                 ' causation_id) ON contest TO %I', app);
  EXECUTE format('GRANT INSERT ON contest_settlement TO %I', app);
END $$;
