-- Most answers are never asked for again: to compress each costs more than the room it takes.
ALTER TABLE idempotency ALTER COLUMN body SET STORAGE EXTERNAL;
