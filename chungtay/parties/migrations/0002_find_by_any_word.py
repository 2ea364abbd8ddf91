"""An index of the words of names, so that a party is found by any of them among a million (triggers: name_index.py)."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE parties_name_index USING fts5(words, content='', detail=none, columnsize=0, prefix='1 2',"
    " tokenize=\"ascii tokenchars '_+'\")",
    "CREATE TABLE parties_name_word (word text NOT NULL PRIMARY KEY) WITHOUT ROWID",
]
POSTGRESQL = [
    """CREATE FUNCTION parties_name_tokens(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    WITH w AS (SELECT DISTINCT word COLLATE "C" AS word FROM unnest(string_to_array(folded, ' ')) AS word WHERE word <> '')
    SELECT array_to_tsvector(ARRAY(
        SELECT word FROM w
        UNION ALL SELECT a.word || '_' || b.word FROM w AS a JOIN w AS b ON a.word < b.word
        UNION SELECT a.word || '+' || left(b.word, 1) FROM w AS a JOIN w AS b ON a.word <> b.word))
    $$""",
    "ALTER TABLE parties_party ADD COLUMN name_tokens tsvector GENERATED ALWAYS AS (parties_name_tokens(name_folded)) STORED",
    # Frequent pairs must be known to the planner one by one: by themselves two words say nothing about their meeting.
    "ALTER TABLE parties_party ALTER COLUMN name_tokens SET STATISTICS 1000",
    "CREATE INDEX party_by_word ON parties_party USING gin (name_tokens)",
    'CREATE TABLE parties_name_word (word text COLLATE "C" NOT NULL PRIMARY KEY)',
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS parties_name_added",
        "DROP TRIGGER IF EXISTS parties_name_changed",
        "DROP TRIGGER IF EXISTS parties_name_removed",
        "DROP TABLE parties_name_index",
        "DROP TABLE parties_name_word",
    ],
    "postgresql": [
        "DROP TRIGGER IF EXISTS parties_name_words ON parties_party",
        "DROP FUNCTION IF EXISTS parties_keep_words",
        "DROP TABLE parties_name_word",
        "ALTER TABLE parties_party DROP COLUMN name_tokens",
        "DROP FUNCTION parties_name_tokens",
    ],
}


def lay(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_away(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_who_takes_part")]
    operations = [migrations.RunPython(lay, take_away)]
