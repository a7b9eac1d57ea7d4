-- What a case hears of its reports after it was opened: revisions, and since when each is part of the case; of which server or target
-- something is known that nothing was known of before; what analysts are to know. All of it is history.

CREATE TABLE revised_report (
  report_id      uuid           NOT NULL REFERENCES incident_report (report_id),
  revision       int            NOT NULL CHECK (revision > 1),
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  digest         text           NOT NULL,
  -- What it says of servers and targets, as first facts are made of a report.
  implied        jsonb          NOT NULL,
  received_at    timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (report_id, revision)
);
CREATE INDEX revised_report_incident ON revised_report (incident_id);

-- Taken once: by itself where nothing was confirmed that stands, else by an analyst.
CREATE TABLE taken_revision (
  report_id      uuid           NOT NULL,
  revision       int            NOT NULL,
  taken_by       jsonb,
  taken_at       timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (report_id, revision),
  FOREIGN KEY (report_id, revision) REFERENCES revised_report (report_id, revision),
  CONSTRAINT taken_by_a_person CHECK (taken_by IS NULL OR taken_by ->> 'person' IS NOT NULL)
);

-- A ref is never re-pointed; what pointed at nothing known comes to be known: which server of the report it is, and its address.
CREATE TABLE identified_server (
  incident_id    uuid           NOT NULL,
  ref            text           NOT NULL,
  address        text,
  report_id      uuid           NOT NULL,
  revision       int            NOT NULL,
  report_ref     text           NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (incident_id, ref, report_id, revision),
  FOREIGN KEY (report_id, revision) REFERENCES revised_report (report_id, revision),
  FOREIGN KEY (incident_id, ref) REFERENCES case_server (incident_id, ref)
);

CREATE TABLE identified_target (
  incident_id    uuid           NOT NULL,
  ref            text           NOT NULL,
  name           text           NOT NULL,
  report_id      uuid           NOT NULL,
  revision       int            NOT NULL,
  report_ref     text           NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (incident_id, ref),
  FOREIGN KEY (report_id, revision) REFERENCES revised_report (report_id, revision),
  FOREIGN KEY (incident_id, ref) REFERENCES case_target (incident_id, ref)
);

CREATE FUNCTION never_repointed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  known boolean;
BEGIN
  IF TG_TABLE_NAME = 'identified_server' THEN
    known := EXISTS (SELECT 1 FROM case_server WHERE incident_id = NEW.incident_id AND ref = NEW.ref AND address IS NOT NULL)
          OR EXISTS (SELECT 1 FROM identified_server WHERE incident_id = NEW.incident_id AND ref = NEW.ref AND address IS NOT NULL);
  ELSE
    known := EXISTS (SELECT 1 FROM case_target WHERE incident_id = NEW.incident_id AND ref = NEW.ref AND report_ref IS NOT NULL);
  END IF;
  IF known THEN
    RAISE EXCEPTION 'a ref is never re-pointed' USING ERRCODE = 'check_violation', CONSTRAINT = 'never_repointed', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER never_repointed BEFORE INSERT ON identified_server FOR EACH ROW EXECUTE FUNCTION never_repointed();
CREATE TRIGGER never_repointed BEFORE INSERT ON identified_target FOR EACH ROW EXECUTE FUNCTION never_repointed();

CREATE TABLE incident_mark (
  id             uuid           PRIMARY KEY,
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  report_id      uuid           NOT NULL REFERENCES incident_report (report_id),
  mark           text           NOT NULL CHECK (mark IN ('REPORT_WITHDRAWN', 'CONSENT_WITHDRAWN', 'CONSENT_GIVEN')),
  reason         text,
  marked_at      timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);
CREATE INDEX incident_mark_incident ON incident_mark (incident_id);

DO $$
DECLARE
  history text;
  app     text := current_setting('sekisho.app_role');
BEGIN
  FOREACH history IN ARRAY ARRAY['revised_report', 'taken_revision', 'identified_server', 'identified_target', 'incident_mark'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   history);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', history, app);
  END LOOP;
END $$;
