-- Which version of the guideline takes effect when, as classification recorded it: an order is held to it.
CREATE TABLE guideline_adoption (
  adoption_id    uuid           PRIMARY KEY,
  guideline      text           NOT NULL CHECK (guideline <> ''),
  -- Of the text that was adopted.
  digest         text           NOT NULL,
  effective_from timestamptz(3) NOT NULL,
  confirmed_at   timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON guideline_adoption
    FOR EACH STATEMENT EXECUTE FUNCTION append_only();
  EXECUTE format('GRANT SELECT, INSERT ON guideline_adoption TO %I', app);
END $$;
