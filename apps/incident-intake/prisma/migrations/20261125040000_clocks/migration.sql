-- The clocks that a report starts, one a row: until when something is owed, whether it has come, and what has been told of it. What is
-- to be told next, and from when, follows from the row alone, so that no restart loses a clock.
CREATE TABLE report_clock (
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  regime          text           NOT NULL,
  kind            text           NOT NULL,
  -- Whether the report came by law; told to analysts, who do not see the report here.
  mandatory       boolean        NOT NULL,
  -- Only if something turns out that the report leaves open: until then it runs.
  applies         text           NOT NULL CHECK (applies IN ('APPLIES', 'IF_CONFIRMED')),
  near_at         timestamptz(3) NOT NULL,
  -- The last millisecond that is in time.
  due_at          timestamptz(3) NOT NULL,
  met_by_stages   text[]         NOT NULL,
  met_at          timestamptz(3),
  met_by_revision int,
  near_told_at    timestamptz(3),
  missed_told_at  timestamptz(3),
  -- It no longer runs: what it rested on is not so.
  stopped_at      timestamptz(3),
  -- Whether others than the reporting organisation may know of the report.
  forwarded       boolean        NOT NULL,
  -- From when there is something to tell of it; nothing where it is null.
  wakes_at        timestamptz(3) GENERATED ALWAYS AS (
    CASE WHEN stopped_at IS NOT NULL OR missed_told_at IS NOT NULL OR NOT forwarded THEN NULL
         -- What came too late was missed all the same, where it was owed for certain.
         WHEN met_at IS NOT NULL THEN CASE WHEN met_at > due_at AND applies = 'APPLIES' THEN due_at END
         WHEN near_told_at IS NULL THEN near_at
         ELSE due_at
    END) STORED,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  PRIMARY KEY (report_id, regime, kind),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  CONSTRAINT report_clock_near_before_due CHECK (near_at <= due_at),
  CONSTRAINT report_clock_met_by CHECK ((met_at IS NULL) = (met_by_revision IS NULL))
);

-- Those of the reports that are here already, as they were answered at the receipt. Nobody has been told anything of them.
ALTER TABLE report NO FORCE ROW LEVEL SECURITY;
ALTER TABLE report_revision NO FORCE ROW LEVEL SECURITY;
INSERT INTO report_clock (report_id, organisation_id, regime, kind, mandatory, applies, near_at, due_at, met_by_stages, met_at,
                          met_by_revision, forwarded, recorded_by, correlation_id)
SELECT report.id, report.organisation_id, deadline.regime, deadline.kind, first.content ->> 'basis' = 'MANDATORY', 'APPLIES',
       -- Midnights in Japan: from the second of three days on, and in the last seven of thirty.
       deadline."dueAt" + interval '1 second' - CASE deadline.kind WHEN 'FINAL_REPORT' THEN interval '7 days' ELSE interval '2 days' END,
       deadline."dueAt" + interval '999 milliseconds',
       CASE deadline.kind WHEN 'FINAL_REPORT' THEN ARRAY['FINAL'] ELSE ARRAY['INITIAL', 'FOLLOW_UP', 'FINAL'] END,
       CASE WHEN deadline."metBy" IS NOT NULL THEN report.received_at END,
       CASE WHEN deadline."metBy" IS NOT NULL THEN 1 END,
       report.forwarded, report.recorded_by, report.correlation_id
  FROM report
  JOIN report_revision AS first ON first.report_id = report.id AND first.revision = 1
 CROSS JOIN LATERAL jsonb_to_recordset(first.deadlines) AS deadline (regime text, kind text, "dueAt" timestamptz, "metBy" text);
ALTER TABLE report FORCE ROW LEVEL SECURITY;
ALTER TABLE report_revision FORCE ROW LEVEL SECURITY;

