"""Gifts for tests, written down by the same actions that the pages call."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from chungtay.contributions import actions, claiming
from chungtay.contributions.claiming import ClaimOn
from chungtay.contributions.models import AwardCase, Contribution, Share
from chungtay.contributions.recording import Foreign, Given, Told
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from tests.make import TODAY, Province

DAY = date(2019, 5, 20)
MILLION = 1_000_000


def giver(province: Province, name: str = "Công ty Hải sản Kiên Cường", kind: str = "enterprise", **more: Any) -> Party:
    """Somebody who gives, managed by the department `unit`."""
    told: dict[str, Any] = {"managing_unit": province.bodies["unit"], **more}
    return province.party(name, kind, told.pop("place", province.places["kg"]), **told)


def foundation(province: Province) -> Party:
    """A foundation abroad, managed by the Fatherland Front of the province."""
    return giver(
        province, "Hope Abroad Foundation", PartyKind.FOREIGN_ORGANISATION, managing_unit=province.bodies["front"]
    )


def given(*parties: Party, parts: tuple[Fraction, ...] = ()) -> list[Given]:
    """These givers with these shares, equal ones unless told."""
    shares = parts or tuple(Fraction(1, len(parties)) for _ in parties)
    return [Given(party, share) for party, share in zip(parties, shares, strict=True)]


def told(province: Province, *parties: Party, commune: str = "kg-30847", **more: Any) -> Told:
    """Money for a commune, told without fault."""
    first: dict[str, Any] = {
        "nature": "money", "place": province.places[commune], "purpose": "Ủng hộ hộ nghèo ăn Tết", "day": DAY,
        "method": "counted", "evidence": "Phiếu thu số 12", "value": 10 * MILLION, "received_on": DAY,
        "givers": given(*(parties or (giver(province),))),
    }  # fmt: skip
    return Told(**{**first, **more})


def dollars(amount: str = "5000", rate: str = "23185") -> Foreign:
    return Foreign("USD", Decimal(amount), Decimal(rate), "Ngân hàng Nhà nước, tỷ giá trung tâm ngày 20/05/2019")


def recorded(province: Province, *parties: Party, seat: str = "commune", on: date = TODAY, **more: Any) -> Contribution:
    """Written down by the commune, received but not confirmed."""
    return actions.record(told(province, *parties, **more), by=province.seats[seat], on=on)


def confirmed(
    province: Province, *parties: Party, seat: str = "commune", on: date = TODAY, **more: Any
) -> Contribution:
    """Written down and confirmed by the commune."""
    gift = recorded(province, *parties, seat=seat, on=on, **more)
    return actions.confirm(gift, by=province.seats[seat], on=on, version=gift.version)


def share_of(gift: Contribution, party: Party) -> Share:
    return gift.shares.get(party=party)


def honoured(
    province: Province, *parties: Party, decided_on: date = date(2019, 11, 18), since: date = date(2016, 1, 1),
    until: date | None = None, key: str = "case", on: date = TODAY,
) -> list[AwardCase]:  # fmt: skip
    """An award decided for these givers, which uses what they gave."""
    cases = [
        ClaimOn(party.pk, f"{key}-{party.pk}", f"Quyết định số {at}/QĐ-UBND", decided_on, since, until or decided_on)
        for at, party in enumerate(parties, start=1)
    ]
    return claiming.claim(cases, by=province.seats["chair"], on=on)
