-- What follows a report: questions of analysts and the partner's answers, and who has read it. All of it is history.

CREATE TABLE report_question (
  id              uuid           PRIMARY KEY,
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  text            text           NOT NULL CHECK (text <> ''),
  answer_by       timestamptz(3),
  -- The analyst, as events name him. The partner is told the organisation alone.
  asked_by        jsonb          NOT NULL,
  asked_at        timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  UNIQUE (report_id, id),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  CONSTRAINT report_question_answer_by CHECK (answer_by > asked_at)
);
CREATE INDEX report_question_own ON report_question (organisation_id, answer_by);
CREATE INDEX report_question_due ON report_question (answer_by) WHERE answer_by IS NOT NULL;

-- A question may be answered more than once: what was found out later stands beside what was said before.
CREATE TABLE report_answer (
  id              uuid           PRIMARY KEY,
  question_id     uuid           NOT NULL,
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  text            text           NOT NULL CHECK (text <> ''),
  -- Whether the text went out: not where consent did not stand.
  passed_on       boolean        NOT NULL,
  answered_at     timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  FOREIGN KEY (report_id, question_id) REFERENCES report_question (report_id, id),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);
CREATE INDEX report_answer_question ON report_answer (question_id);

-- That an analyst has seen an answer, once: then nobody has to look at it any more.
CREATE TABLE report_answer_seen (
  answer_id       uuid           PRIMARY KEY REFERENCES report_answer (id),
  organisation_id text           NOT NULL,
  seen_at         timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text
);

-- Who of others than its organisation has read of a report. What one person reads of it within one hour of the clock is one reading.
CREATE TABLE report_reading (
  id              uuid           PRIMARY KEY,
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  person          text           NOT NULL CHECK (person <> ''),
  reader          jsonb          NOT NULL,
  roles           text[]         NOT NULL,
  record          text           NOT NULL,
  read_at         timestamptz(3) NOT NULL,
  hour            timestamptz(3) NOT NULL GENERATED ALWAYS AS (date_bin('1 hour', read_at, '2000-01-01T00:00:00Z'::timestamptz)) STORED,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  CONSTRAINT report_reading_once_an_hour UNIQUE (report_id, person, hour),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);
CREATE INDEX report_reading_latest ON report_reading (report_id, read_at DESC, id DESC);

-- Questions are about what went out, and neither question nor answer is added to what was withdrawn.
CREATE FUNCTION report_takes_questions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken text := CASE
    WHEN EXISTS (SELECT 1 FROM report_withdrawal WHERE report_id = NEW.report_id)
      THEN TG_TABLE_NAME || '_before_withdrawal'
    WHEN TG_TABLE_NAME = 'report_question'
         AND NOT EXISTS (SELECT 1 FROM report WHERE id = NEW.report_id AND forwarded)
         AND NOT EXISTS (SELECT 1 FROM report_release WHERE report_id = NEW.report_id)
      THEN 'report_question_of_what_went_out'
  END;
BEGIN
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'new row for relation "%" violates check constraint "%"', TG_TABLE_NAME, broken
      USING ERRCODE = 'check_violation', CONSTRAINT = broken, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER report_takes_questions AFTER INSERT ON report_question FOR EACH ROW EXECUTE FUNCTION report_takes_questions();
CREATE TRIGGER report_takes_questions AFTER INSERT ON report_answer FOR EACH ROW EXECUTE FUNCTION report_takes_questions();

DO $$
DECLARE
  own   text;
  app   text := current_setting('sekisho.app_role');
  staff text := current_setting('sekisho.staff_role');
BEGIN
  FOREACH own IN ARRAY ARRAY['report_question', 'report_answer', 'report_answer_seen', 'report_reading'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', own);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', own);
    EXECUTE format('CREATE POLICY own_organisation ON %I USING (organisation_id = current_setting(''app.organisation'', true))'
                   ' WITH CHECK (organisation_id = current_setting(''app.organisation'', true))', own);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   own);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', own, app);
  END LOOP;

  -- Across organisations staff sees which questions wait for whom, and no word of question or answer.
  FOREACH own IN ARRAY ARRAY['report_question', 'report_answer', 'report_answer_seen', 'report_withdrawal', 'report_release'] LOOP
    EXECUTE format('CREATE POLICY staff_watches ON %I FOR SELECT TO %I USING (true)', own, staff);
  END LOOP;
  EXECUTE format('GRANT SELECT (id, report_id, organisation_id, answer_by, asked_at) ON report_question TO %I', staff);
  EXECUTE format('GRANT SELECT (id, question_id, answered_at) ON report_answer TO %I', staff);
  EXECUTE format('GRANT SELECT (answer_id) ON report_answer_seen TO %I', staff);
  EXECUTE format('GRANT SELECT (report_id) ON report_withdrawal TO %I', staff);
  EXECUTE format('GRANT SELECT (report_id, revision) ON report_release TO %I', staff);
  -- What went out by a later consent went out as well.
  EXECUTE 'ALTER POLICY staff_compares ON report USING (forwarded OR EXISTS (SELECT 1 FROM report_release WHERE report_id = report.id))';
END $$;