CREATE INDEX report_clock_wakes ON report_clock (wakes_at) WHERE wakes_at IS NOT NULL;
CREATE INDEX report_clock_open ON report_clock (organisation_id, due_at, report_id) WHERE met_at IS NULL AND stopped_at IS NULL;
CREATE INDEX report_clock_missed ON report_clock (due_at, report_id)
  WHERE missed_told_at IS NOT NULL AND met_at IS NULL AND stopped_at IS NULL AND mandatory AND applies = 'APPLIES';

-- A clock goes on and never back: nothing is told twice, and what was met stays met.
CREATE FUNCTION report_clock_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.near_told_at IS NOT NULL AND NEW.near_told_at IS DISTINCT FROM OLD.near_told_at
     OR OLD.missed_told_at IS NOT NULL AND NEW.missed_told_at IS DISTINCT FROM OLD.missed_told_at
     OR OLD.met_at IS NOT NULL AND (NEW.met_at, NEW.met_by_revision) IS DISTINCT FROM (OLD.met_at, OLD.met_by_revision)
     OR OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS DISTINCT FROM OLD.stopped_at
     OR OLD.applies = 'APPLIES' AND NEW.applies <> OLD.applies THEN
    RAISE EXCEPTION 'a clock goes on and never back' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_clock_goes_on BEFORE UPDATE ON report_clock FOR EACH ROW EXECUTE FUNCTION report_clock_goes_on();
CREATE TRIGGER report_clock_content_stays BEFORE UPDATE OF report_id, organisation_id, regime, kind, mandatory, near_at, due_at,
  recorded_at, recorded_by, correlation_id ON report_clock FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER report_clock_stays BEFORE DELETE OR TRUNCATE ON report_clock FOR EACH STATEMENT EXECUTE FUNCTION append_only();

ALTER TABLE report_clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_clock FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON report_clock USING (organisation_id = current_setting('app.organisation', true))
  WITH CHECK (organisation_id = current_setting('app.organisation', true));

DO $$
DECLARE
  app    text := current_setting('sekisho.app_role');
  writer text := current_setting('sekisho.writer_role');
  added  text := 'report_id, organisation_id, regime, kind, mandatory, applies, near_at, due_at, met_by_stages, met_at, met_by_revision,'
                 ' forwarded, recorded_at, recorded_by, correlation_id';
BEGIN
  -- The sweep goes over all organisations' clocks, in a transaction that says that this is what it does; a clock has no content.
  EXECUTE format('CREATE POLICY sweep ON report_clock FOR SELECT TO %I USING (current_setting(''app.duty'', true) = ''clock-sweep'')', app);
  EXECUTE format('CREATE POLICY sweep_tells ON report_clock FOR UPDATE TO %I USING (current_setting(''app.duty'', true) = ''clock-sweep'')',
                 app);
  -- Analysts see what was owed by law, for certain, and did not come in time.
  EXECUTE format('CREATE POLICY watch ON report_clock FOR SELECT TO %I USING (current_setting(''app.duty'', true) = ''clock-watch'''
                 ' AND mandatory AND applies = ''APPLIES'' AND missed_told_at IS NOT NULL)', app);
  EXECUTE format('GRANT SELECT, INSERT (%s), UPDATE (applies, met_by_stages, met_at, met_by_revision, near_told_at, missed_told_at,'
                 ' stopped_at, forwarded, wakes_at) ON report_clock TO %I', added, app);
  -- New reports are written by a role of its own, which starts their clocks too, and answers with them where a report is sent again.
  EXECUTE format('CREATE POLICY writer_adds ON report_clock FOR INSERT TO %I WITH CHECK (true)', writer);
  EXECUTE format('CREATE POLICY writer_knows_again ON report_clock FOR SELECT TO %I USING (true)', writer);
  EXECUTE format('GRANT INSERT (%s), SELECT (report_id, regime, kind, applies, near_at, due_at, met_at, met_by_stages, stopped_at)'
                 ' ON report_clock TO %I', added, writer);
END $$;
