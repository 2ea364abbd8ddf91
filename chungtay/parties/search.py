"""Finding a party by its name, as people type it: without accents, in any order, the last word only begun.

Both databases keep an index of words, of pairs of words that stand in one name, and of words with another's initial
(`parties.name_index`). They make a query of two frequent words that seldom meet ("văn thị", "văn thị h") as quick as
any. A query that many names answer is not looked up but found by walking the rows in the order asked for.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Value

from chungtay.records.names import fold

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")

ENDINGS = 40
"""A beginning that more words than this share ("t") is looked up as a beginning, not word by word."""
RARE = 2000
"""With more names than this, walking the rows in their order finds a page sooner than looking all names up."""
ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc",
    "ldtbxh": "lao dong thuong binh va xa hoi",
    "gddt": "giao duc va dao tao",
    "lhpn": "lien hiep phu nu",
    "ccb": "cuu chien binh",
    "ctd": "chu thap do",
    "htx": "hop tac xa",
    "tnhh": "trach nhiem huu han",
    "thpt": "trung hoc pho thong",
    "thcs": "trung hoc co so",
}
"""What officials write short, both ways: a name or a query that holds one is read as if it were spelt out."""


def searchable(name: str) -> str:
    """`name` as it is stored to be found: folded, abbreviations spelt out, at most 250 letters.

    >>> searchable("UBND xã Thổ Sơn")
    'uy ban nhan dan xa tho son'
    """
    return " ".join(ABBREVIATIONS.get(word, word) for word in fold(name).split())[:250].rstrip()


@dataclass(frozen=True)
class Wanted:
    """What a name must hold: every word of `whole`, and one that begins with `start`, which is one of `endings`.

    No `endings`: more words begin so than are worth naming.
    """

    whole: tuple[str, ...]
    start: str
    endings: tuple[str, ...] = ()

    def groups(self) -> list[list[str]]:
        """All of these groups must be met, each by one of its tokens; a token that ends in `*` is a beginning."""
        single = len(self.whole) == 1
        groups = [[word] for word in self.whole] if single else [[p] for p in pairs(self.whole)]
        if not self.endings:
            return [*groups, [f"{self.start}*"]]
        if not self.whole:
            return [list(self.endings)]
        last = self.whole[-1]
        if len(self.start) == 1:
            return [*groups, [last if last.startswith(self.start) else f"{last}+{self.start}"]]
        return [*groups, sorted({pair(last, ending) for ending in self.endings})]


def pair(one: str, other: str) -> str:
    """The token of two words that stand in one name; of a word with itself, the word."""
    return one if one == other else "_".join(sorted((one, other)))


def pairs(words: Iterable[str]) -> list[str]:
    """The tokens of every two of the words."""
    return [pair(one, other) for one, other in combinations(words, 2)]


def wanted(connection: BaseDatabaseWrapper, words: Sequence[str]) -> Wanted | None:
    """What `words` ask for, the last one only begun; None when no name holds a word that begins so."""
    *whole, start = words
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM parties_name_word WHERE word >= %s AND word < %s ORDER BY word LIMIT %s",
            [start, start + "~", ENDINGS + 1],
        )
        endings = tuple(word for (word,) in cursor.fetchall())
    distinct = tuple(dict.fromkeys(whole))
    if not endings:
        return None
    return Wanted(distinct, start, endings if len(endings) <= ENDINGS else ())


class NameHolds(Func):
    """Whether the index says that a row's name meets the groups: PostgreSQL's text search, or SQLite's FTS5."""

    output_field = models.BooleanField()

    def __init__(self, groups: Sequence[Sequence[str]], party: str, *, walked: bool = False) -> None:
        super().__init__(F(f"{party}pk"), F(f"{party}name_folded"))
        self.groups = groups
        self.walked = walked

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The generated column beside the name, under whatever name the query knows the table by.

        Walked, it is written so that no index serves it and the planner takes it for rare: it then reads a commune's
        rows by their area, and those of a wide area in the order asked for, until a page is full.
        """
        name = self.get_source_expressions()[1]
        holds = f"{compiler.quote_name_unless_alias(name.alias)}.name_tokens @@ %s::tsquery"
        return f"({holds})::int = 1" if self.walked else holds, (tsquery(self.groups),)


class OneOf(Func):
    """Whether a party is one of those already looked up: SQLite, which would look them up again for every part."""

    output_field = models.BooleanField()

    def __init__(self, keys: Sequence[int], party: str) -> None:
        super().__init__(F(f"{party}pk"), Value(json.dumps(keys)), template="%(expressions)s", arg_joiner=" IN ")

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        key, keys = (compiler.compile(part) for part in self.get_source_expressions())
        return f"{key[0]} IN (SELECT value FROM json_each({keys[0]}))", (*key[1], *keys[1])  # noqa: S608 - no input


class NameReads(Func):
    """Whether the name itself, read without an index, holds what is wanted: SQLite, where rows are walked in order."""

    output_field = models.BooleanField()

    def __init__(self, asked: Wanted, party: str) -> None:
        super().__init__(F(f"{party}name_folded"))
        self.parts = (*(f" {word} " for word in asked.whole), f" {asked.start}")

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        name, params = compiler.compile(self.get_source_expressions()[0])
        one = f"instr(' ' || {name} || ' ', %s) > 0"
        return f"({' AND '.join([one] * len(self.parts))})", tuple(p for part in self.parts for p in (*params, part))


def match(groups: Sequence[Sequence[str]]) -> str:
    """The groups in the words of SQLite's FTS5. Tokens are folded, so no quote can stand in them."""
    return " AND ".join(
        "(" + " OR ".join(f'"{t[:-1]}"*' if t.endswith("*") else f'"{t}"' for t in group) + ")" for group in groups
    )


