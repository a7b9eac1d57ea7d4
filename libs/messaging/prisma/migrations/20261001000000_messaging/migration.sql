-- What every service needs to send and to take in events. Roles are named by the settings sekisho.app_role and sekisho.relay_role of
-- the database, because a test's database has another name than its roles.

-- Events on their way out. Rows are inserted in the transaction that changes the state they tell of, and stay.
CREATE TABLE outbox (
  position       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id             uuid           NOT NULL,
  topic          text           NOT NULL,
  key            text           NOT NULL CHECK (key <> ''),
  type           text           NOT NULL,
  subject        text           NOT NULL,
  source         text           NOT NULL,
  time           timestamptz(3) NOT NULL,
  dataschema     text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  depends_on     text,
  traceparent    text,
  data           text           NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  -- Per topic, without gaps. Given by the relay, in the order of the positions that it sees, and committed before the event is sent.
  sequence       bigint CHECK (sequence > 0),
  sent_at        timestamptz(3),
  CONSTRAINT outbox_id_unique UNIQUE (id),
  CONSTRAINT outbox_sequence_unique UNIQUE (topic, sequence),
  CONSTRAINT outbox_numbered_before_sent CHECK (sent_at IS NULL OR sequence IS NOT NULL)
);
CREATE INDEX outbox_unnumbered ON outbox (position) WHERE sequence IS NULL;
CREATE INDEX outbox_unsent ON outbox (topic, sequence) WHERE sent_at IS NULL AND sequence IS NOT NULL;

-- The latest number given on each topic.
CREATE TABLE outbox_counter (
  topic text   PRIMARY KEY,
  last  bigint NOT NULL CHECK (last > 0)
);

-- Events taken in, for ever: an event that comes again is known by its row here. Only what was handled (or needs no handling) is here;
-- what waits or is parked is not, so that nothing that depends on it goes ahead.
CREATE TABLE inbox (
  topic        text           NOT NULL,
  event_id     text           NOT NULL,
  type         text           NOT NULL,
  key          text           NOT NULL,
  partition    int            NOT NULL,
  "offset"     bigint         NOT NULL,
  sequence     bigint,
  received_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (topic, event_id)
);

-- Messages that could not be taken in when they came.
--   WAITING   comes before the event that it depends on
--   PARKED    failed for good; an operator releases or discards it
--   HELD      came behind an open message of the same topic and key
--   RELEASED  an operator wants it tried again
--   DONE, DISCARDED   closed, for ever
CREATE TABLE parked (
  id             uuid           PRIMARY KEY,
  consumer_group text           NOT NULL,
  topic          text           NOT NULL,
  partition      int            NOT NULL,
  "offset"       bigint         NOT NULL,
  key            text           NOT NULL,
  event_id       text,
  type           text,
  headers        jsonb          NOT NULL,
  payload        bytea,
  state          text           NOT NULL CHECK (state IN ('WAITING', 'PARKED', 'HELD', 'RELEASED', 'DONE', 'DISCARDED')),
  error          text,
  depends_on     text,
  -- An operator has decided that it shall not wait for what it depends on.
  wait_waived    boolean        NOT NULL DEFAULT false,
  parked_at      timestamptz(3) NOT NULL,
  changed_at     timestamptz(3) NOT NULL,
  changed_by     text           NOT NULL,
  reason         text,
  version        int            NOT NULL DEFAULT 1,
  CONSTRAINT parked_offset_unique UNIQUE (topic, partition, "offset"),
  CONSTRAINT parked_event_unique UNIQUE (topic, event_id),
  CONSTRAINT parked_has_error CHECK (state <> 'PARKED' OR error IS NOT NULL),
  CONSTRAINT parked_waits_for CHECK (state <> 'WAITING' OR depends_on IS NOT NULL),
  CONSTRAINT parked_discard_has_reason CHECK (state <> 'DISCARDED' OR reason IS NOT NULL)
);
CREATE INDEX parked_open ON parked (topic, key, partition, "offset") WHERE state IN ('WAITING', 'PARKED', 'HELD', 'RELEASED');
CREATE INDEX parked_waiting ON parked (depends_on) WHERE state = 'WAITING';

