-- An organisation's entry is brought up to date in place; which organisation it is, and that it was ever registered, stays.
DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  EXECUTE format('REVOKE UPDATE ON organisation FROM %I', app);
  EXECUTE format('GRANT UPDATE (name_ja, name_en, sector, designated, recorded_at, recorded_by, reason) ON organisation TO %I', app);
  -- Receipts are numbered by the database, not by whoever writes.
  EXECUTE format('REVOKE INSERT ON report FROM %I', app);
  EXECUTE format('GRANT INSERT (id, organisation_id, external_id, received_at, forwarded, recorded_at, recorded_by, correlation_id,'
                 ' causation_id) ON report TO %I', app);
END $$;

CREATE TRIGGER organisation_id_stays BEFORE UPDATE OF id ON organisation FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER organisation_stays BEFORE DELETE OR TRUNCATE ON organisation FOR EACH STATEMENT EXECUTE FUNCTION append_only();
