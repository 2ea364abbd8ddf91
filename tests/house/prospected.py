"""Who is due in the walked province: a count that runs and one that is done, households to help."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from chungtay.prospects import actions, jobs
from chungtay.prospects.models import Survey
from tests.make import TODAY, Province
from tests.prospects import people

DUE = frozenset({"commune", "commune_b", "commune_c", "district", "district_c", "unit", "front", "labour",
                 "board", "secretary", "chair"})  # fmt: skip
COUNTERS = frozenset({"labour", "board", "secretary"})
TRIERS = COUNTERS | {"chair"}
HELPERS = frozenset({"commune", "commune_b", "commune_c", "district", "district_c", "front", "labour"})
HELPERS_OF_A = frozenset({"commune", "district", "front", "labour"})
PROVINCE = frozenset({"front", "labour", "office", "board", "secretary", "chair", "auditor", "member"})
SEES_A = PROVINCE | {"commune", "district"}
HONOURED, REVIEWED = date(2020, 10, 5), date(2020, 10, 15)


def populate(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """One household of each of two communes was honoured and is poor again; that of commune B is the canary's kin."""
    awards = {}
    for name, commune, told in (("award_poor", "kg-30847", "Hộ Từng Được Khen"), ("canary_poor", "kg-30850", "")):
        party, kept = people.home(p, told or things["canary"].name, commune)
        seat = "commune" if commune == "kg-30847" else "commune_b"
        awards[name] = people.honoured(p, party, HONOURED, seat=seat)
        people.stands(kept, "poor", REVIEWED)
    past, board = p.round("yearly", 2019), p.seats["board"]
    done = actions.count_province(past, p.movement, by=board, on=TODAY)
    jobs.go_on.call(done.pk)
    running = actions.count_province(p.round(), p.movement, by=board, on=TODAY)
    return {**awards, "survey": Survey.objects.get(pk=done.pk), "running_survey": running}


def plain(world: Any) -> dict[str, Any]:
    return {}


def pk(thing: str, **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"pk": world[thing].pk, **more}


def rows(row: Callable[..., Any]) -> tuple[Any, ...]:
    """One row for each address of the prospects; `row` makes it."""
    past = lambda w: f"?dot={w['survey'].round_id}"  # noqa: E731
    return (
        row("prospects:due", "read", plain, DUE),
        row("prospects:due", "read", plain, DUE, why="of a round that was counted", query=past),
        row("prospects:export", "read", plain, DUE),
        row("prospects:count", "act", plain, COUNTERS, data=lambda w, desk: {"dot": w["survey"].round_id}),
        row("prospects:progress", "read", pk("survey"), DUE, (204,), "when done"),
        row("prospects:go_on", "act", pk("running_survey"), COUNTERS),
        row("prospects:trying", "read", plain, TRIERS, why="without a count"),
        row("prospects:trying", "read", plain, TRIERS, why="of a round that was counted", query=past),
        row("prospects:watch", "read", plain, HELPERS),
        row("prospects:take_on", "form", pk("award_poor", cause="tai-ngheo"), HELPERS_OF_A),
        row("prospects:verdict", "read", pk("household"), SEES_A),
        row("prospects:verdict", "read", pk("unit_person"), PROVINCE | {"unit"}, why="of a unit"),
    )


def canary_addresses(world: Any) -> Iterator[str]:
    """Every page here where a household of commune B might show."""
    canary, award = world["canary"], world["canary_poor"]
    yield from (f"/xet-khen/{canary.pk}/", f"/xet-khen/{award.party_id}/", f"/xet-khen/sau-khen/{award.pk}/tai-ngheo/")
    for at in ("", "xuat/"):
        yield from (f"/xet-khen/{at}?luot=tat-ca", f"/xet-khen/{at}?dia-ban=kg-30850&luot=tat-ca")
    yield "/xet-khen/sau-khen/?xem=da-nhan"
