-- The register of organisations is kept by two people: one proposes an entry, another confirms it. What was in force is history, and so
-- is every proposal with what became of it.

ALTER TABLE organisation
  ADD COLUMN version          int   NOT NULL DEFAULT 1 CHECK (version > 0),
  -- The day in Japan from which on it is designated. Of what was registered before days were asked for, none is known.
  ADD COLUMN designated_since date,
  ADD COLUMN contact_desk     jsonb,
  -- What brought the entry; none of the first filling.
  ADD COLUMN change_id        uuid,
  ADD CONSTRAINT organisation_designated_since CHECK (designated OR designated_since IS NULL);

CREATE TABLE organisation_change (
  id               uuid           PRIMARY KEY,
  organisation_id  text           NOT NULL CHECK (organisation_id <> ''),
  -- The version of the entry that it would replace; 0 where there is none yet.
  based_on         int            NOT NULL CHECK (based_on >= 0),
  name_ja          text           NOT NULL,
  name_en          text           NOT NULL,
  sector           text           NOT NULL,
  designated       boolean        NOT NULL,
  designated_since date,
  contact_desk     jsonb          NOT NULL,
  reason           text           NOT NULL CHECK (reason <> ''),
  proposed_by      jsonb          NOT NULL CHECK (coalesce(proposed_by ->> 'person', '') <> ''),
  proposed_at      timestamptz(3) NOT NULL,
  recorded_at      timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by      text           NOT NULL,
  correlation_id   text           NOT NULL,
  causation_id     text,
  UNIQUE (id, organisation_id),
  CONSTRAINT organisation_change_designated_since CHECK (designated = (designated_since IS NOT NULL))
);

-- What became of a proposal, once.
CREATE TABLE organisation_change_decision (
  change_id       uuid           PRIMARY KEY,
  organisation_id text           NOT NULL,
  confirmed       boolean        NOT NULL,
  -- Of a rejection.
  reason          text           CHECK (reason <> ''),
  decided_by      jsonb          NOT NULL CHECK (coalesce(decided_by ->> 'person', '') <> ''),
  decided_at      timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  FOREIGN KEY (change_id, organisation_id) REFERENCES organisation_change (id, organisation_id),
  CONSTRAINT organisation_change_rejected_with_reason CHECK (confirmed = (reason IS NULL))
);

-- Whoever proposed may take it back, and not confirm it. A proposal that is not there yet was made by nobody else.
CREATE FUNCTION organisation_change_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM organisation_change
                  WHERE id = NEW.change_id AND NOT same_person(proposed_by ->> 'person', NEW.decided_by ->> 'person')) THEN
    RAISE EXCEPTION 'new row for relation "organisation_change_decision" violates check constraint "organisation_change_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_change_two_persons', TABLE = 'organisation_change_decision';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER organisation_change_two_persons BEFORE INSERT ON organisation_change_decision
  FOR EACH ROW WHEN (NEW.confirmed) EXECUTE FUNCTION organisation_change_two_persons();

-- Every entry as it was in force, the latest too.
CREATE TABLE organisation_entry (
  organisation_id  text           NOT NULL REFERENCES organisation (id),
  version          int            NOT NULL,
  name_ja          text           NOT NULL,
  name_en          text           NOT NULL,
  sector           text           NOT NULL,
  designated       boolean        NOT NULL,
  designated_since date,
  contact_desk     jsonb,
  change_id        uuid           UNIQUE REFERENCES organisation_change (id),
  recorded_at      timestamptz(3) NOT NULL,
  recorded_by      text           NOT NULL,
  reason           text           NOT NULL,
  PRIMARY KEY (organisation_id, version)
);
INSERT INTO organisation_entry (organisation_id, version, name_ja, name_en, sector, designated, recorded_at, recorded_by, reason)
SELECT id, version, name_ja, name_en, sector, designated, recorded_at, recorded_by, reason FROM organisation;

