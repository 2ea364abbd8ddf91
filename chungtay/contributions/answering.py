"""What gifts answer for the criteria of the law: one function a fact, for many parties in the same number of queries.

A party without an answer has no data, which is never "not met".
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import TypeVar

from django.db.models import Count, F, Q, Sum

from chungtay.contributions import counting
from chungtay.contributions.counting import MANY
from chungtay.contributions.gifts import Contribution, ContributionQuerySet, Share, State
from chungtay.law.criteria import Known
from chungtay.law.money import dong
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records import walls
from chungtay.records.names import fold

Key = TypeVar("Key")
COUNTS = "what the law asks about a nominee counts wherever it was written"
RECEIVERS = frozenset({PartyKind.PEOPLE_COMMITTEE_COMMUNE, PartyKind.PEOPLE_COMMITTEE_DISTRICT, PartyKind.COMMUNITY})


@walls.everything(COUNTS)
def contribution_at_threshold(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Confirmed gifts in whole đồng that no award has used, counted since the last award, against the threshold of
    `on` (KH IV.1.2.e, IV.2.2.b). Only for parties with a confirmed gift in the period. Six queries."""
    book = counting.read(parties, since=since, until=until, on=on)
    found: dict[int, Known] = {}
    for party in parties:
        if party not in book.kinds or not any(book.lines.get(key) for key in book.groups[party]):
            continue
        tally = book.of(party, since=since, until=until, on=on)
        found[party] = Known(
            tally.total,
            needed=tally.threshold.value if tally.threshold is not None else None,
            because=_reckoned(tally, until),
            assumed=" ".join(tally.assumed),
        )
    return found


def _reckoned(tally: counting.Tally, until: date) -> str:
    level = f"; mức theo {tally.threshold.source}" if tally.threshold is not None else "; chưa có mức của ngày xét"
    used = f"; {len(tally.used)} khoản đã tính cho lần khen trước" if tally.used else ""
    last = f"; lần khen trước: {tally.last.number} ngày {tally.last.decided_on:%d/%m/%Y}" if tally.last else ""
    counted = f"{len(tally.lines)} khoản đã được bên nhận xác nhận, cộng {dong(tally.total)} đồng"
    return f"Từ {tally.counting.since:%d/%m/%Y} đến {until:%d/%m/%Y}: {counted}{used}{last}{level}."


@walls.everything(COUNTS)
def resources_mobilised(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Whether gifts were received in the place of a commune, a district or a community and confirmed (KH IV.1.2.b, c).

    A community is asked by its hamlet. Only for those where there were any. Two queries.
    """
    bodies = [row for row in _parties(parties, RECEIVERS) if row[2]]
    if not bodies:
        return {}
    gifts = _confirmed(since, until, on).values("area_path", "hamlet").annotate(many=Count("pk"), worth=Sum("value"))
    by_area: dict[str, tuple[int, int]] = {}
    by_hamlet: dict[tuple[str, str], tuple[int, int]] = {}
    for row in gifts.order_by():
        told = (row["many"], row["worth"])
        for length in range(5, len(row["area_path"]) + 1, 5):
            _add(by_area, row["area_path"][:length], told)
        _add(by_hamlet, (row["area_path"], fold(row["hamlet"])), told)
    found: dict[int, Known] = {}
    for key, kind, path, hamlet in bodies:
        is_community = kind == PartyKind.COMMUNITY
        if is_community and not hamlet:
            continue
        many, worth = by_hamlet.get((path, fold(hamlet)), (0, 0)) if is_community else by_area.get(path, (0, 0))
        if many:
            where = hamlet if is_community else "địa bàn"
            text = f"{where[:1].upper()}{where[1:]} đã nhận {many} khoản đóng góp, trị giá {dong(worth)} đồng"
            found[key] = Known(True, because=f"{text}, từ {since:%d/%m/%Y} đến {until:%d/%m/%Y}, đã xác nhận.")
    return found


@walls.everything(COUNTS)
def helped_others_out(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Whether a household gave to others than itself, and they confirmed it (KH IV.1.2.a). Only for those that did. One
    query."""
    others = Q(gift__household__party__isnull=True) | ~Q(gift__household__party=F("party"))
    rows = Share.objects.filter(
        others, gift__state=State.CONFIRMED, gift__received_on__range=(since, until), gift__confirmed_on__lte=on,
        party__kind=PartyKind.HOUSEHOLD,
    )  # fmt: skip
    if len(parties) <= MANY:
        rows = rows.filter(party__in=parties)
    wanted, found = set(parties), dict[int, Known]()
    for row in rows.order_by().values("party_id").annotate(many=Count("pk"), worth=Sum("amount")):
        if row["party_id"] in wanted:
            text = f"Hộ đã giúp người khác {row['many']} lần, trị giá {dong(row['worth'])} đồng, bên nhận đã xác nhận"
            found[row["party_id"]] = Known(True, because=f"{text} (từ {since:%d/%m/%Y} đến {until:%d/%m/%Y}).")
    return found


def _confirmed(since: date, until: date, on: date) -> ContributionQuerySet:
    return Contribution.objects.counted().filter(received_on__range=(since, until), confirmed_on__lte=on)


def _parties(parties: Collection[int], kinds: Collection[str]) -> Iterator[tuple[int, str, str, str]]:
    """Key, kind, area and hamlet of those of these parties that are of one of `kinds`."""
    rows = Party.objects.filter(kind__in=kinds).order_by()
    if len(parties) <= MANY:
        rows = rows.filter(pk__in=parties)
    wanted = set(parties)
    return (row for row in rows.values_list("pk", "kind", "area_path", "hamlet") if row[0] in wanted)


def _add(to: dict[Key, tuple[int, int]], key: Key, told: tuple[int, int]) -> None:
    many, worth = to.get(key, (0, 0))
    to[key] = (many + told[0], worth + told[1])
