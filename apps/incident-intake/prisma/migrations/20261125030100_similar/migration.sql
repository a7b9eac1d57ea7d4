-- Several organisations may report one attack: analysts are shown which reports name the same server or indicator. The role that looks
-- for them sees reports that went further, and nothing of those that nobody consented to pass on; no person's name at all.
CREATE INDEX report_revision_named ON report_revision
  USING gin ((jsonb_path_query_array(content, '$.servers[*].address') || jsonb_path_query_array(content, '$.indicators[*].value')));

DO $$
DECLARE
  staff text := current_setting('sekisho.staff_role');
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', staff);
  EXECUTE format('CREATE POLICY staff_compares ON report FOR SELECT TO %I USING (forwarded)', staff);
  EXECUTE format('CREATE POLICY staff_compares ON report_revision FOR SELECT TO %I USING (true)', staff);
  EXECUTE format('GRANT SELECT (id, organisation_id, received_at, forwarded) ON report TO %I', staff);
  EXECUTE format('GRANT SELECT (report_id, organisation_id, revision, content) ON report_revision TO %I', staff);
END $$;
