"""Who might already be in the register: duplicates are offered with their reasons, never merged silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from chungtay.parties.models import Party, PartyQuerySet
from chungtay.parties.search import searchable


@dataclass(frozen=True)
class Likeness:
    """One registered party that may be the same, and why."""

    party: Party
    reasons: tuple[str, ...]

    def card(self, ticked: Sequence[str]) -> dict[str, Any]:
        """The party as it is offered on a page; `ticked`: keys of those that a person told apart."""
        party, key = self.party, str(self.party.pk)
        born = f"sinh {party.birth_year}" if party.birth_year else ""
        told = (party.get_kind_display(), str(party.place), party.hamlet, born)
        return {
            "key": key, "title": party.name, "meta": [part for part in told if part], "reasons": self.reasons,
            "ticked": key in ticked, "href": reverse("parties:detail", args=[party.pk]),
        }  # fmt: skip


def likenesses(new: Party, among: PartyQuerySet, limit: int = 8) -> Sequence[Likeness]:
    """Parties `among` those in sight that look like `new`: same ID number, or same name in the same commune or kind."""
    folded = searchable(new.name)
    same_id = among.filter(id_number=new.id_number) if new.id_number else among.none()
    same_name = among.filter(name_folded=folded)
    found: dict[int, Likeness] = {}
    for party in [*same_id.select_related("place")[:limit], *same_name.select_related("place")[:limit]]:
        reasons = tuple(_reasons(new, party, folded))
        if party.pk != new.pk and party.pk not in found and reasons:
            found[party.pk] = Likeness(party, reasons)
    return list(found.values())[:limit]


def _reasons(new: Party, old: Party, folded: str) -> list[str]:
    reasons = []
    if new.id_number and new.id_number == old.id_number:
        reasons.append("trùng số CMND/CCCD")
    near = new.place_id == old.place_id or new.kind == old.kind
    apart = new.birth_year is not None and old.birth_year is not None and new.birth_year != old.birth_year
    if folded == old.name_folded and near and not apart:
        reasons.append("trùng tên" + (" và cùng địa bàn" if new.place_id == old.place_id else " và cùng loại"))
        if new.birth_year is not None and new.birth_year == old.birth_year:
            reasons.append("trùng năm sinh")
    return reasons