def tsquery(groups: Sequence[Sequence[str]]) -> str:
    """The groups in the words of PostgreSQL's text search."""
    return " & ".join(
        "(" + " | ".join(f"'{t[:-1]}':*" if t.endswith("*") else f"'{t}'" for t in group) + ")" for group in groups
    )


def _few(connection: BaseDatabaseWrapper, groups: Sequence[Sequence[str]]) -> list[int] | bool:
    """Whether so few names answer that looking them up is the shorter way, and on SQLite, which looks, their keys.

    PostgreSQL is asked for its estimate.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = "EXPLAIN (FORMAT JSON) SELECT 1 FROM parties_party WHERE name_tokens @@ %s::tsquery"
            cursor.execute(query, [tsquery(groups)])
            (((plan,),),) = cursor.fetchall()
            return int(plan["Plan"]["Plan Rows"]) <= RARE
        query = "SELECT rowid FROM parties_name_index WHERE parties_name_index MATCH %s LIMIT %s"
        cursor.execute(query, [match(groups), RARE + 1])
        found = [key for (key,) in cursor.fetchall()]
        return found if len(found) <= RARE else False


@dataclass(frozen=True)
class Asked:
    """A query made ready for one database: what to look up, and which names were found where they are few."""

    wanted: Wanted | None
    few: list[int] | bool = False

    @classmethod
    def of(cls, text: str, using: str) -> "Asked | None":
        """Asks the database for the words that the last one begins, and whether few or many names answer.

        None when `text` has no word.
        """
        words = searchable(text).split()
        if not words:
            return None
        asked = wanted(connections[using], words)
        return cls(asked) if asked is None else cls(asked, _few(connections[using], asked.groups()))

    def among(self, rows: Rows, party: str = "", *, few_rows: bool = False) -> Rows:
        """Those of `rows` whose name answers. `party` leads from them to their party when they are none themselves.

        `few_rows`: they are so few that each is best looked at.
        """
        if self.wanted is None:
            return rows.none()
        if connections[rows.db].vendor == "postgresql":
            return rows.filter(NameHolds(self.wanted.groups(), party, walked=few_rows or self.few is False))
        if isinstance(self.few, list):
            return rows.filter(OneOf(self.few, party))
        return rows.filter(NameReads(self.wanted, party))


def matching(rows: Rows, text: str, party: str = "") -> Rows:
    """The rows whose name holds every word of `text`, the last word only begun; all rows when `text` has no word.

    `party` leads from the rows to their party ("party__") when they are none themselves.
    """
    asked = Asked.of(text, rows.db)
    return rows if asked is None else asked.among(rows, party)
