-- The service writes an event's content. Its place, its number and that it was sent are not the service's to say: a row that came in
-- as sent would never leave.
DO $$
DECLARE
  app   text := current_setting('sekisho.app_role');
  relay text := current_setting('sekisho.relay_role');
BEGIN
  EXECUTE format('REVOKE INSERT ON outbox FROM %I', app);
  EXECUTE format('GRANT INSERT (id, topic, key, type, subject, source, time, dataschema, correlation_id, causation_id, depends_on,'
    ' traceparent, data) ON outbox TO %I', app);
  EXECUTE format('REVOKE UPDATE ON outbox_counter FROM %I', relay);
  EXECUTE format('GRANT UPDATE (last) ON outbox_counter TO %I', relay);
END $$;

CREATE TRIGGER outbox_counter_topic_stays BEFORE UPDATE OF topic ON outbox_counter FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();
-- Versions are counted by parked_step alone.
CREATE TRIGGER parked_version_stays BEFORE UPDATE OF version ON parked FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();
