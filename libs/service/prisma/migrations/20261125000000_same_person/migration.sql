-- Are these one person? Issuers spell an id as they like: case, width, spaces and invisible characters do not make somebody else.
-- An id that is empty or missing names nobody, and nobody is no second person.
CREATE FUNCTION same_person(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(lower(regexp_replace(normalize(one, NFKC), '[[:space:][:cntrl:]\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]', '', 'g')), '')
                = nullif(lower(regexp_replace(normalize(other, NFKC), '[[:space:][:cntrl:]\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]', '', 'g')), ''),
                  true)
$$;

-- An answer that could be taken away could be asked for twice. (Row-level security alone lets the owner empty the table.)
CREATE TRIGGER idempotency_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON idempotency FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse();

DO $$ BEGIN
  EXECUTE format('GRANT EXECUTE ON FUNCTION same_person(text, text) TO %I', current_setting('sekisho.app_role'));
END $$;
