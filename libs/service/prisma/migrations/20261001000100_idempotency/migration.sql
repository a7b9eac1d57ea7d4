-- One row for each write that named an Idempotency-Key, made in the transaction of the work itself:
-- there is no answer without its work and no work without its answer.
CREATE TABLE idempotency (
  organisation_id text NOT NULL,
  principal       text NOT NULL,
  route           text NOT NULL,
  key             text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_digest  text NOT NULL,
  status          smallint NOT NULL,
  headers         jsonb NOT NULL,
  body            text NOT NULL,
  correlation_id  text NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organisation_id, principal, route, key)
);

ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON idempotency
  USING (organisation_id = current_setting('app.organisation', true))
  WITH CHECK (organisation_id = current_setting('app.organisation', true));

DO $$ BEGIN
  EXECUTE format('GRANT SELECT, INSERT ON idempotency TO %I', current_setting('sekisho.app_role'));
END $$;
