-- A report's deadlines are the rows of report_clock, which were made of these when the clocks came.
ALTER TABLE report_revision DROP COLUMN deadlines;
