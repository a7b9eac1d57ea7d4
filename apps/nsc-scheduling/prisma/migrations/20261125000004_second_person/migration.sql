-- As before, but an id in another spelling is the same person.
ALTER TABLE decision_confirmation DROP CONSTRAINT decision_confirmation_two_persons;
ALTER TABLE decision_confirmation ADD CONSTRAINT decision_confirmation_two_persons
  CHECK (NOT same_person(confirmed_person, recorded_person));

-- Bookings come and go with their meetings; one is never made another's.
CREATE TRIGGER booking_content_stays BEFORE UPDATE OF meeting_id, role, starts_at, recorded_at, recorded_by, correlation_id, causation_id
  ON booking FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER booking_stays BEFORE TRUNCATE ON booking FOR EACH STATEMENT EXECUTE FUNCTION append_only();
