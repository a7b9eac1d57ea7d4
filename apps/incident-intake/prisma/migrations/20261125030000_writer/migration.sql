-- New reports are written many at once, of whichever organisations they are, by a role of its own. It may add them and all that goes with
-- them, and look up what it needs to know a report again. No report's content, no person's name and no event is shown to it.

-- The constraint beside it is the same index.
DROP INDEX report_list;

DO $$
DECLARE
  own    text;
  writer text := current_setting('sekisho.writer_role');
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', writer);
  FOREACH own IN ARRAY ARRAY['report', 'report_revision', 'contact', 'idempotency'] LOOP
    EXECUTE format('CREATE POLICY writer_adds ON %I FOR INSERT TO %I WITH CHECK (true)', own, writer);
  END LOOP;
  FOREACH own IN ARRAY ARRAY['report', 'report_revision', 'idempotency'] LOOP
    EXECUTE format('CREATE POLICY writer_knows_again ON %I FOR SELECT TO %I USING (true)', own, writer);
  END LOOP;
  EXECUTE format('GRANT SELECT (id, name_ja, name_en, sector, designated) ON organisation TO %I', writer);
  -- The receipt signs the number, so it is taken before the row is there.
  EXECUTE format('GRANT USAGE ON SEQUENCE report_number_seq TO %I', writer);
  EXECUTE format('GRANT INSERT (id, organisation_id, number, external_id, received_at, forwarded, recorded_by, correlation_id),'
                 ' SELECT (id, organisation_id, external_id, received_at) ON report TO %I', writer);
  EXECUTE format('GRANT INSERT (report_id, organisation_id, revision, digest, content, contact_ref, deadlines, warnings, receipt, recorded_by,'
                 ' correlation_id), SELECT (report_id, revision, digest, deadlines, warnings, receipt) ON report_revision TO %I', writer);
  EXECUTE format('GRANT INSERT (ref, organisation_id, name, email, phone, recorded_by, correlation_id) ON contact TO %I', writer);
  EXECUTE format('GRANT INSERT (organisation_id, principal, route, key, request_digest, status, headers, body, correlation_id),'
                 ' SELECT (organisation_id, principal, route, key, request_digest, status, headers, body) ON idempotency TO %I', writer);
  EXECUTE format('GRANT INSERT (id, topic, key, type, subject, source, time, dataschema, correlation_id, causation_id, depends_on,'
                 ' traceparent, data) ON outbox TO %I', writer);
END $$;
