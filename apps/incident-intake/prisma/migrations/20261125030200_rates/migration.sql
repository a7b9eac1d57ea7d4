-- How much each client may still ask for, for all instances together. Not history, and after a crash every bucket is full again.
CREATE UNLOGGED TABLE rate_bucket (
  client      text             PRIMARY KEY CHECK (client <> ''),
  tokens      double precision NOT NULL CHECK (tokens >= 0),
  -- What whoever asked last was given.
  granted     double precision NOT NULL CHECK (granted >= 0),
  refilled_at timestamptz(3)   NOT NULL
);

CREATE TRIGGER rate_bucket_client_stays BEFORE UPDATE OF client ON rate_bucket FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER rate_bucket_stays BEFORE DELETE OR TRUNCATE ON rate_bucket FOR EACH STATEMENT EXECUTE FUNCTION append_only();

DO $$ BEGIN
  EXECUTE format('GRANT SELECT, INSERT, UPDATE (tokens, granted, refilled_at) ON rate_bucket TO %I', current_setting('sekisho.app_role'));
END $$;
