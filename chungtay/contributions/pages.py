"""What the pages of this room have in common: gifts in sight, and gifts, givers and acts in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from chungtay.accounts.models import Seat
from chungtay.accounts.requests import DeskRequest
from chungtay.contributions import authority, booking
from chungtay.contributions.authority import CONFIRMERS
from chungtay.contributions.gifts import ENDED, OPEN, Contribution, Share, State
from chungtay.contributions.recording import RECORDERS
from chungtay.households.rights import READERS as HOUSEHOLD_READERS
from chungtay.law.money import dong, number
from chungtay.ledger.models import Transfer
from chungtay.ledger.rights import READERS as BOOK_READERS
from chungtay.parties import areas
from chungtay.parties.authority import in_sight
from chungtay.parties.kinds import BODIES
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.records.clock import today

TONES = {
    State.PLEDGED: "info", State.RECEIVED: "wait", State.CONFIRMED: "ok", State.REFUSED: "no",
    State.WITHDRAWN: "neutral", State.CORRECTED: "neutral",
}  # fmt: skip
COUNTS = {
    State.PLEDGED: "Chưa được tính: mới hứa, chưa nhận.",
    State.RECEIVED: "Chưa được tính: bên nhận chưa xác nhận.",
    State.CONFIRMED: "Được tính: bên nhận đã xác nhận.",
    State.REFUSED: "Không được tính: bên nhận từ chối.",
    State.WITHDRAWN: "Không được tính: đã rút.",
    State.CORRECTED: "Không được tính: đã đính chính bằng khoản khác hoặc hủy.",
}
SENTENCES = {
    "record_gift": "Ghi khoản đóng góp",
    "receive_gift": "Ghi đã nhận",
    "confirm_gift": "Bên nhận xác nhận",
    "refuse_gift": "Bên nhận từ chối",
    "withdraw_gift": "Rút khoản đóng góp",
    "correct_gift": "Đính chính",
    "attach_paper": "Đính kèm chứng từ",
}
ACT_TONES = {"confirm_gift": "ok", "refuse_gift": "no", "correct_gift": "wait"}


def shown_with(rows: "QuerySet[Contribution]") -> "QuerySet[Contribution]":
    """What a line or a page of a gift needs, read with it."""
    return rows.select_related("place", "household", "project", "fund").prefetch_related("shares__party")


def mine(request: DeskRequest, pk: int) -> Contribution:
    """The gift, if this desk may see it; otherwise 404."""
    return get_object_or_404(shown_with(Contribution.objects.visible_to(request.seat, today())), pk=pk)


def my_giver(request: DeskRequest, pk: int) -> Party:
    """The giver, if this desk sees the party or one of its gifts, or it is a public body; otherwise 404."""
    seen = Party.objects.visible_to(request.seat, today()).order_by().values("pk")
    given = Share.objects.filter(request.seat.scope(today()).where("area_path"), party_id=pk).values("party_id")
    rows = Party.objects.filter(Q(pk__in=seen) | Q(pk__in=given) | Q(kind__in=BODIES))
    return get_object_or_404(rows.select_related("place", "managing_unit"), pk=pk)


def reads_households(seat: Seat, area_path: str, on: date) -> bool:
    """Whether names of households in that area are this seat's to read."""
    return seat.kind in HOUSEHOLD_READERS and seat.scope(on).covers(area_path)


def reads_papers(gift: Contribution, seat: Seat, on: date) -> bool:
    """Whether the papers of a gift are this seat's to read: those of a helped household name it."""
    return gift.household_id is None or reads_households(seat, gift.area_path, on)


def in_books(gift: Contribution, seat: Seat, on: date) -> list[dict[str, Any]]:
    """What the gift wrote into the book of its fund, with a link for whoever may read that book. Two queries."""
    rows = booking.entries([gift.pk])[gift.pk] if gift.fund_id is not None else []
    seen = set[int]()
    if rows and seat.kind in BOOK_READERS:
        mine = Transfer.objects.visible_to(seat, on).filter(pk__in=[row.pk for row in rows])
        seen = set(mine.order_by().values_list("pk", flat=True))
    return [
        {"row": row, "is_back": row.corrects_id is not None, "is_seen": row.pk in seen, "amount": dong(row.amount)}
        for row in rows
    ]


def beneficiary(gift: Contribution, place: str, *, named: bool) -> str:
    """Who was helped, in words; a household only where its name may be read."""
    if gift.household_id is not None:
        known = gift.household if named else None
        return f"Hộ {known.head_name}, {known.hamlet}, {place}" if known is not None else f"Một hộ ở {place}"
    if gift.project_id is not None:
        return f"{gift.project}, {place}" if gift.project is not None else f"Công trình ở {place}"
    if gift.fund_id is not None:
        return str(gift.fund) if gift.fund is not None else f"Quỹ ở {place}"
    return f"{gift.hamlet}, {place}" if gift.hamlet else place


