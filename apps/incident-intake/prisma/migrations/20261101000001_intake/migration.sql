-- Organisations that may report, their reports, and apart from these whom to contact. A report is history: what a partner sent stays
-- as it was sent, and a later version is a row beside it.

CREATE TABLE organisation (
  id             text           PRIMARY KEY CHECK (id <> ''),
  name_ja        text           NOT NULL,
  name_en        text           NOT NULL,
  sector         text           NOT NULL,
  designated     boolean        NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  reason         text           NOT NULL
);

CREATE TABLE report (
  id              uuid           PRIMARY KEY,
  organisation_id text           NOT NULL REFERENCES organisation (id),
  -- Counts up over all organisations; one that was taken by work that did not commit is not given again.
  number          bigint         GENERATED ALWAYS AS IDENTITY UNIQUE,
  external_id     text,
  received_at     timestamptz(3) NOT NULL,
  forwarded       boolean        NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  UNIQUE (organisation_id, id)
);
CREATE UNIQUE INDEX report_external_id ON report (organisation_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX report_list ON report (organisation_id, id);

CREATE TABLE report_revision (
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  revision        int            NOT NULL CHECK (revision > 0),
  digest          text           NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
  -- All but the contact.
  content         jsonb          NOT NULL CHECK (NOT content ? 'contact'),
  contact_ref     uuid           NOT NULL,
  deadlines       jsonb          NOT NULL,
  receipt         text           NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  PRIMARY KEY (report_id, revision),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);

-- Names and contact data of persons: nothing that leaves intake refers to them but by `contact_ref`.
CREATE TABLE contact (
  ref             uuid           PRIMARY KEY,
  organisation_id text           NOT NULL REFERENCES organisation (id),
  name            text           NOT NULL,
  email           text           NOT NULL,
  phone           text,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL
);

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows stay as they are', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE
  own text;
  app text := current_setting('sekisho.app_role');
BEGIN
  FOREACH own IN ARRAY ARRAY['report', 'report_revision', 'contact'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', own);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', own);
    EXECUTE format('CREATE POLICY own_organisation ON %I USING (organisation_id = current_setting(''app.organisation'', true))'
                   ' WITH CHECK (organisation_id = current_setting(''app.organisation'', true))', own);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   own);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', own, app);
  END LOOP;
  -- The register of organisations is seeded at start.
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON organisation TO %I', app);
END $$;
