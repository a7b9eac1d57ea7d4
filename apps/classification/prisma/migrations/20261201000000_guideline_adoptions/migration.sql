-- A version of the guideline takes effect when two people have recorded that it was adopted, and never before they did.
CREATE TABLE guideline_adoption (
  id              uuid           PRIMARY KEY,
  guideline       text           NOT NULL CHECK (guideline <> ''),
  -- Of the version's text and provisions, as they were adopted.
  digest          text           NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
  effective_from  timestamptz(3) NOT NULL,
  -- The paper by which it was adopted.
  document_name   text           NOT NULL CHECK (document_name <> ''),
  document_digest text           NOT NULL CHECK (document_digest ~ '^sha256:[0-9a-f]{64}$'),
  proposed_by     jsonb          NOT NULL CHECK (coalesce(proposed_by ->> 'person', '') <> ''),
  proposed_at     timestamptz(3) NOT NULL,
  recorded_at     timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by     text           NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text
);

-- What became of a proposal, once.
CREATE TABLE guideline_adoption_decision (
  adoption_id    uuid           PRIMARY KEY REFERENCES guideline_adoption (id),
  confirmed      boolean        NOT NULL,
  -- Of a rejection.
  reason         text           CHECK (reason <> ''),
  decided_by     jsonb          NOT NULL CHECK (coalesce(decided_by ->> 'person', '') <> ''),
  decided_at     timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  CONSTRAINT guideline_adoption_rejected_with_reason CHECK (confirmed = (reason IS NULL))
);

-- Whoever proposed may take it back, and not confirm it. Nothing takes effect in the past, where people have acted already.
CREATE FUNCTION guideline_adoption_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM guideline_adoption
                  WHERE id = NEW.adoption_id AND NOT same_person(proposed_by ->> 'person', NEW.decided_by ->> 'person')) THEN
    RAISE EXCEPTION 'new row for relation "guideline_adoption_decision" violates check constraint "guideline_adoption_two_persons"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'guideline_adoption_two_persons', TABLE = 'guideline_adoption_decision';
  END IF;
  IF EXISTS (SELECT 1 FROM guideline_adoption
              WHERE id = NEW.adoption_id AND effective_from < greatest(NEW.decided_at, now())) THEN
    RAISE EXCEPTION 'new row for relation "guideline_adoption_decision" violates check constraint "guideline_adoption_not_backwards"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'guideline_adoption_not_backwards', TABLE = 'guideline_adoption_decision';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guideline_adoption_confirmed BEFORE INSERT ON guideline_adoption_decision
  FOR EACH ROW WHEN (NEW.confirmed) EXECUTE FUNCTION guideline_adoption_confirmed();

-- What was adopted by two people, in that order, kept as it is until the transaction ends: whoever confirms an adoption waits for it, or the
-- other way round. In one call, since every report asks it; each statement of a volatile function sees what was committed before it.
CREATE FUNCTION adopted_until_commit()
RETURNS TABLE (guideline text, digest text, effective_from timestamptz, decided_at timestamptz) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('guideline', 0));
  RETURN QUERY
    SELECT a.guideline, a.digest, a.effective_from::timestamptz, d.decided_at::timestamptz
      FROM guideline_adoption a JOIN guideline_adoption_decision d ON d.adoption_id = a.id
     WHERE d.confirmed ORDER BY d.decided_at;
END $$;

-- How far an adoption has been brought to the cases that there are: those whose planned time it governs are answered by it.
CREATE TABLE guideline_adoption_effect (
  adoption_id    uuid           PRIMARY KEY REFERENCES guideline_adoption_decision (adoption_id),
  reached        uuid,
  changed        int            NOT NULL DEFAULT 0 CHECK (changed >= 0),
  finished_at    timestamptz(3),
  recorded_at    timestamptz(3) NOT NULL DEFAULT now(),
  recorded_by    text           NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);
CREATE INDEX guideline_adoption_effect_open ON guideline_adoption_effect (recorded_at) WHERE finished_at IS NULL;

CREATE FUNCTION guideline_adoption_effect_comes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.finished_at IS NOT NULL OR NEW.changed < OLD.changed OR NEW.reached < OLD.reached THEN
    RAISE EXCEPTION 'what an adoption has been brought to does not go back' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guideline_adoption_effect_comes_on BEFORE UPDATE ON guideline_adoption_effect
  FOR EACH ROW EXECUTE FUNCTION guideline_adoption_effect_comes_on();
CREATE TRIGGER guideline_adoption_effect_content_stays BEFORE UPDATE OF adoption_id, recorded_at, recorded_by, correlation_id, causation_id
  ON guideline_adoption_effect FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER guideline_adoption_effect_stays BEFORE DELETE OR TRUNCATE ON guideline_adoption_effect
  FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- A confirmation also falls where its case is answered by another version.
ALTER TABLE confirmation_lapse DROP CONSTRAINT confirmation_lapse_reason_check,
  ADD CONSTRAINT confirmation_lapse_reason_check CHECK (reason IN ('FACTS_CHANGED', 'SCOPE_REPLACED', 'FACT_CONTESTED', 'GUIDELINE_CHANGED'));

DO $$
DECLARE
  own text;
  app text := current_setting('sekisho.app_role');
BEGIN
  FOREACH own IN ARRAY ARRAY['guideline_adoption', 'guideline_adoption_decision'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   own);
  END LOOP;
  EXECUTE format('GRANT SELECT, INSERT ON guideline_adoption, guideline_adoption_decision, guideline_adoption_effect TO %I', app);
  EXECUTE format('GRANT UPDATE (reached, changed, finished_at) ON guideline_adoption_effect TO %I', app);
END $$;
