-- Incidents, what is claimed about them, what the guideline answers, the measure proposed, and who stands for it.
-- All of it is history: rows are added, never changed. Only an incident's version counts up.

CREATE TABLE incident (
  id             uuid           PRIMARY KEY,
  version        int            NOT NULL CHECK (version > 0),
  opened_at      timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

-- One report makes one incident, however often it comes.
CREATE TABLE incident_report (
  report_id      uuid           PRIMARY KEY,
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  number         bigint         NOT NULL,
  title          text           NOT NULL,
  organisation   jsonb          NOT NULL,
  digest         text           NOT NULL,
  received_at    timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);
CREATE INDEX incident_report_incident ON incident_report (incident_id);

-- The case's own refs. None is ever re-pointed.
CREATE TABLE case_server (
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  ref            text           NOT NULL CHECK (ref ~ '^[A-Za-z0-9_-]{1,64}$'),
  position       int            NOT NULL,
  address        text,
  report_id      uuid           NOT NULL REFERENCES incident_report (report_id),
  report_ref     text,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (incident_id, ref),
  UNIQUE (incident_id, position)
);

CREATE TABLE case_target (
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  ref            text           NOT NULL CHECK (ref ~ '^[A-Za-z0-9_-]{1,64}$'),
  position       int            NOT NULL,
  name           text           NOT NULL,
  report_id      uuid           NOT NULL REFERENCES incident_report (report_id),
  report_ref     text,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (incident_id, ref),
  UNIQUE (incident_id, position)
);

CREATE TABLE claim (
  id             uuid           PRIMARY KEY,
  -- Order of recording: of several planned times the latest counts.
  position       bigint         GENERATED ALWAYS AS IDENTITY UNIQUE,
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  fact           text           NOT NULL,
  value          text           NOT NULL,
  origin         text           NOT NULL CHECK (origin IN ('REPORT', 'ASSESSMENT')),
  note           text           NOT NULL,
  asserted_by    jsonb,
  asserted_at    timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  UNIQUE (incident_id, fact, id),
  CONSTRAINT claim_assessed_by_a_person CHECK (origin = 'REPORT' OR asserted_by ->> 'person' IS NOT NULL),
  CONSTRAINT claim_value_fits_fact CHECK (
    CASE
      WHEN fact IN ('measureContemplated', 'graveHarmUrgent', 'nationalSecurityImpact', 'communicationProtection', 'noTimeForPriorApproval')
        THEN value IN ('TRUE', 'FALSE', 'UNKNOWN')
      WHEN fact ~ '^servers\.[A-Za-z0-9_-]{1,64}\.location$' THEN value IN ('DOMESTIC', 'OVERSEAS', 'UNKNOWN')
      WHEN fact ~ '^targets\.[A-Za-z0-9_-]{1,64}\.kind$'
        THEN value IN ('SDF', 'USFJ', 'GOVERNMENT', 'CRITICAL_INFRASTRUCTURE', 'DEFENCE_INDUSTRY', 'MUNICIPALITY', 'PRIVATE', 'UNKNOWN')
      ELSE fact = 'plannedActionAt' AND value ~ '^\d{4}-\d{2}-\d{2}T'
    END
  )
);
CREATE INDEX claim_incident ON claim (incident_id, position);

-- A claim sets aside only claims about the same fact of the same incident. What is set aside stays so.
CREATE TABLE claim_set_aside (
  claim_id       uuid           NOT NULL,
  set_aside_id   uuid           NOT NULL,
  incident_id    uuid           NOT NULL,
  fact           text           NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (claim_id, set_aside_id),
  FOREIGN KEY (incident_id, fact, claim_id) REFERENCES claim (incident_id, fact, id),
  FOREIGN KEY (incident_id, fact, set_aside_id) REFERENCES claim (incident_id, fact, id),
  CHECK (claim_id <> set_aside_id)
);
CREATE INDEX claim_set_aside_target ON claim_set_aside (set_aside_id);

CREATE TABLE determination (
  incident_id    uuid           NOT NULL REFERENCES incident (id),
  version        int            NOT NULL CHECK (version > 0),
  digest         text           NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
  facts          jsonb          NOT NULL,
  determination  jsonb          NOT NULL,
  made_at        timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (incident_id, version),
  UNIQUE (incident_id, version, digest),
  CHECK (determination ->> 'digest' = digest)
);

CREATE TABLE scope (
  incident_id          uuid           NOT NULL REFERENCES incident (id),
  version              int            NOT NULL CHECK (version > 0),
  scope_digest         text           NOT NULL UNIQUE CHECK (scope_digest ~ '^sha256:[0-9a-f]{64}$'),
  determination_digest text           NOT NULL,
  scope                jsonb          NOT NULL,
  proposed_by          jsonb          NOT NULL,
  proposed_at          timestamptz(3) NOT NULL,
  recorded_at          timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by          text           NOT NULL,
  correlation_id       text           NOT NULL,
  causation_id         text,
  PRIMARY KEY (incident_id, version),
  UNIQUE (incident_id, version, scope_digest, determination_digest),
  CHECK (scope ->> 'determination' = determination_digest),
  CONSTRAINT scope_proposed_by_a_person CHECK (proposed_by ->> 'person' IS NOT NULL)
);

-- A second person stands for a determination and, where one is named, for the scope that rests on exactly it.
CREATE TABLE confirmation (
  incident_id           uuid           NOT NULL REFERENCES incident (id),
  version               int            NOT NULL CHECK (version > 0),
  determination_version int            NOT NULL,
  digest                text           NOT NULL,
  scope_version         int,
  -- A scope is confirmed once: when that lapses it must be proposed again.
  scope_digest          text           UNIQUE,
  confirmed_by          jsonb          NOT NULL,
  confirmed_at          timestamptz(3) NOT NULL,
  recorded_at           timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by           text           NOT NULL,
  correlation_id        text           NOT NULL,
  causation_id          text,
  PRIMARY KEY (incident_id, version),
  FOREIGN KEY (incident_id, determination_version, digest) REFERENCES determination (incident_id, version, digest),
  FOREIGN KEY (incident_id, scope_version, scope_digest, digest)
    REFERENCES scope (incident_id, version, scope_digest, determination_digest),
  CHECK ((scope_version IS NULL) = (scope_digest IS NULL)),
  CONSTRAINT confirmation_by_a_person CHECK (confirmed_by ->> 'person' IS NOT NULL)
);

-- A confirmation lapses once.
CREATE TABLE confirmation_lapse (
  incident_id    uuid           NOT NULL,
  version        int            NOT NULL,
  reason         text           NOT NULL CHECK (reason IN ('FACTS_CHANGED', 'SCOPE_REPLACED', 'FACT_CONTESTED')),
  lapsed_at      timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (incident_id, version),
  FOREIGN KEY (incident_id, version) REFERENCES confirmation (incident_id, version)
);

-- Whoever asserted a decisive fact that counts, or proposed the scope, does not confirm it. Persons are compared, not clients.
-- Every fact is decisive except the planned time: that need only lie in the window, and no digest covers it.
CREATE FUNCTION confirmation_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
       SELECT 1 FROM claim
        WHERE incident_id = NEW.incident_id AND origin = 'ASSESSMENT' AND fact <> 'plannedActionAt'
          AND asserted_by ->> 'person' = NEW.confirmed_by ->> 'person'
          AND NOT EXISTS (SELECT 1 FROM claim_set_aside WHERE set_aside_id = claim.id))
     OR EXISTS (
       SELECT 1 FROM scope
        WHERE incident_id = NEW.incident_id AND version = NEW.scope_version
          AND proposed_by ->> 'person' = NEW.confirmed_by ->> 'person')
  THEN
    RAISE EXCEPTION 'new row for relation "confirmation" violates check constraint "confirmation_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_two_persons', TABLE = 'confirmation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER confirmation_two_persons BEFORE INSERT ON confirmation
  FOR EACH ROW EXECUTE FUNCTION confirmation_two_persons();

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows stay as they are', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION incident_version_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'the version of an incident counts up by one' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER incident_version_counts BEFORE UPDATE ON incident FOR EACH ROW EXECUTE FUNCTION incident_version_counts();
CREATE TRIGGER incident_content_stays BEFORE UPDATE OF id, opened_at, recorded_at, recorded_by, correlation_id, causation_id ON incident
  FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER incident_stays BEFORE DELETE OR TRUNCATE ON incident FOR EACH STATEMENT EXECUTE FUNCTION append_only();

DO $$
DECLARE
  history text;
  app     text := current_setting('sekisho.app_role');
BEGIN
  FOREACH history IN ARRAY ARRAY['incident_report', 'case_server', 'case_target', 'claim', 'claim_set_aside', 'determination', 'scope',
                                 'confirmation', 'confirmation_lapse'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   history);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', history, app);
  END LOOP;
  EXECUTE format('GRANT SELECT, INSERT, UPDATE (version) ON incident TO %I', app);
END $$;
