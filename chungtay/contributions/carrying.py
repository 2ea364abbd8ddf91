"""What an award used of a gift that is corrected: free at once, used again when the gift written anew is confirmed."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from chungtay.accounts import notices
from chungtay.contributions import givers
from chungtay.contributions.gifts import Contribution, Correction, Share
from chungtay.contributions.reckoned import Claim
from chungtay.law.procedure import Desk
from chungtay.records import walls

ON_RECORD = "what an award used counts wherever it was written"


@walls.everything(ON_RECORD)
def free(gift: Contribution, anew: Contribution | None, on: date) -> int:
    """Free what awards used of `gift`, which is corrected; the Board is told. How many shares were used."""
    used = list(
        Claim.objects.select_for_update(of=("self",)).filter(share__gift=gift, released_on__isnull=True)
        .select_related("case").order_by("pk")
    )  # fmt: skip
    if not used:
        return 0
    Claim.objects.filter(pk__in=[one.pk for one in used]).update(released_on=on)
    numbers = ", ".join(dict.fromkeys(claim.case.number for claim in used))
    text = f"Khoản đóng góp đã tính vào {numbers} vừa được đính chính; xem lại mức đóng góp của lần khen đó."
    link = reverse("contributions:detail", args=[anew.pk if anew is not None else gift.pk])
    notices.tell_kind(Desk.BOARD, text, on=on, link=link)
    return len(used)


@walls.everything(ON_RECORD)
def carry(gifts: Sequence[Contribution]) -> int:
    """Gifts that were just confirmed: where one is written anew for another that an award had used, the award uses the
    same givers' shares of it. How many shares that are. Two queries, and a few for each gift that replaces another.
    """
    told = Correction.objects.filter(replacement__in=[gift.pk for gift in gifts]).order_by("pk")
    return sum(_carry(row) for row in told)


@walls.everything(ON_RECORD)
def used_by(gift: Contribution) -> list[str]:
    """The numbers of the decisions whose awards use the gift, the first first."""
    used = Claim.objects.filter(share__gift=gift, released_on__isnull=True).select_related("case").order_by("pk")
    return list(dict.fromkeys(claim.case.number for claim in used))


def _carry(told: Correction) -> int:
    used = _freed(told)
    shares = list(Share.objects.filter(gift_id=told.replacement_id).order_by("ordinal")) if used else []
    same = givers.joined({one.share.party_id for one in used if one.share.party_id is not None}) if used else {}
    carried, taken = [], set[int]()
    for claim in used:
        group = same.get(claim.share.party_id or 0, frozenset())
        for share in shares:
            if share.party_id in group and share.pk not in taken:
                taken.add(share.pk)
                carried.append(Claim(case=claim.case, share=share, amount=share.amount))
    Claim.objects.bulk_create(carried)
    return len(carried)


def _freed(told: Correction) -> list[Claim]:
    """What standing awards used of the gift that was corrected, or of the one before it that nobody confirmed."""
    one: Correction | None = told
    while one is not None:
        used = list(
            Claim.objects.filter(share__gift=one.gift_id, released_on=one.on, case__released_on__isnull=True)
            .select_related("case", "share").order_by("pk")
        )  # fmt: skip
        if used:
            return used
        one = Correction.objects.filter(replacement=one.gift_id).first()
    return []
