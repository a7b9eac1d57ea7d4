-- Who has read what a report says, by its case. What one person reads of it within one hour of the clock is one reading.
CREATE TABLE report_reading (
  report_id      uuid           NOT NULL REFERENCES incident_report (report_id),
  person         text           NOT NULL CHECK (person <> ''),
  hour           timestamptz(3) NOT NULL GENERATED ALWAYS AS (date_bin('1 hour', read_at, '2000-01-01T00:00:00Z'::timestamptz)) STORED,
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  record         text           NOT NULL,
  reader         jsonb          NOT NULL,
  roles          text[]         NOT NULL,
  read_at        timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (report_id, person, hour)
);

DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_reading FOR EACH STATEMENT EXECUTE FUNCTION append_only();
  EXECUTE format('GRANT SELECT, INSERT ON report_reading TO %I', app);
END $$;
