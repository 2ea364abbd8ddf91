"""Givers that may be one under several names: offered with reasons, never joined by the system."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from chungtay.accounts.models import Seat
from chungtay.contributions.reckoned import Sameness
from chungtay.parties.authority import in_sight
from chungtay.parties.duplicates import Likeness, likenesses
from chungtay.parties.models import Different, Party, PartyQuerySet
from chungtay.parties.search import matching

LEGAL = (
    "trach nhiem huu han", "mot thanh vien", "doanh nghiep tu nhan", "doanh nghiep", "cong ty", "co phan", "cty",
    "tnhh", "mtv", "dntn", "cp", "co so", "hop tac xa", "tap doan", "quy tu thien", "hoi tu thien", "chua", "nha tho",
)  # fmt: skip
"""What stands before a giver's own name, folded and spelt out as names are kept; the longer ones first."""
ENOUGH = 2
"""So many words of an own name make a likeness."""


def own_name(folded: str) -> str:
    """A folded name without what says only what kind of giver it is.

    >>> own_name("cong ty trach nhiem huu han hai san kien cuong")
    'hai san kien cuong'
    """
    bare = f" {folded} "
    for words in LEGAL:
        bare = bare.replace(f" {words} ", " ")
    return " ".join(bare.split())


def offered(party: Party, *, by: Seat, on: date, limit: int = 6) -> Sequence[Likeness]:
    """Parties that the seat may act for and that may be this giver, with the reasons; those decided about left out."""
    among = Party.objects.visible_to(by, on).exclude(pk__in=[party.pk, *_decided(party)])
    found = {one.party.pk: one for one in likenesses(party, among, limit)}
    for other in _of_one_name(party, among, limit):
        found.setdefault(other.pk, Likeness(other, (f"cùng tên riêng “{own_name(other.name_folded)}”",)))
    if party.phone:
        for other in among.filter(phone=party.phone).select_related("place").order_by("pk")[:limit]:
            found.setdefault(other.pk, Likeness(other, ("trùng số điện thoại",)))
    return [like for like in found.values() if in_sight(like.party, by, on)][:limit]


def _of_one_name(party: Party, among: PartyQuerySet, limit: int) -> list[Party]:
    own = own_name(party.name_folded)
    if len(own.split()) < ENOUGH:
        return []
    rows = matching(among, own).select_related("place").order_by("name_folded", "pk")[: limit * 4]
    return [one for one in rows if own_name(one.name_folded) == own][:limit]


def _decided(party: Party) -> set[int]:
    """Whom a person has already looked at beside this giver."""
    said = Sameness.objects.filter(Q(one=party) | Q(other=party), undone_on__isnull=True)
    pairs = list(said.values_list("one_id", "other_id"))
    pairs += Different.objects.filter(Q(party=party) | Q(other=party)).values_list("party_id", "other_id")
    return {key for pair in pairs for key in pair}
