-- An approval can be taken back, by two people like any decision. What was decided stays as it is; the withdrawal stands beside it,
-- and opens another round of the review, in which the council may decide anew.

-- Which round of its review a decision belongs to: the first, or the one that the last withdrawal opened.
ALTER TABLE decision ADD COLUMN round int NOT NULL DEFAULT 1 CHECK (round > 0);
ALTER TABLE decision ADD COLUMN after_round int GENERATED ALWAYS AS (nullif(round - 1, 0)) STORED;
ALTER TABLE decision ADD CONSTRAINT decision_in_round UNIQUE (id, round);

ALTER TABLE decision_confirmation ADD COLUMN round int NOT NULL DEFAULT 1;
ALTER TABLE decision_confirmation ADD CONSTRAINT decision_confirmation_in_round
  FOREIGN KEY (decision_id, round) REFERENCES decision (id, round);
ALTER TABLE decision_confirmation ADD CONSTRAINT decision_confirmation_as_decided UNIQUE (decision_id, review_id, round, outcome);

-- A review is decided once in each round.
DROP INDEX decision_confirmation_once;
CREATE UNIQUE INDEX decision_confirmation_once ON decision_confirmation (review_id, round) WHERE outcome NOT IN ('RETURNED', 'DEFERRED');

-- An approval is to be taken back, as one person entered it. The latest counts; it carries nothing before it is confirmed.
-- That two people stood for the approval is in its references.
CREATE TABLE decision_withdrawal (
  id              uuid           PRIMARY KEY,
  decision_id     uuid           NOT NULL,
  review_id       uuid           NOT NULL,
  scope_digest    text           NOT NULL,
  round           int            NOT NULL,
  -- What was decided and is taken back.
  outcome         text           NOT NULL,
  version         int            NOT NULL CHECK (version > 0),
  reason          text           NOT NULL CHECK (reason <> ''),
  recorded_at     timestamptz(3) NOT NULL,
  recorded_by     jsonb          NOT NULL,
  recorded_person text           NOT NULL GENERATED ALWAYS AS (recorded_by ->> 'person') STORED,
  correlation_id  text           NOT NULL,
  causation_id    text,
  UNIQUE (decision_id, version),
  UNIQUE (id, review_id, round, recorded_person),
  FOREIGN KEY (review_id, scope_digest) REFERENCES review (id, scope_digest),
  CONSTRAINT decision_withdrawal_of_confirmed FOREIGN KEY (decision_id, review_id, round, outcome)
    REFERENCES decision_confirmation (decision_id, review_id, round, outcome),
  CONSTRAINT decision_withdrawal_of_approval CHECK (outcome IN ('APPROVED', 'APPROVED_WITH_CONDITIONS'))
);

-- Another person confirmed it. Persons are compared, not clients; the references make the first who it was.
CREATE TABLE decision_withdrawal_confirmation (
  withdrawal_id    uuid           PRIMARY KEY,
  review_id        uuid           NOT NULL,
  round            int            NOT NULL,
  recorded_person  text           NOT NULL,
  recorded_at      timestamptz(3) NOT NULL,
  recorded_by      jsonb          NOT NULL,
  confirmed_person text           NOT NULL GENERATED ALWAYS AS (recorded_by ->> 'person') STORED,
  correlation_id   text           NOT NULL,
  causation_id     text,
  CONSTRAINT decision_withdrawal_confirmation_of_recorded FOREIGN KEY (withdrawal_id, review_id, round, recorded_person)
    REFERENCES decision_withdrawal (id, review_id, round, recorded_person),
  CONSTRAINT decision_withdrawal_two_persons CHECK (confirmed_person <> recorded_person),
  -- What was decided in a round is taken back once.
  CONSTRAINT decision_withdrawal_once UNIQUE (review_id, round)
);

-- There is no second round before what was decided in the first is taken back.
ALTER TABLE decision ADD CONSTRAINT decision_after_withdrawal
  FOREIGN KEY (review_id, after_round) REFERENCES decision_withdrawal_confirmation (review_id, round);

DO $$
DECLARE
  history text;
  app     text := current_setting('sekisho.app_role');
BEGIN
  FOREACH history IN ARRAY ARRAY['decision_withdrawal', 'decision_withdrawal_confirmation'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   history);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', history, app);
  END LOOP;
END $$;
