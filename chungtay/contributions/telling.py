"""Telling the unit of a giver that the threshold is reached: nothing is proposed by itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from chungtay.accounts import notices
from chungtay.accounts.models import Desk as SeatDesk
from chungtay.accounts.models import Seat
from chungtay.contributions import counting, givers
from chungtay.contributions.authority import CONFIRMERS
from chungtay.contributions.gifts import OPEN, Contribution, Share, State
from chungtay.contributions.reckoned import CountingChoice, Sameness, Threshold
from chungtay.contributions.recording import RECORDERS
from chungtay.law.money import dong
from chungtay.law.procedure import Desk
from chungtay.parties.models import Party
from chungtay.records import walls
from chungtay.records.among import Among


@walls.everything("a giver is told wherever its gifts were received")
def tell_who_reached(gifts: Sequence[Contribution], on: date) -> None:
    """Tell the units of the givers who reach the threshold by these gifts, and did not before them.

    Six queries, and a few for each giver who reaches it.
    """
    keys = {gift.pk for gift in gifts}
    rows = Share.objects.filter(gift__in=keys, party__isnull=False).select_related("party__managing_unit")
    parties = {row.party.pk: row.party for row in rows.order_by("gift", "ordinal") if row.party is not None}
    if not parties:
        return
    since, until = counting.phase_on(on)
    book = counting.read(list(parties), since=since, until=until, on=on)
    told: set[frozenset[int]] = set()
    for key, party in parties.items():
        tally = book.of(key, since=since, until=until, on=on)
        by_these = sum(line.amount for line in tally.lines if line.gift in keys)
        if not tally.reached or tally.threshold is None or tally.total - by_these >= tally.threshold.value:
            continue
        if book.groups[key] not in told:
            told.add(book.groups[key])
            _offer(party, tally, on)


@walls.everything("a giver is told wherever its gifts were received")
def reached(parties: Collection[Party], on: date) -> dict[int, counting.Tally]:
    """Those of the parties that reach the threshold that day, with what counts for each. Six queries."""
    since, until = counting.phase_on(on)
    book = counting.read([party.pk for party in parties], since=since, until=until, on=on)
    told = {party.pk: book.of(party.pk, since=since, until=until, on=on) for party in parties}
    return {key: tally for key, tally in told.items() if tally.reached}


def tell_receivers(gifts: Sequence[Contribution], by: Seat, on: date) -> None:
    """Tell whoever received the gifts that another body wrote them down: the owner of the fund, otherwise the desks of
    the place; nobody that gave. One notice for each body and gift, of many gifts one for each body. Three queries."""
    theirs = [gift for gift in gifts if gift.state in OPEN and not _wrote_its_own(gift, by)]
    if not theirs:
        return
    desks = SeatDesk.objects.filter(
        kind__in=CONFIRMERS, place__in={gift.place_id for gift in theirs if gift.fund is None}
    )  # fmt: skip
    at_place: dict[int, set[int]] = {}
    for place, body in desks.order_by().values_list("place_id", "body_id"):
        at_place.setdefault(place, set()).add(body)
    gave = Share.objects.filter(gift__in=[gift.pk for gift in theirs], party__isnull=False).order_by()
    givers_of = set(gave.values_list("gift_id", "party_id"))
    waiting: dict[int, list[Contribution]] = {}
    for gift in theirs:
        bodies = {gift.fund.owner_id} if gift.fund is not None else at_place.get(gift.place_id, set())
        if by.body_id not in bodies:
            for body in sorted(bodies):
                if (gift.pk, body) not in givers_of:
                    waiting.setdefault(body, []).append(gift)
    notices.tell_bodies(
        ((body, *_waits(rows, by)) for body, rows in sorted(waiting.items())), on=on, kinds=CONFIRMERS
    )  # fmt: skip


def _wrote_its_own(gift: Contribution, by: Seat) -> bool:
    """Whether the desk that writes the gift down is the one that received it."""
    if gift.fund is not None:
        return gift.fund.owner_id == by.body_id
    return by.kind in CONFIRMERS and by.desk.place_id == gift.place_id


def _waits(gifts: Sequence[Contribution], by: Seat) -> tuple[str, str]:
    """What is said of gifts that wait for a body, and where it finds them."""
    if len(gifts) > 1:
        text = f"{by.desk.body.name} ghi {len(gifts)} khoản đóng góp do đơn vị bạn nhận, chờ bạn xác nhận."
        return text, reverse("contributions:waiting")
    (gift,) = gifts
    then = "chờ bạn xác nhận" if gift.state == State.RECEIVED else "mới hứa; nhận được thì ghi đã nhận"
    worth = f"{dong(gift.value)} đồng" if gift.value else "không quy ra tiền"
    text = f"{by.desk.body.name} ghi một khoản đóng góp do đơn vị bạn nhận ({worth}), {then}."
    return text, reverse("contributions:detail", args=[gift.pk])


@transaction.atomic
def join(one: Party, other: Party, same: bool, *, by: Seat, on: date, because: str) -> Sameness:
    """Nói hai người là một hay là hai (`givers.decide`); if together they reach the threshold, and neither did alone,
    the unit of the first is told. Raises as `givers.decide`."""
    before = reached([one, other], on)
    row = givers.decide(one, other, same, by=by, on=on, because=because)
    if same and not before and (now := reached([one], on)):
        _offer(one, now[one.pk], on)
    return row


@transaction.atomic
@walls.everything("a giver is told wherever its gifts were received")
def tell_who_reach_anew(settled: Threshold | CountingChoice, on: date) -> int:
    """Tell the units of the givers who reach the threshold by what the province has settled, and did not before it;
    how many givers. A fixed number of queries, however many they are; nobody while it does not hold yet."""
    if settled.since > on:
        return 0
    shares = Share.objects.filter(party__isnull=False, gift__state=State.CONFIRMED)
    keys = sorted(set(shares.order_by().values_list("party_id", flat=True)))
    since, until = counting.phase_on(on)
    book = counting.read(keys, since=since, until=until, on=on)
    now = {key: book.of(key, since=since, until=until, on=on) for key in keys}
    if isinstance(settled, Threshold):
        book.entered = counting.thresholds(before=settled.pk)
    else:
        book.choices = counting.choices(before=settled.pk)
    new: dict[frozenset[int], int] = {}
    for key, tally in now.items():
        if tally.reached and not book.of(key, since=since, until=until, on=on).reached:
            new.setdefault(book.groups[key], key)
    _offer_many({key: now[key] for key in new.values()}, on)
    return len(new)


def _offer(party: Party, tally: counting.Tally, on: date) -> None:
    """To the desks of the unit that manages the giver, or of the giver itself; where there are none, to the Front's."""
    unit, text, link = party.managing_unit or party, _said(party, tally), _link(party)
    if unit.desks.exists():
        notices.tell_body(unit, text, on=on, link=link, kinds=RECORDERS)
    else:
        notices.tell_kind(Desk.FRONT, text, on=on, link=link)


def _offer_many(tallies: Mapping[int, counting.Tally], on: date) -> None:
    """As `_offer` for many at once. Five queries."""
    parties = list(Party.objects.filter(Among("pk", tallies)).order_by("pk"))
    front = list(SeatDesk.objects.filter(kind=Desk.FRONT.value).order_by("pk").values_list("body", flat=True))
    units = {party.pk: party.managing_unit_id or party.pk for party in parties}
    able = set(SeatDesk.objects.filter(Among("body", units.values())).order_by().values_list("body", flat=True))
    notices.tell_bodies(
        (
            (body, _said(party, tallies[party.pk]), _link(party))
            for party in parties
            for body in ([units[party.pk]] if units[party.pk] in able else front)
        ),
        on=on, kinds=RECORDERS,
    )  # fmt: skip


def _said(party: Party, tally: counting.Tally) -> str:
    level = tally.threshold.value if tally.threshold is not None else 0
    return (
        f"{party.name} đã đóng góp {dong(tally.total)} đồng, đạt mức {dong(level)} đồng để đề nghị Bằng khen. "
        "Đơn vị xem và quyết định có lập hồ sơ hay không."
    )


def _link(party: Party) -> str:
    return reverse("contributions:giver", args=[party.pk])
