"""Parties of the small province that stand at every turn: households through locked reviews, givers, bodies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chungtay.decisions import actions as decisions
from chungtay.decisions import funding, reckoning
from chungtay.decisions.models import Award
from chungtay.households.models import Household
from chungtay.parties.models import Party
from chungtay.registrations.models import Registration
from chungtay.reviews.models import Round
from tests.make import Province
from tests.reviews.people import NEAR, OUTSIDE, OWN, POOR, household, locked, row

WISHED = date(2018, 3, 1)


def home(province: Province, name: str, commune: str = OWN, **more: Any) -> tuple[Party, Household]:
    """A household of the register, and the party that it is in the movement."""
    party = province.household(name, commune)
    kept = household(province, commune, head_name=name, **more)
    Household.objects.filter(pk=kept.pk).update(party=party)
    kept.party = party
    return party, kept


def reviewed(province: Province, *stories: tuple[Household, Iterable[tuple[int, int]]]) -> list[Round]:
    """Locked reviews of 2018 and 2019: each household with its points of the two years."""
    rounds: list[Round] = []
    for n, year in enumerate((2018, 2019)):
        rows = [row(one, list(scores)[n]) for one, scores in stories]
        rounds.append(locked(province, year, rows, previous=rounds[-1] if rounds else None))
    return rounds


def escaped(province: Province, name: str = "Danh Thị Thoát", commune: str = OWN) -> Party:
    """A household that registered, was poor at the end of 2018 and was no more a year later."""
    party, kept = home(province, name, commune)
    reviewed(province, (kept, (POOR, OUTSIDE)))
    province.wish(party, WISHED)
    return party


def registered(province: Province, party: Party, content: str, year: int = 2020) -> Registration:
    return Registration.objects.create(
        party=party, movement=province.movement, content=content, year=year, registered_on=date(2020, 2, 1),
        area_path=party.area_path,
    )  # fmt: skip


def honoured(province: Province, party: Party, on: date, **more: Any) -> Award:
    """The party with the province's certificate, signed on that day; `more` as for `Province.recommended`."""
    dossier = province.recommended(party, on=on, **more)
    chair = province.seats["chair"]
    draft = decisions.draft(
        body=province.bodies["province"], award=dossier.award, title=f"Về việc khen {party.name}", dossiers=[dossier],
        by=chair, on=on,
    )  # fmt: skip
    reckoned = reckoning.reckon(decisions.listed(draft), on=on)
    accepted = [*reckoning.assumed(reckoned), *funding.beyond(draft, reckoning.total(reckoned))]
    decisions.sign(draft, by=chair, on=on, accepted=accepted)
    return Award.objects.get(dossier=dossier)


def stands(kept: Household, standing: str, since: date) -> None:
    """As a review that was recognised on that day would leave the household."""
    Household.objects.filter(pk=kept.pk).update(standing=standing, standing_since=since)


__all__ = [
    "NEAR", "OUTSIDE", "OWN", "POOR", "WISHED", "escaped", "home", "honoured", "registered", "reviewed", "stands",
]  # fmt: skip
