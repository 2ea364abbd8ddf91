"""Theo dõi sau khen: who was honoured and needs help now. Told to help, never to punish: no award is touched here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from chungtay.accounts.models import Seat
from chungtay.decisions.models import Award, AwardChange
from chungtay.law.poverty import STANDARD, Class
from chungtay.law.rates import with_comma
from chungtay.law.targets import Track
from chungtay.movements.models import Movement
from chungtay.parties import areas
from chungtay.parties.kinds import PartyKind
from chungtay.prospects.models import Help
from chungtay.records import keyset
from chungtay.reviews.models import Assessment
from chungtay.targets import judging, measuring
from chungtay.targets.ground import Ground, Unit
from chungtay.targets.scene import plan_in_force

POOR = [one.value for one in Class if one.is_poor]
COMMITTEES = (PartyKind.PEOPLE_COMMITTEE_COMMUNE, PartyKind.PEOPLE_COMMITTEE_DISTRICT)
A_PAGE = 30
Cause = Help.Cause
SLUGS = {Cause.POOR_AGAIN: "tai-ngheo", Cause.OFF_RATE: "cham-giam-ngheo"}
"""The words of an address."""


@dataclass(frozen=True)
class Notice:
    """Một việc cần giúp: whom, since which award, what has happened since."""

    award: int
    cause: Cause
    about: str
    party: int
    name: str
    place: str
    area_path: str
    honoured: str
    sentence: str
    household: int | None = None
    unit: str = ""
    helps: list[Help] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return SLUGS[self.cause]


@dataclass(frozen=True)
class Watched:
    """Một trang: communes and districts first, then a page of households with the marks of its neighbours."""

    places: list[Notice]
    households: list[Notice]
    page: keyset.Page[Award]


def _standing_awards() -> QuerySet[Award]:
    """The last award of each party that was not withdrawn."""
    withdrawn = AwardChange.objects.filter(award=OuterRef("pk"), kind=AwardChange.Kind.WITHDRAWN)
    later = Award.objects.filter(party=OuterRef("party"), pk__gt=OuterRef("pk"))
    return Award.objects.filter(~Exists(withdrawn), ~Exists(later))


def poor_again(seat: Seat, on: date) -> QuerySet[Award]:
    """Awards of households of the area that were not poor when honoured, and are now by a later recognised review.

    Classes of two standards are not compared: whoever is poor by a standard that came after the award is poor again
    only if a review by that standard said before that the household was not.
    """
    then = Assessment.objects.filter(
        household=OuterRef("party__household"), replaced=False,
        review__round__approved_on__lte=OuterRef("decision__signed_on"),
    ).exclude(standing="")  # fmt: skip
    latest = then.order_by("-review__round__approved_on", "-pk")
    out_since = Assessment.objects.filter(
        household=OuterRef("party__household"), replaced=False,
        review__round__approved_on__gt=OuterRef("decision__signed_on"),
        review__round__review_on__lt=OuterRef("party__household__standing_since"),
    ).exclude(standing__in=["", *POOR])  # fmt: skip
    rows = _standing_awards().filter(
        seat.scope(on).where("party__household__area_path"), party__household__standing__in=POOR,
        party__household__closed_on__isnull=True, party__household__standing_since__gt=F("decision__signed_on"),
        party__household__standing_since__lte=on,
    )  # fmt: skip
    known = rows.annotate(
        was=Coalesce(Subquery(latest.values("standing")[:1]), Value(""), output_field=CharField()),
        known_on=Coalesce(Subquery(latest.values("review__round__review_on")[:1]), F("decision__signed_on")),
    )
    by_one_standard = Q(pk__in=[])
    for since, before in _spans():
        now = Q(party__household__standing_since__gte=since, party__household__standing_since__lt=before)
        then_known = Q(known_on__gte=since, known_on__lt=before) & ~Q(was__in=POOR)
        told = out_since.filter(review__round__review_on__gte=since, review__round__review_on__lt=before)
        by_one_standard |= now & (then_known | Q(Exists(told)))
    return known.filter(by_one_standard).select_related("decision__paper", "party__household")


def _spans() -> list[tuple[date, date]]:
    """From which day before which day each poverty standard holds, whichever decrees kept it."""
    found: list[tuple[date, date]] = []
    held: list[str | None] = []
    for since, last, version in STANDARD.periods():
        ends = date.max if last is None else last + timedelta(days=1)
        if held and held[-1] == version.value:
            found[-1] = (found[-1][0], ends)
        elif version.value is not None:
            held.append(version.value)
            found.append((since, ends))
    return found


def _helped(cause: Cause) -> QuerySet[Help]:
    return Help.objects.filter(award=OuterRef("pk"), cause=cause)


def watched(seat: Seat, movement: Movement, on: date, *, taken: bool, mark: str = "") -> Watched:
    """What needs help in the seat's area, or what was taken on already."""
    helped = _helped(Cause.POOR_AGAIN).filter(on__gte=OuterRef("party__household__standing_since"))
    rows = poor_again(seat, on)
    rows = rows.filter(Exists(helped)) if taken else rows.filter(~Exists(helped))
    page = keyset.page(rows, order=("-id",), mark=mark, size=A_PAGE)
    homes = _households(page.rows, on)
    places = off_rate(seat, movement, on)
    _with_helps([*homes, *places], seat, on)
    return Watched([one for one in places if bool(one.helps) == taken], homes, page)


