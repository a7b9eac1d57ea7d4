-- What an agency says that it did between a stop and its answer, or after both: listed apart, also where it was no legal step of the
-- order and is no return that was accepted.
CREATE TABLE act_after_stop (
  order_id        uuid           NOT NULL,
  agency          text           NOT NULL,
  jti             text           NOT NULL,
  kind            text           NOT NULL,
  position        bigint         GENERATED ALWAYS AS IDENTITY UNIQUE,
  -- By the agency's clock.
  acted_at        timestamptz(3) NOT NULL,
  servers_touched jsonb          NOT NULL CHECK (jsonb_typeof(servers_touched) = 'array'),
  -- Why it was rejected; null where it was accepted.
  rejected        text           CHECK (rejected <> ''),
  recorded_at     timestamptz(3) NOT NULL,
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  -- What an agency sends again counts once.
  PRIMARY KEY (order_id, agency, jti, kind),
  FOREIGN KEY (order_id, agency) REFERENCES order_part (order_id, agency)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON act_after_stop FOR EACH STATEMENT EXECUTE FUNCTION append_only();

DO $$
DECLARE
  app text := current_setting('sekisho.app_role');
BEGIN
  -- Places are the database's to give.
  EXECUTE format('GRANT SELECT, INSERT (order_id, agency, jti, kind, acted_at, servers_touched, rejected, recorded_at, recorded_by,'
                 ' correlation_id, causation_id) ON act_after_stop TO %I', app);
END $$;
