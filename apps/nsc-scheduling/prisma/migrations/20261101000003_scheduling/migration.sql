-- Reviews, the council's members and their calendars, meetings, attendance and decisions.
-- All of it is history: rows are added, never changed. Only the bookings of the members' time follow the meetings as they are now.

-- No member sits in two meetings at once: an exclusion constraint over an office and a range needs this.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The council as data: members, compositions and settings, each edition whole. The latest counts.
CREATE TABLE roster (
  version        int            PRIMARY KEY CHECK (version > 0),
  digest         text           NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
  content        jsonb          NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    jsonb          NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

-- Who holds an office from a day on, as entered since the roster's edition.
CREATE TABLE holder (
  role           text           NOT NULL,
  version        int            NOT NULL CHECK (version > 0),
  name           text           NOT NULL CHECK (name <> ''),
  valid_from     date           NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    jsonb          NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (role, version)
);

-- A member's calendar, each edition whole. The latest counts.
CREATE TABLE calendar (
  role           text           NOT NULL,
  version        int            NOT NULL CHECK (version > 0),
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    jsonb          NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (role, version)
);
CREATE TABLE busy_time (
  role           text           NOT NULL,
  version        int            NOT NULL,
  position       int            NOT NULL,
  starts_at      timestamptz(3) NOT NULL,
  ends_at        timestamptz(3) NOT NULL,
  PRIMARY KEY (role, version, position),
  FOREIGN KEY (role, version) REFERENCES calendar (role, version),
  CHECK (starts_at < ends_at)
);

-- One scope is reviewed once, however often its confirmation is told.
CREATE TABLE review (
  id                   uuid           PRIMARY KEY,
  incident_id          uuid           NOT NULL,
  scope_digest         text           NOT NULL UNIQUE CHECK (scope_digest ~ '^sha256:[0-9a-f]{64}$'),
  determination_digest text           NOT NULL CHECK (determination_digest ~ '^sha256:[0-9a-f]{64}$'),
  required             text           NOT NULL CHECK (required IN ('YES', 'PROVISIONAL')),
  determination        jsonb          NOT NULL,
  scope                jsonb          NOT NULL,
  recorded_at          timestamptz(3) NOT NULL,
  recorded_by          jsonb          NOT NULL,
  correlation_id       text           NOT NULL,
  causation_id         text           NOT NULL,
  UNIQUE (id, scope_digest),
  CHECK (scope ->> 'determination' = determination_digest)
);
CREATE INDEX review_incident ON review (incident_id);

-- What was confirmed lapsed or was replaced: nothing decided on it stands from now on.
CREATE TABLE review_supersession (
  review_id      uuid           PRIMARY KEY REFERENCES review (id),
  reason         text           NOT NULL CHECK (reason IN ('LAPSED', 'REPLACED')),
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    jsonb          NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text           NOT NULL
);

CREATE TABLE meeting (
  id             uuid           PRIMARY KEY,
  form           text           NOT NULL CHECK (form IN ('MEETING', 'CIRCULATION')),
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    jsonb          NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

-- Each planning of a meeting: when, by which rules, who is called, what is discussed. The latest counts.
CREATE TABLE meeting_plan (
  meeting_id     uuid           NOT NULL REFERENCES meeting (id),
  version        int            NOT NULL CHECK (version > 0),
  urgent         boolean        NOT NULL,
  starts_at      timestamptz(3) NOT NULL,
  ends_at        timestamptz(3) NOT NULL,
  composition    text           NOT NULL,
  -- How many members must be there, or be represented, for a decision.
  quorum         int            NOT NULL CHECK (quorum >= 0),
  -- The lead, length, horizon and hours that it was planned with.
  rules          jsonb          NOT NULL,
  roster_version int            NOT NULL REFERENCES roster (version),
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    jsonb          NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (meeting_id, version),
  UNIQUE (meeting_id, version, starts_at),
  CHECK (starts_at < ends_at),
  CONSTRAINT meeting_plan_not_in_the_past CHECK (starts_at >= recorded_at)
);
CREATE TABLE meeting_member (
  meeting_id     uuid           NOT NULL,
  version        int            NOT NULL,
  role           text           NOT NULL,
  position       int            NOT NULL,
  title          jsonb          NOT NULL,
  holder         text           NOT NULL CHECK (holder <> ''),
  PRIMARY KEY (meeting_id, version, role),
  FOREIGN KEY (meeting_id, version) REFERENCES meeting_plan (meeting_id, version)
);
CREATE TABLE agenda_item (
  meeting_id     uuid           NOT NULL,
  version        int            NOT NULL,
  review_id      uuid           NOT NULL REFERENCES review (id),
  position       int            NOT NULL,
  PRIMARY KEY (meeting_id, version, review_id),
  FOREIGN KEY (meeting_id, version) REFERENCES meeting_plan (meeting_id, version)
);
CREATE INDEX agenda_item_review ON agenda_item (review_id);

-- Nothing is left to discuss: the meeting is over, or never takes place.
CREATE TABLE meeting_closure (
  meeting_id     uuid           PRIMARY KEY REFERENCES meeting (id),
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    jsonb          NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text
);

-- The members' time as it is taken now. An empty range books nothing.
CREATE TABLE booking (
  meeting_id     uuid           NOT NULL REFERENCES meeting (id),
  role           text           NOT NULL,
  starts_at      timestamptz(3) NOT NULL,
  ends_at        timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  recorded_by    jsonb          NOT NULL,
  correlation_id text           NOT NULL,
  causation_id   text,
  PRIMARY KEY (meeting_id, role),
  CHECK (starts_at <= ends_at),
  CONSTRAINT booking_no_overlap EXCLUDE USING gist (role WITH =, tstzrange(starts_at, ends_at) WITH &&)
);

-- Who came, each edition whole, never before the meeting began.
CREATE TABLE attendance (
  meeting_id      uuid           NOT NULL,
  version         int            NOT NULL CHECK (version > 0),
  meeting_version int            NOT NULL,
  starts_at       timestamptz(3) NOT NULL,
  -- Its event: a decision's event says that it comes after this one.
  event_id        uuid           NOT NULL,
  recorded_at     timestamptz(3) NOT NULL,
  recorded_by     jsonb          NOT NULL,
  correlation_id  text           NOT NULL,
  causation_id    text,
  PRIMARY KEY (meeting_id, version),
  UNIQUE (meeting_id, version, meeting_version),
  FOREIGN KEY (meeting_id, meeting_version, starts_at) REFERENCES meeting_plan (meeting_id, version, starts_at),
  CONSTRAINT attendance_not_before_meeting CHECK (recorded_at >= starts_at)
);
CREATE TABLE attendance_member (
  meeting_id      uuid           NOT NULL,
  version         int            NOT NULL,
  meeting_version int            NOT NULL,
  role            text           NOT NULL,
  attendance      text           NOT NULL CHECK (attendance IN ('PRESENT', 'SUBSTITUTE', 'ABSENT', 'RECUSED')),
  reason          text,
  PRIMARY KEY (meeting_id, version, role),
  FOREIGN KEY (meeting_id, version, meeting_version) REFERENCES attendance (meeting_id, version, meeting_version),
  FOREIGN KEY (meeting_id, meeting_version, role) REFERENCES meeting_member (meeting_id, version, role),
  CONSTRAINT attendance_member_has_reason CHECK (attendance = 'PRESENT' OR reason <> '' AND reason IS NOT NULL)
);

-- What was decided, as one person entered it. The latest of a review counts; it carries nothing before it is confirmed.
-- That it was on the agenda of a meeting whose attendance is recorded, for exactly this scope, is in its references.
CREATE TABLE decision (
  id                 uuid           PRIMARY KEY,
  review_id          uuid           NOT NULL,
  version            int            NOT NULL CHECK (version > 0),
  scope_digest       text           NOT NULL,
  meeting_id         uuid           NOT NULL,
  meeting_version    int            NOT NULL,
  attendance_version int            NOT NULL,
  outcome            text           NOT NULL
    CHECK (outcome IN ('APPROVED', 'APPROVED_WITH_CONDITIONS', 'RETURNED', 'REJECTED', 'DEFERRED')),
  conditions         jsonb          NOT NULL CHECK (jsonb_typeof(conditions) = 'array'),
  expires_at         timestamptz(3) NOT NULL,
  dissent            text,
  recorded_at        timestamptz(3) NOT NULL,
  recorded_by        jsonb          NOT NULL,
  recorded_person    text           NOT NULL GENERATED ALWAYS AS (recorded_by ->> 'person') STORED,
  correlation_id     text           NOT NULL,
  causation_id       text,
  UNIQUE (review_id, version),
  UNIQUE (id, review_id, recorded_person, outcome, expires_at),
  FOREIGN KEY (review_id, scope_digest) REFERENCES review (id, scope_digest),
  FOREIGN KEY (meeting_id, meeting_version, review_id) REFERENCES agenda_item (meeting_id, version, review_id),
  FOREIGN KEY (meeting_id, attendance_version, meeting_version) REFERENCES attendance (meeting_id, version, meeting_version),
  CONSTRAINT decision_conditions_fit CHECK (
    (outcome <> 'APPROVED' OR conditions = '[]') AND (outcome <> 'APPROVED_WITH_CONDITIONS' OR conditions <> '[]')),
  CONSTRAINT decision_expires_later CHECK (expires_at > recorded_at)
);

-- Another person entered the same outcome and expiry. Persons are compared, not clients; the references make both what was recorded.
CREATE TABLE decision_confirmation (
  decision_id      uuid           PRIMARY KEY,
  review_id        uuid           NOT NULL,
  outcome          text           NOT NULL,
  expires_at       timestamptz(3) NOT NULL,
  recorded_person  text           NOT NULL,
  recorded_at      timestamptz(3) NOT NULL,
  recorded_by      jsonb          NOT NULL,
  confirmed_person text           NOT NULL GENERATED ALWAYS AS (recorded_by ->> 'person') STORED,
  correlation_id   text           NOT NULL,
  causation_id     text,
  FOREIGN KEY (decision_id, review_id, recorded_person, outcome, expires_at)
    REFERENCES decision (id, review_id, recorded_person, outcome, expires_at),
  CONSTRAINT decision_confirmation_two_persons CHECK (confirmed_person <> recorded_person)
);
-- Returned and deferred reviews come back; otherwise a review is decided once.
CREATE UNIQUE INDEX decision_confirmation_once ON decision_confirmation (review_id) WHERE outcome NOT IN ('RETURNED', 'DEFERRED');

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows stay as they are', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE
  history text;
  app     text := current_setting('sekisho.app_role');
BEGIN
  FOREACH history IN ARRAY ARRAY['roster', 'holder', 'calendar', 'busy_time', 'review', 'review_supersession', 'meeting', 'meeting_plan',
                                 'meeting_member', 'agenda_item', 'meeting_closure', 'attendance', 'attendance_member', 'decision',
                                 'decision_confirmation'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
                   history);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', history, app);
  END LOOP;
  EXECUTE format('GRANT SELECT, INSERT, DELETE, UPDATE (ends_at) ON booking TO %I', app);
END $$;
