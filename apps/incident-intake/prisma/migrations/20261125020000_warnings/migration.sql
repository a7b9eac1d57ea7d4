-- What a partner was warned of when the report came in, as codes and values: the words are made in the language of whoever reads.
ALTER TABLE report_revision ADD COLUMN warnings jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(warnings) = 'array');
