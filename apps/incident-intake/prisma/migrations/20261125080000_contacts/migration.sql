-- Whom to contact is sealed under a key of its report, and that key under a master key which the database does not have. Once the key is
-- erased, what was sealed under it says nothing any more, here and in every copy; all else stays as it was.

ALTER TABLE contact NO FORCE ROW LEVEL SECURITY;
ALTER TABLE report NO FORCE ROW LEVEL SECURITY;
ALTER TABLE report_revision NO FORCE ROW LEVEL SECURITY;
DROP TRIGGER append_only ON contact;
ALTER TABLE contact
  ADD COLUMN report_id   uuid,
  -- Which of its report's keys: a revision that comes after an erasure has a new one.
  ADD COLUMN key_version int NOT NULL DEFAULT 1 CHECK (key_version > 0),
  -- Nonce, ciphertext and tag of AES-256-GCM over the contact as JSON, bound to report and ref.
  ADD COLUMN sealed      bytea,
  ALTER COLUMN name DROP NOT NULL,
  ALTER COLUMN email DROP NOT NULL;
UPDATE contact SET report_id = revision.report_id FROM report_revision AS revision WHERE revision.contact_ref = contact.ref;
ALTER TABLE contact
  ALTER COLUMN report_id SET NOT NULL,
  DROP CONSTRAINT contact_organisation_id_fkey,
  ADD CONSTRAINT contact_report FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  -- Those of before wait for the service, which has the master key, and seals them before it serves.
  ADD CONSTRAINT contact_sealed CHECK (sealed IS NOT NULL AND name IS NULL AND email IS NULL AND phone IS NULL) NOT VALID;
CREATE INDEX contact_plain ON contact (ref) WHERE sealed IS NULL;
ALTER TABLE contact FORCE ROW LEVEL SECURITY;
ALTER TABLE report FORCE ROW LEVEL SECURITY;
ALTER TABLE report_revision FORCE ROW LEVEL SECURITY;

CREATE FUNCTION contact_sealed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sealed IS NOT NULL THEN
    RAISE EXCEPTION 'a contact is sealed once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contact_sealed_once BEFORE UPDATE ON contact FOR EACH ROW EXECUTE FUNCTION contact_sealed_once();
CREATE TRIGGER contact_content_stays BEFORE UPDATE OF ref, organisation_id, report_id, key_version, recorded_at, recorded_by, correlation_id
  ON contact FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER contact_stays BEFORE DELETE OR TRUNCATE ON contact FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE TABLE contact_key (
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  version         int            NOT NULL DEFAULT 1 CHECK (version > 0),
  -- Name of the master key, and under that nonce, ciphertext and tag of the key.
  master          text           NOT NULL CHECK (master <> ''),
  wrapped         bytea          NOT NULL CHECK (octet_length(wrapped) = 60),
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  PRIMARY KEY (report_id, version),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);
-- For the change of the master key, and to know which ones are still needed.
CREATE INDEX contact_key_master ON contact_key (master);

-- That somebody asks for the contacts of a report to be erased, and that another person agreed, which erases them.
CREATE TABLE contact_erasure (
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  version         int            NOT NULL CHECK (version > 0),
  reason          text           NOT NULL CHECK (reason <> ''),
  asked_actor     jsonb          NOT NULL CHECK (coalesce(asked_actor ->> 'person', '') <> ''),
  asked_at        timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  PRIMARY KEY (report_id, version),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);

CREATE TABLE contact_erasure_confirmation (
  report_id       uuid           NOT NULL,
  organisation_id text           NOT NULL,
  version         int            NOT NULL,
  confirmed_actor jsonb          NOT NULL CHECK (coalesce(confirmed_actor ->> 'person', '') <> ''),
  erased_at       timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  PRIMARY KEY (report_id, version),
  FOREIGN KEY (report_id, version) REFERENCES contact_erasure (report_id, version),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);
CREATE INDEX contact_erasure_asked ON contact_erasure (asked_at, report_id);

