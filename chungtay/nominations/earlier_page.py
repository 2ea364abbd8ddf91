"""What the pages of earlier awards show."""

from datetime import date
from typing import Any

from chungtay.accounts.models import Seat
from chungtay.law.awards import Award
from chungtay.nominations import entering
from chungtay.nominations.earlier import EarlierAward
from chungtay.nominations.models import CentralAnswer, Dossier
from chungtay.parties.models import Party
from chungtay.records.keyset import Page

TONES = {"counts": ("ok", "Được tính"), "waiting": ("wait", "Chờ xác nhận"), "struck": ("neutral", "Đã gỡ")}


def line(row: EarlierAward, seat: Seat, on: date) -> dict[str, Any]:
    """One earlier award, and what this seat may do with it."""
    tone, label = TONES["struck" if row.struck_on else "counts" if row.counts else "waiting"]
    may_change = entering.may_change(row, seat, on)
    return {
        "row": row, "title": Award(row.award).label, "tone": tone, "label": label, "may_change": may_change,
        "may_confirm": row.is_waiting and entering.may_confirm(row.party, seat, on),
    }  # fmt: skip


def of_party(party: Party, seat: Seat, on: date) -> dict[str, Any]:
    """Everything that is on record about one party: by dossiers, by answers of the centre, by the register."""
    rows = EarlierAward.objects.filter(party=party).select_related("party", "corrects").order_by("-decided_on", "-id")
    return {
        "party": party, "lines": [line(row, seat, on) for row in rows], "here": _by_dossiers(party, seat, on),
        "may_record": entering.may_record(party, seat, on),
    }  # fmt: skip


def _by_dossiers(party: Party, seat: Seat, on: date) -> list[dict[str, Any]]:
    """The awards that dossiers in the seat's sight led to, the latest first. Two queries."""
    mine = Dossier.objects.visible_to(seat, on).filter(party=party)
    signed = mine.filter(state="awarded").values_list("award", "state_since", "key", "code")
    above = CentralAnswer.objects.filter(
        dossier__in=mine, kind=CentralAnswer.Kind.GRANTED, superseded_on__isnull=True
    ).values_list("award", "decided_on", "dossier__key", "number")
    found = [
        {"title": Award(award).label, "day": day, "key": key, "code": code}
        for award, day, key, code in [*signed.order_by("id"), *above.order_by("id")]
    ]
    return sorted(found, key=lambda one: str(one["day"]), reverse=True)


def waiting(page: Page[EarlierAward], seat: Seat, on: date) -> dict[str, Any]:
    """What units recorded and the Board has to look at."""
    return {"page": page, "lines": [line(row, seat, on) for row in page.rows]}