-- The register says what was confirmed, version by version. Without a change an organisation can only be filled in anew.
CREATE FUNCTION organisation_as_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  replaced int := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    replaced := OLD.version;
  END IF;
  IF NEW.version <> replaced + 1 OR (TG_OP = 'UPDATE' OR NEW.change_id IS NOT NULL) AND NOT EXISTS (
    SELECT 1 FROM organisation_change AS change
      JOIN organisation_change_decision AS decision ON decision.change_id = change.id AND decision.confirmed
     WHERE change.id = NEW.change_id AND change.organisation_id = NEW.id AND change.based_on = replaced
       AND (change.name_ja, change.name_en, change.sector, change.designated, change.designated_since, change.contact_desk, change.reason)
           IS NOT DISTINCT FROM
           (NEW.name_ja, NEW.name_en, NEW.sector, NEW.designated, NEW.designated_since, NEW.contact_desk, NEW.reason)) THEN
    RAISE EXCEPTION 'row for relation "organisation" violates check constraint "organisation_as_confirmed"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_as_confirmed', TABLE = 'organisation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER organisation_as_confirmed AFTER INSERT OR UPDATE ON organisation FOR EACH ROW EXECUTE FUNCTION organisation_as_confirmed();

CREATE FUNCTION organisation_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO organisation_entry (organisation_id, version, name_ja, name_en, sector, designated, designated_since, contact_desk,
                                  change_id, recorded_at, recorded_by, reason)
  VALUES (NEW.id, NEW.version, NEW.name_ja, NEW.name_en, NEW.sector, NEW.designated, NEW.designated_since, NEW.contact_desk,
          NEW.change_id, NEW.recorded_at, NEW.recorded_by, NEW.reason);
  RETURN NULL;
END $$;
CREATE TRIGGER organisation_kept AFTER INSERT OR UPDATE ON organisation FOR EACH ROW EXECUTE FUNCTION organisation_kept();

-- Reports that staff entered for their organisations, as they came by telephone or fax. Of most reports there is none.
CREATE TABLE report_entry (
  report_id          uuid           PRIMARY KEY,
  organisation_id    text           NOT NULL,
  channel            text           NOT NULL CHECK (channel IN ('TELEPHONE', 'FAX')),
  -- Of whoever entered it, who is in recorded_by.
  staff_organisation text           NOT NULL CHECK (staff_organisation <> ''),
  entered_at         timestamptz(3) NOT NULL,
  recorded_at        timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by        text           NOT NULL,
  correlation_id     text           NOT NULL,
  causation_id       text,
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);

DO $$
DECLARE
  own    text;
  app    text := current_setting('sekisho.app_role');
  writer text := current_setting('sekisho.writer_role');
BEGIN
  FOREACH own IN ARRAY ARRAY['organisation_change', 'organisation_change_decision', 'organisation_entry', 'report_entry'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', own);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', own);
    EXECUTE format('CREATE POLICY own_organisation ON %I FOR SELECT USING (organisation_id = current_setting(''app.organisation'', true))',
                   own);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   own);
    EXECUTE format('GRANT SELECT ON %I TO %I', own, app);
  END LOOP;
  -- Who keeps the register goes over all organisations, in a transaction that says that this is what it does.
  FOREACH own IN ARRAY ARRAY['organisation_change', 'organisation_change_decision', 'organisation_entry'] LOOP
    EXECUTE format('CREATE POLICY register ON %I TO %I USING (current_setting(''app.duty'', true) = ''register'')'
                   ' WITH CHECK (current_setting(''app.duty'', true) = ''register'')', own, app);
    EXECUTE format('GRANT INSERT ON %I TO %I', own, app);
  END LOOP;
  EXECUTE format('GRANT UPDATE (version, designated_since, contact_desk, change_id) ON organisation TO %I', app);
  EXECUTE format('GRANT SELECT (designated_since) ON organisation TO %I', writer);
  EXECUTE format('CREATE POLICY writer_adds ON report_entry FOR INSERT TO %I WITH CHECK (true)', writer);
  EXECUTE format('GRANT INSERT (report_id, organisation_id, channel, staff_organisation, entered_at, recorded_by, correlation_id)'
                 ' ON report_entry TO %I', writer);
END $$;