CREATE FUNCTION contact_erasure_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM contact_erasure WHERE report_id = NEW.report_id AND version = NEW.version
                    AND NOT same_person(asked_actor ->> 'person', NEW.confirmed_actor ->> 'person')) THEN
    RAISE EXCEPTION 'new row for relation "contact_erasure_confirmation" violates check constraint "contact_erasure_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_erasure_two_persons', TABLE = 'contact_erasure_confirmation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contact_erasure_two_persons BEFORE INSERT ON contact_erasure_confirmation
  FOR EACH ROW EXECUTE FUNCTION contact_erasure_two_persons();

-- The confirmation is the erasure: there is none without the key's end, and no other end of a key.
CREATE FUNCTION contact_erasure_takes_the_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM contact_key WHERE report_id = NEW.report_id AND version = NEW.version;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no key %, version %', NEW.report_id, NEW.version
      USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_erasure_takes_the_key', TABLE = 'contact_erasure_confirmation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER contact_erasure_takes_the_key AFTER INSERT ON contact_erasure_confirmation
  FOR EACH ROW EXECUTE FUNCTION contact_erasure_takes_the_key();

CREATE FUNCTION contact_key_goes_with_confirmation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM contact_erasure_confirmation WHERE report_id = OLD.report_id AND version = OLD.version) THEN
    RAISE EXCEPTION 'a key goes with the confirmation of its erasure alone' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER contact_key_goes_with_confirmation BEFORE DELETE ON contact_key
  FOR EACH ROW EXECUTE FUNCTION contact_key_goes_with_confirmation();
CREATE TRIGGER contact_key_content_stays BEFORE UPDATE OF report_id, organisation_id, version, recorded_at, recorded_by, correlation_id
  ON contact_key FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER contact_key_stays BEFORE TRUNCATE ON contact_key FOR EACH STATEMENT EXECUTE FUNCTION append_only();

DO $$
DECLARE
  own    text;
  app    text := current_setting('sekisho.app_role');
  writer text := current_setting('sekisho.writer_role');
BEGIN
  FOREACH own IN ARRAY ARRAY['contact_key', 'contact_erasure', 'contact_erasure_confirmation'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', own);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', own);
    EXECUTE format('CREATE POLICY own_organisation ON %I USING (organisation_id = current_setting(''app.organisation'', true))'
                   ' WITH CHECK (organisation_id = current_setting(''app.organisation'', true))', own);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', own, app);
    -- Operators erase for every organisation. What a report says is not shown to them for it.
    EXECUTE format('CREATE POLICY erasure ON %I TO %I USING (current_setting(''app.duty'', true) = ''contact-erasure'')', own, app);
  END LOOP;
  FOREACH own IN ARRAY ARRAY['contact_erasure', 'contact_erasure_confirmation'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   own);
  END LOOP;
  EXECUTE format('CREATE POLICY erasure ON report FOR SELECT TO %I USING (current_setting(''app.duty'', true) = ''contact-erasure'')', app);
  EXECUTE format('GRANT DELETE, UPDATE (master, wrapped) ON contact_key TO %I', app);

  -- The service seals what was there before, and changes the master key, for all organisations.
  FOREACH own IN ARRAY ARRAY['contact', 'contact_key'] LOOP
    EXECUTE format('CREATE POLICY upkeep ON %I TO %I USING (current_setting(''app.duty'', true) = ''contact-upkeep'')', own, app);
  END LOOP;
  EXECUTE format('REVOKE INSERT ON contact FROM %I', app);
  EXECUTE format('GRANT INSERT (ref, organisation_id, report_id, key_version, sealed, recorded_by, correlation_id),'
                 ' UPDATE (sealed, name, email, phone) ON contact TO %I', app);

  EXECUTE format('REVOKE INSERT (name, email, phone) ON contact FROM %I', writer);
  EXECUTE format('GRANT INSERT (report_id, sealed) ON contact TO %I', writer);
  EXECUTE format('CREATE POLICY writer_adds ON contact_key FOR INSERT TO %I WITH CHECK (true)', writer);
  EXECUTE format('GRANT INSERT (report_id, organisation_id, master, wrapped, recorded_by, correlation_id) ON contact_key TO %I', writer);
END $$;
