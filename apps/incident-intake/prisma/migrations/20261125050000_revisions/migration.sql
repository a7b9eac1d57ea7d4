-- What becomes of a report after its receipt: later revisions, each holding on to the one before; statements of consent; what went out
-- later than it came in; and that its organisation withdrew it. All of it is history: rows are added, and stay.

-- Of a later revision alone: the first has its report's time, and corrects nothing.
ALTER TABLE report_revision
  ADD COLUMN received_at     timestamptz(3),
  ADD COLUMN previous_digest text,
  ADD COLUMN reason          text CHECK (reason <> '');

CREATE TABLE report_withdrawal (
  report_id       uuid           PRIMARY KEY,
  organisation_id text           NOT NULL,
  -- The latest when it was withdrawn.
  revision        int            NOT NULL,
  reason          text           NOT NULL CHECK (reason <> ''),
  withdrawn_at    timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  FOREIGN KEY (report_id, revision) REFERENCES report_revision (report_id, revision)
);

-- Consent as it was stated after the receipt, each statement another than the one before. The one in the report itself has no row.
CREATE TABLE report_consent (
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  version         int            NOT NULL CHECK (version > 0),
  forward         boolean        NOT NULL,
  reason          text           CHECK (reason <> ''),
  stated_at       timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  PRIMARY KEY (report_id, version),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);

-- Revisions that went out, but for a first one that did so when it came in (report.forwarded). Each goes out once.
CREATE TABLE report_release (
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  revision        int            NOT NULL,
  released_at     timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  PRIMARY KEY (report_id, revision),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  FOREIGN KEY (report_id, revision) REFERENCES report_revision (report_id, revision)
);

-- A revision follows the one before it, names that one's digest, comes before a withdrawal, and says why where it corrects.
CREATE FUNCTION report_revision_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken text := CASE
    WHEN NEW.received_at IS NULL OR NOT EXISTS (
      SELECT 1 FROM report_revision
       WHERE report_id = NEW.report_id AND revision = NEW.revision - 1 AND digest = NEW.previous_digest)
      THEN 'report_revision_follows'
    WHEN EXISTS (SELECT 1 FROM report_withdrawal WHERE report_id = NEW.report_id)
      THEN 'report_revision_before_withdrawal'
    WHEN NEW.reason IS NULL AND (NEW.content ->> 'stage' = 'INITIAL' OR EXISTS (
      SELECT 1 FROM report_revision
       WHERE report_id = NEW.report_id AND revision < NEW.revision AND content ->> 'stage' = 'FINAL'))
      THEN 'report_revision_corrects_with_reason'
  END;
BEGIN
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'new row for relation "report_revision" violates check constraint "%"', broken
      USING ERRCODE = 'check_violation', CONSTRAINT = broken, TABLE = 'report_revision';
  END IF;
  RETURN NULL;
END $$;
-- First revisions come by the thousand, and pay nothing for it.
CREATE TRIGGER report_revision_follows AFTER INSERT ON report_revision
  FOR EACH ROW WHEN (NEW.revision > 1) EXECUTE FUNCTION report_revision_follows();

DO $$
DECLARE
  own text;
  app text := current_setting('sekisho.app_role');
BEGIN
  FOREACH own IN ARRAY ARRAY['report_withdrawal', 'report_consent', 'report_release'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', own);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', own);
    EXECUTE format('CREATE POLICY own_organisation ON %I USING (organisation_id = current_setting(''app.organisation'', true))'
                   ' WITH CHECK (organisation_id = current_setting(''app.organisation'', true))', own);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   own);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', own, app);
  END LOOP;
END $$;
