"""Người giống nhau: who may be the same person is offered with reasons, and what a person said about it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from chungtay.households.facts import Person
from chungtay.households.models import Apart, Member
from chungtay.places.models import Place
from chungtay.records.names import fold


@dataclass(frozen=True)
class Likeness:
    """A member of the register who may be the same person as the one in hand, and why."""

    member: Member
    reasons: tuple[str, ...]

    def card(self, ticked: Sequence[str]) -> dict[str, Any]:
        """The member as they are offered on a page; `ticked`: keys of those that a person told apart."""
        member, home, key = self.member, self.member.household, str(self.member.pk)
        return {
            "key": key, "title": member.name, "reasons": self.reasons, "ticked": key in ticked,
            "meta": [home.code, member.get_relation_display(), f"sinh {member.birth_year}", home.hamlet],
            "href": reverse("households:detail", args=[home.pk]),
        }  # fmt: skip


def likenesses(people: Iterable[Person], place: Place, limit: int = 12) -> list[Likeness]:
    """Living members of the commune's households with the number, or the name and year, of one of `people`.

    One statement for any number of people. A number in another commune is not shown but refused by the action.
    """
    asked = list(people)
    by_number = {one.number for one in asked if one.number}
    by_name = {(fold(one.name), one.year) for one in asked if one.year is not None}
    alike = Q(id_number__in=by_number) if by_number else Q(pk__in=[])
    for name, year in sorted(by_name):
        alike |= Q(name_folded=name, birth_year=year)
    near = Member.objects.filter(until__isnull=True, household__place=place).select_related("household")
    found = []
    for member in near.filter(alike).order_by("id")[:limit]:
        reasons = []
        if member.id_number and member.id_number in by_number:
            reasons.append("trùng số giấy tờ")
        if (member.name_folded, member.birth_year) in by_name:
            reasons.append("trùng tên và năm sinh, cùng xã")
        found.append(Likeness(member, tuple(reasons)))
    return found


def remember(rows: Sequence[Member], others: Iterable[Member], *, on: date) -> None:
    """Keep that each of `others` is not the one of `rows` that bears the same name and year of birth."""
    pairs = {
        (min(row.person, other.person), max(row.person, other.person))
        for other in others
        for row in rows
        if (row.name_folded, row.birth_year) == (other.name_folded, other.birth_year) and row.person != other.person
    }
    Apart.objects.bulk_create(
        [Apart(one_id=one, other_id=other, on=on) for one, other in sorted(pairs)], ignore_conflicts=True
    )


def told_apart(members: Iterable[Member]) -> set[tuple[int, int]]:
    """The pairs of persons among `members` that somebody told apart, smaller key first. One statement."""
    keys = [member.person for member in members]
    return set(Apart.objects.filter(one__in=keys, other__in=keys).values_list("one_id", "other_id"))


@dataclass(frozen=True)
class Pair:
    """Two members who may be one person."""

    one: Member
    other: Member


def with_twin(members: "QuerySet[Member]") -> "QuerySet[Member]":
    """Those living members who have a namesake of the same year written earlier in the same commune, and not told apart
    from them."""
    mine, theirs = OuterRef("mine"), OuterRef("theirs")
    told = Apart.objects.filter(Q(one=mine, other=theirs) | Q(one=theirs, other=mine))
    twins = (
        Member.objects.filter(
            name_folded=OuterRef("name_folded"), birth_year=OuterRef("birth_year"), until__isnull=True,
            household__place=OuterRef("household__place"), id__lt=OuterRef("pk"),
        )
        .annotate(theirs=Coalesce(F("origin_id"), F("pk")), mine=Coalesce(OuterRef("origin_id"), OuterRef("pk")))
        .exclude(Exists(told))
    )  # fmt: skip
    return members.filter(until__isnull=True).filter(Exists(twins))


def pairs(members: Sequence[Member]) -> list[Pair]:
    """Each of `members` (from `with_twin`) with every namesake of theirs. Two statements."""
    if not members:
        return []
    alike = Q()
    for one in members:
        alike |= Q(name_folded=one.name_folded, birth_year=one.birth_year, household__place=one.household.place_id)
    twins = list(Member.objects.filter(alike, until__isnull=True).select_related("household").order_by("id"))
    known = told_apart([*members, *twins])
    return [
        Pair(one, twin)
        for one in members
        for twin in twins
        if twin.pk < one.pk
        and (twin.name_folded, twin.birth_year) == (one.name_folded, one.birth_year)
        and twin.household.place_id == one.household.place_id
        and (min(one.person, twin.person), max(one.person, twin.person)) not in known
    ]