def what(gift: Contribution, *, named: bool) -> str:
    """What was given, as written; of a gift to a household, whom the words may name, only for who may read its name."""
    return gift.purpose if gift.household_id is None or named else f"{gift.get_nature_display()} giúp một hộ"


def giver_names(gift: Contribution) -> list[str]:
    """The givers in order, those that are not named by what is known of them."""
    return [share.party.name if share.party is not None else share.words for share in gift.shares.all()]


def worth(gift: Contribution) -> str:
    """The worth in words of figures, with the foreign sum where there was one."""
    if not gift.value:
        return "không quy ra tiền"
    foreign = f" ({plain(gift.amount)} {gift.currency})" if gift.amount is not None else ""
    return f"{dong(gift.value)} đồng{foreign}"


def plain(value: Decimal | None) -> str:
    """A figure as pages write it: 5.000 or 5.000,5."""
    return number(Fraction(value)) if value is not None else ""


def lines(gifts: Sequence[Contribution], seat: Seat) -> list[dict[str, Any]]:
    """Gifts as rows of a list. One query for the names of places."""
    on = today()
    places = areas.names_on([gift.place_id for gift in gifts], on)
    found = []
    for gift in gifts:
        place = places.get(gift.place_id, str(gift.place))
        names = giver_names(gift)
        named = reads_households(seat, gift.area_path, on)
        found.append({
            "gift": gift,
            "what": what(gift, named=named),
            "title": ", ".join(names[:3]) + (f" và {len(names) - 3} người khác" if len(names) > 3 else ""),
            "worth": worth(gift),
            "to": beneficiary(gift, place, named=named),
            "tone": TONES[gift.at],
            "place": place,
        })  # fmt: skip
    return found


def shares(gift: Contribution) -> list[dict[str, Any]]:
    """Each giver's share: who, which part, how many đồng."""
    rows = list(gift.shares.all())
    return [
        {
            "share": row,
            "name": row.party.name if row.party is not None else row.words,
            "part": percent(Fraction(row.numerator, row.denominator)),
            "amount": dong(row.amount),
        }
        for row in rows
    ]


def percent(share: Fraction) -> str:
    """A share as pages write it: 50%, 33,5%, or 1/3 where no short figure is exact."""
    per_cent = share * 100
    if (per_cent * 100).denominator == 1:
        return f"{number(per_cent)}%"
    return f"{share.numerator}/{share.denominator}"


def acts(gift: Contribution) -> list[dict[str, Any]]:
    """What was done with the gift, the latest first."""
    found = []
    for entry in journal.of(gift):
        notes = [value.value for value in entry.values.all() if value.name == "reason"]
        found.append({
            "who": entry.actor,
            "desk": "" if entry.actor_key == "system" else entry.desk,
            "when": f"{entry.on:%d/%m/%Y}",
            "sentence": SENTENCES[entry.act],
            "note": notes[0] if notes else "",
            "tone": ACT_TONES.get(entry.act, "neutral"),
        })  # fmt: skip
    return found[::-1]


def may(gift: Contribution, seat: Seat, on: date) -> dict[str, bool]:
    """Which acts this desk is offered; the actions ask again, and know more."""
    here = seat.scope(on).covers(gift.area_path)
    givers = [share.party for share in gift.shares.all() if share.party is not None]
    gave = any(party.pk == seat.body_id for party in givers)
    speaks = seat.kind in CONFIRMERS and here and not gave
    wrote = seat.kind in RECORDERS and (
        here or gift.recorded_body_id == seat.body_id or any(in_sight(party, seat, on) for party in givers)
    )
    board = seat.kind in RECORDERS - CONFIRMERS and here
    return {
        "receive": gift.state == State.PLEDGED and speaks,
        "confirm": gift.state == State.RECEIVED and speaks,
        "refuse": gift.state in OPEN and speaks,
        "withdraw": gift.state in OPEN and wrote,
        "correct": (gift.state in OPEN and wrote) or (gift.state == State.CONFIRMED and (speaks or board)),
        "receipt": authority.gives_receipt(gift, seat),
        "attach": gift.state not in ENDED and wrote,
        "gave": gave and seat.kind in CONFIRMERS and gift.state == State.RECEIVED,
    }


def named(parties: Iterable[Party]) -> list[dict[str, Any]]:
    """Parties with what their place is called today, to be picked from."""
    rows = list(parties)
    places = areas.names_on([party.place_id for party in rows], today())
    return [{"party": party, "place": places.get(party.place_id, str(party.place))} for party in rows]
