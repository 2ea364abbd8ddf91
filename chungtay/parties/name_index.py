"""The index of names, kept by the database in the transaction of the write, whoever writes (`bulk_create`, SQL).

SQLite: an FTS5 table without content of its own, kept by triggers. PostgreSQL: a generated column with a GIN index,
made by the migration. Both: `parties_name_word`, every word that has ever stood in a name. A SQLite migration that
alters the table of parties drops its triggers; they are laid again after every migrate, and all names are read anew.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TRIGGERS = {
    "sqlite": ("parties_name_added", "parties_name_changed", "parties_name_removed"),
    "postgresql": ("parties_name_words",),
}


def _words(name: str) -> str:
    """SQLite: a table of the words of the folded name that the expression `name` gives."""
    return f"""json_each('[' || replace(json_quote({name}), ' ', '","') || ']')"""


def _tokens(name: str) -> str:
    """SQLite: one text with the words, the pairs of words, and the words with the initials of the others."""
    words = _words(name)
    return (
        f"(SELECT group_concat(token, ' ') FROM (SELECT value AS token FROM {words}"  # noqa: S608 - no input
        f" UNION SELECT a.value || '_' || b.value FROM {words} AS a, {words} AS b WHERE a.value < b.value"
        f" UNION SELECT a.value || '+' || substr(b.value, 1, 1) FROM {words} AS a, {words} AS b"
        " WHERE a.value <> b.value))"
    )


def _sqlite() -> list[str]:
    is_new = "WHEN NEW.name_folded IS NOT OLD.name_folded OR NEW.id IS NOT OLD.id"
    forget = "INSERT INTO parties_name_index(parties_name_index, rowid, words) VALUES('delete', OLD.id, {});".format(
        _tokens("OLD.name_folded")
    )
    keep = f"INSERT INTO parties_name_index(rowid, words) VALUES(NEW.id, {_tokens('NEW.name_folded')});"
    add = "INSERT OR IGNORE INTO parties_name_word SELECT value FROM {} WHERE value <> ''"
    keep += add.format(_words("NEW.name_folded")) + ";"
    every = f"SELECT id, {_tokens('name_folded')} FROM parties_party"  # noqa: S608 - no input
    return [
        f"CREATE TRIGGER parties_name_added AFTER INSERT ON parties_party BEGIN {keep} END",
        "CREATE TRIGGER parties_name_changed AFTER UPDATE OF id, name_folded ON parties_party"
        f" {is_new} BEGIN {forget} {keep} END",
        f"CREATE TRIGGER parties_name_removed AFTER DELETE ON parties_party BEGIN {forget} END",
        "INSERT INTO parties_name_index(parties_name_index) VALUES('delete-all')",
        "DELETE FROM parties_name_word",
        f"INSERT INTO parties_name_index(rowid, words) {every}",
        add.format(f"parties_party, {_words('name_folded')}"),
    ]


def _postgresql() -> list[str]:
    words = "SELECT DISTINCT word FROM {} unnest(string_to_array({}, ' ')) AS word WHERE word <> '' ORDER BY word"
    add = "INSERT INTO parties_name_word {} ON CONFLICT DO NOTHING"
    return [
        "CREATE OR REPLACE FUNCTION parties_keep_words() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {add.format(words.format('', 'NEW.name_folded'))}; RETURN NULL; END $$",
        "CREATE TRIGGER parties_name_words AFTER INSERT OR UPDATE OF name_folded ON parties_party"
        " FOR EACH ROW EXECUTE FUNCTION parties_keep_words()",
        "TRUNCATE parties_name_word",
        add.format(words.format("parties_party,", "name_folded")),
    ]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should stand and do not."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in TRIGGERS[connection.vendor] if name not in standing]


def install(connection: BaseDatabaseWrapper) -> None:
    """Lay the triggers if one is missing, and then read every name anew: what came in between was not seen."""
    if not missing(connection):
        return
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in TRIGGERS[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (" ON parties_party" * (connection.vendor != "sqlite")))
        for statement in statements:
            cursor.execute(statement)


def install_where_it_stands(connection: BaseDatabaseWrapper) -> None:
    """Called after every migrate, once the room's tables stand."""
    if "parties_name_word" in connection.introspection.table_names():
        install(connection)
