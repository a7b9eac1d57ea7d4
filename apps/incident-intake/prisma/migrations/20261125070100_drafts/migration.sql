-- Reports that are not sent yet. A draft is no record: its organisation changes it, sends it or throws it away, and it goes by itself
-- when nobody has touched it for long.
CREATE TABLE report_draft (
  id              uuid           PRIMARY KEY,
  organisation_id text           NOT NULL REFERENCES organisation (id),
  version         int            NOT NULL CHECK (version > 0),
  -- Nonce, ciphertext and tag of AES-256-GCM over the content as JSON, bound to draft and version: there are persons' names in it.
  sealed          bytea          NOT NULL,
  -- Name of the master key, and under that nonce, ciphertext and tag of this version's own key.
  master          text           NOT NULL CHECK (master <> ''),
  wrapped         bytea          NOT NULL CHECK (octet_length(wrapped) = 60),
  changed_at      timestamptz(3) NOT NULL,
  changed_by      text           NOT NULL,
  -- The report that it becomes, from the first time that it is sent on: however often that is tried, it is one report.
  report_id       uuid,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL
);
CREATE INDEX report_draft_own ON report_draft (organisation_id, id);
CREATE INDEX report_draft_untouched ON report_draft (changed_at);
-- For the change of the master key, and to know which ones are still needed.
CREATE INDEX report_draft_master ON report_draft (master);

CREATE FUNCTION report_draft_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version < OLD.version OR OLD.report_id IS DISTINCT FROM NEW.report_id AND OLD.report_id IS NOT NULL THEN
    RAISE EXCEPTION 'a draft goes on and never back' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_draft_goes_on BEFORE UPDATE ON report_draft FOR EACH ROW EXECUTE FUNCTION report_draft_goes_on();
CREATE TRIGGER report_draft_origin_stays BEFORE UPDATE OF id, organisation_id, recorded_at, recorded_by, correlation_id ON report_draft
  FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER report_draft_stays BEFORE TRUNCATE ON report_draft FOR EACH STATEMENT EXECUTE FUNCTION append_only();

ALTER TABLE report_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON report_draft USING (organisation_id = current_setting('app.organisation', true))
  WITH CHECK (organisation_id = current_setting('app.organisation', true));

DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  -- The sweep goes over all organisations' drafts, in a transaction that says that this is what it does.
  EXECUTE format('CREATE POLICY sweep ON report_draft FOR SELECT TO %I USING (current_setting(''app.duty'', true) = ''draft-sweep'')', app);
  EXECUTE format('CREATE POLICY sweep_deletes ON report_draft FOR DELETE TO %I USING (current_setting(''app.duty'', true) = ''draft-sweep'')',
                 app);
  EXECUTE format('CREATE POLICY sweep_wraps ON report_draft FOR UPDATE TO %I USING (current_setting(''app.duty'', true) = ''draft-sweep'')',
                 app);
  EXECUTE format('GRANT SELECT, INSERT, DELETE, UPDATE (version, sealed, master, wrapped, changed_at, changed_by, report_id)'
                 ' ON report_draft TO %I', app);
END $$;
