-- Facts of a case that are contested: orders wait, and unstarted ones are suspended, until they are settled.

CREATE TABLE fact_contest (
  contest_id     uuid           PRIMARY KEY,
  incident_id    uuid           NOT NULL,
  fact           text           NOT NULL,
  contested_at   timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);
CREATE INDEX fact_contest_incident ON fact_contest (incident_id);

CREATE TABLE fact_contest_settlement (
  contest_id     uuid           PRIMARY KEY REFERENCES fact_contest (contest_id),
  upheld         boolean        NOT NULL,
  settled_at     timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

-- A suspended order goes on where its agencies are, or falls as one that is not suspended.
INSERT INTO order_step (from_state, to_state) VALUES
  ('SUSPENDED', 'ISSUED'), ('SUSPENDED', 'ACKNOWLEDGED'), ('SUSPENDED', 'DECLINED'), ('SUSPENDED', 'NOT_EXECUTED');

DO $$
DECLARE
  history text;
  app     text := current_setting('sekisho.app_role');
BEGIN
  FOREACH history IN ARRAY ARRAY['fact_contest', 'fact_contest_settlement'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   history);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', history, app);
  END LOOP;
END $$;
