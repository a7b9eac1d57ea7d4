-- In what a report differs from the register, as intake found it at the receipt: for analysts to look at.
ALTER TABLE incident_report ADD COLUMN register_differences jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(register_differences) = 'array');
ALTER TABLE revised_report ADD COLUMN register_differences jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(register_differences) = 'array');