def one(seat: Seat, movement: Movement, on: date, award: int, slug: str) -> Notice | None:
    """The notice about that award, if there is one in the seat's area."""
    found: list[Notice] = []
    cause = next((one for one, word in SLUGS.items() if word == slug), None)
    if cause == Cause.POOR_AGAIN:
        found = _households(list(poor_again(seat, on).filter(pk=award)), on)
    elif cause == Cause.OFF_RATE:
        found = [one for one in off_rate(seat, movement, on) if one.award == award]
    _with_helps(found, seat, on)
    return found[0] if found else None


def _households(rows: list[Award], on: date) -> list[Notice]:
    names = areas.names_on([row.party.household.place_id for row in rows], on)
    found = []
    for row in rows:
        home, since = row.party.household, row.party.household.standing_since or on
        standing = Class(home.standing).label.lower()
        found.append(Notice(
            row.pk, Cause.POOR_AGAIN, since.isoformat(), row.party_id, home.head_name,
            names.get(home.place_id, ""), home.area_path, _honoured(row),
            f"Rà soát công nhận ngày {since:%d/%m/%Y}: {standing}.", household=home.pk,
        ))  # fmt: skip
    return found


def _honoured(row: Award) -> str:
    paper = row.decision.paper
    number = f" số {paper.code}" if paper is not None else ""
    return f"Được khen theo quyết định{number} ngày {row.decision.signed_on:%d/%m/%Y}"


def off_rate(seat: Seat, movement: Movement, on: date) -> list[Notice]:
    """Honoured communes and districts of the area whose last measured year missed its assigned rate since then."""
    scope = seat.scope(on)
    rows = _standing_awards().filter(scope.where("party__area_path"), party__kind__in=COMMITTEES)
    awards = list(rows.select_related("decision__paper", "party").order_by("-id"))
    if not awards:
        return []
    ground = Ground(movement.place, on)
    units = {row.pk: unit for row in awards if (unit := ground.at(row.party.area_path)) and scope.covers(unit.path)}
    told = _missed(movement, ground, list({one.pk: one for one in units.values()}.values()), on)
    found = []
    for row in awards:
        unit = units.get(row.pk)
        missed = told.get(unit.pk) if unit is not None else None
        if unit is None or missed is None or date(missed[0], 12, 31) <= _counted_until(row):
            continue
        found.append(Notice(
            row.pk, Cause.OFF_RATE, str(missed[0]), row.party_id, row.party.name, unit.name, unit.path,
            _honoured(row), missed[1], unit=unit.key,
        ))  # fmt: skip
    return found


def _counted_until(row: Award) -> date:
    """The last day that the award speaks of: what came later is new."""
    return max(row.decision.signed_on or date.min, row.period_to or date.min)


def _missed(movement: Movement, ground: Ground, units: Collection[Unit], on: date) -> dict[int, tuple[int, str]]:
    """By unit, the last year that was measured against an assigned rate, if it missed it, with a sentence."""
    plan = plan_in_force(movement, on)
    goal = next((one for one in plan.goals if one.measure == judging.GENERAL_RATE), None)
    if goal is None:
        return {}
    assigned = judging.assigned_in(movement, [goal.id], ground.province.path, on=on)[goal.id]
    facts = measuring.gather(ground, units, base_year=goal.baseline.as_of.year)
    found = {}
    for stands in judging.judge(facts, plan, goal, units, assigned, on=on):
        years = [year for year in stands.assigned if stands.against(year) is not Track.NOT_MEASURED]
        if years and stands.against(max(years)) is Track.BEHIND:
            year = max(years)
            given, reached = stands.assigned[year].value, stands.measured[year].value or Decimal(0)
            text = f"Năm {year}: được giao còn {with_comma(given)}% hộ nghèo, thực tế còn {with_comma(reached)}%."
            found[stands.unit.pk] = (year, text)
    return found


def _with_helps(notices: list[Notice], seat: Seat, on: date) -> None:
    """Put beside each notice what was taken on. One query."""
    rows = Help.objects.visible_to(seat, on).filter(award__in=[one.award for one in notices]).order_by("-id")
    for row in rows if notices else ():
        for one in notices:
            if (one.award, one.cause, one.about) == (row.award_id, row.cause, row.about):
                one.helps.append(row)