-- Every change of state, with who and why: later changes do not hide earlier ones.
CREATE TABLE parked_change (
  parked_id  uuid           NOT NULL REFERENCES parked (id),
  version    int            NOT NULL,
  state      text           NOT NULL,
  error      text,
  changed_at timestamptz(3) NOT NULL,
  changed_by text           NOT NULL,
  reason     text,
  PRIMARY KEY (parked_id, version)
);

CREATE FUNCTION messaging_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows stay as they are', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION outbox_number_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sequence IS NOT NULL AND NEW.sequence IS DISTINCT FROM OLD.sequence
     OR OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at THEN
    RAISE EXCEPTION 'an outbox row is numbered once and sent once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION outbox_counter_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.topic <> OLD.topic OR NEW.last < OLD.last THEN
    RAISE EXCEPTION 'numbers only grow' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION parked_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('DONE', 'DISCARDED') THEN
    RAISE EXCEPTION 'parked message % is closed', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'RELEASED' AND OLD.state NOT IN ('PARKED', 'WAITING') THEN
    RAISE EXCEPTION 'only what is parked or waits is released' USING ERRCODE = 'restrict_violation';
  END IF;
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;

-- As its owner: the service itself cannot write this history.
CREATE FUNCTION parked_remember() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.parked_change (parked_id, version, state, error, changed_at, changed_by, reason)
  VALUES (NEW.id, NEW.version, NEW.state, NEW.error, NEW.changed_at, NEW.changed_by, NEW.reason);
  RETURN NULL;
END $$;

CREATE TRIGGER outbox_content_stays BEFORE UPDATE OF position, id, topic, key, type, subject, source, time, dataschema, correlation_id,
  causation_id, depends_on, traceparent, data, recorded_at ON outbox FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();
CREATE TRIGGER outbox_number_once BEFORE UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION outbox_number_once();
CREATE TRIGGER outbox_stays BEFORE DELETE OR TRUNCATE ON outbox FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();
CREATE TRIGGER outbox_counter_grows BEFORE UPDATE ON outbox_counter FOR EACH ROW EXECUTE FUNCTION outbox_counter_grows();
CREATE TRIGGER outbox_counter_stays BEFORE DELETE OR TRUNCATE ON outbox_counter FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();
CREATE TRIGGER inbox_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON inbox FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();
CREATE TRIGGER parked_content_stays BEFORE UPDATE OF id, consumer_group, topic, partition, "offset", key, event_id, type, headers, payload,
  parked_at ON parked FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();
CREATE TRIGGER parked_stays BEFORE DELETE OR TRUNCATE ON parked FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();
CREATE TRIGGER parked_step BEFORE UPDATE ON parked FOR EACH ROW EXECUTE FUNCTION parked_step();
CREATE TRIGGER parked_remember AFTER INSERT OR UPDATE ON parked FOR EACH ROW EXECUTE FUNCTION parked_remember();
CREATE TRIGGER parked_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON parked_change FOR EACH STATEMENT
  EXECUTE FUNCTION messaging_refuse();

DO $$
DECLARE
  app   text := current_setting('sekisho.app_role');
  relay text := current_setting('sekisho.relay_role');
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I, %I', app, relay);
  -- The service writes events and can tell which ones, but never changes or numbers them; payloads it has no need to read again.
  EXECUTE format('GRANT INSERT, SELECT (position, id, topic, key, type, subject, time, depends_on, correlation_id, recorded_at, sequence,'
    ' sent_at) ON outbox TO %I', app);
  EXECUTE format('GRANT SELECT, INSERT ON inbox TO %I', app);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE (state, error, depends_on, wait_waived, changed_at, changed_by, reason) ON parked TO %I', app);
  EXECUTE format('GRANT SELECT ON parked_change TO %I', app);
  EXECUTE format('GRANT SELECT, UPDATE (sequence, sent_at) ON outbox TO %I', relay);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON outbox_counter TO %I', relay);
END $$;
