"""Whatever is given, confirmed, refused, claimed, awarded, withdrawn, corrected, joined and separated, and whatever a
fund spends meanwhile: no đồng serves two awards, shares sum exactly, nothing counts that was received before the last
award or that nobody confirmed, and the books of the funds sum to zero and to what was confirmed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chungtay.contributions import actions, booking, checking, claiming, counting, givers
from chungtay.contributions.claiming import ClaimOn
from chungtay.contributions.models import AwardCase, Claim, Contribution, Sameness, Share, State
from chungtay.contributions.recording import Given
from chungtay.decisions import actions as decisions
from chungtay.decisions import reckoning
from chungtay.decisions.models import Award
from chungtay.law.clauses import cite
from chungtay.law.giving import Counting
from chungtay.law.refusals import Conflict, Refused
from chungtay.ledger import checking as books
from chungtay.ledger.models import Balance, Fund, Transfer
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from tests.contributions.doing import giver, told
from tests.ledger.make import balance, build_house, fund
from tests.make import TODAY, Province

ONE_STEP = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 5))
FIRST = date(2019, 1, 1)
SINCE = date(2016, 1, 1)
GIVEN = [{"nature": "money", "text": "Góp quỹ vì người nghèo", "value": 200_000_000}]


@dataclass(frozen=True)
class Cast:
    """Three givers, each with a dossier that the Council voted for, and a fund that takes gifts."""

    province: Province
    parties: list[Party]
    dossiers: list[Dossier]
    fund: Fund


@pytest.fixture
def cast(province: Province) -> Cast:
    parties = [giver(province, f"Công ty số {number}") for number in range(3)]
    dossiers = [
        province.recommended(one, seat="unit", content="e", achievements=GIVEN, summary=f"Ủng hộ: {one.name}")
        for one in parties
    ]
    return Cast(province, parties, dossiers, fund(province, "commune"))


def day(number: int) -> date:
    """One of so many days, a fortnight apart."""
    return FIRST + timedelta(days=14 * (number % 30))


def one_of(rows: Any, number: int) -> Any:
    """One of the rows, chosen by the number; the law refuses where there is none."""
    found = list(rows.order_by("pk"))
    if not found:
        raise Refused.because("không có")
    return found[number % len(found)]


def give(c: Cast, first: int, second: int, third: int) -> None:
    """To a place or to the fund, by one giver or two; promised, received, or confirmed at once."""
    one, other = c.parties[first % 3], c.parties[second % 3]
    parts = [Given(one)] if one == other else [Given(one, Fraction(third + 1, 7)), Given(other, Fraction(6 - third, 7))]
    when, by = day(second), c.province.seats["commune"]
    gift = actions.record(
        told(
            c.province, givers=parts, value=10 * first + third + 1, day=when, received_on=when if third else None,
            fund=c.fund if first % 2 else None,
        ),
        by=by, on=TODAY,
    )  # fmt: skip
    if third > 2:
        actions.confirm(gift, by=by, on=TODAY, version=gift.version)


def receive(c: Cast, first: int, second: int, third: int) -> None:
    gift = one_of(Contribution.objects.filter(state=State.PLEDGED), first)
    on = gift.day + timedelta(third)
    actions.receive(gift, by=c.province.seats["commune"], on=TODAY, day=on, version=gift.version)


def confirm(c: Cast, first: int, second: int, third: int) -> None:
    gift = one_of(Contribution.objects.exclude(state=State.PLEDGED), first)
    actions.confirm(gift, by=c.province.seats["commune"], on=TODAY, version=gift.version)


def confirm_many(c: Cast, first: int, second: int, third: int) -> None:
    rows = list(Contribution.objects.order_by("pk"))[first % 5 :]
    actions.confirm_many(rows, by=c.province.seats["commune"], on=TODAY)


def refuse(c: Cast, first: int, second: int, third: int) -> None:
    gift = one_of(Contribution.objects.all(), first)
    act = actions.refuse if third % 2 else actions.withdraw
    act(gift, by=c.province.seats["commune"], on=TODAY, reason="Không nhận được", version=gift.version)


def correct(c: Cast, first: int, second: int, third: int) -> None:
    """Cancelled, or written anew for another giver and sum, to the fund or not; confirmed again or left waiting."""
    gift, by = one_of(Contribution.objects.all(), first), c.province.seats["commune"]
    again = told(
        c.province, c.parties[second % 3], value=second + 1, day=gift.day, received_on=gift.received_on,
        fund=c.fund if second % 2 else None,
    )  # fmt: skip
    anew = actions.correct(
        gift, again if third else None, by=by, on=TODAY, reason="Ghi nhầm", version=gift.version
    )  # fmt: skip
    if anew is not None and third > 2:
        actions.confirm(anew, by=by, on=TODAY, version=anew.version)


def claim(c: Cast, first: int, second: int, third: int) -> None:
    decided = day(second)
    case = ClaimOn(c.parties[first % 3].pk, f"k{AwardCase.objects.count()}", "1/QĐ", decided, SINCE, decided)
    claiming.claim([case], by=c.province.seats["chair"], on=TODAY)


def release(c: Cast, first: int, second: int, third: int) -> None:
    case = one_of(AwardCase.objects.filter(released_on__isnull=True, case_key__startswith="k"), first)
    claiming.release(case.case_key, by=c.province.seats["chair"], on=TODAY, reason="Thu hồi")


def sign(c: Cast, first: int, second: int, third: int) -> None:
    """A decision over one or two of the dossiers, drafted and signed today."""
    some = {c.dossiers[first % 3].pk, c.dossiers[second % 3].pk}
    draft = decisions.draft(
        body=c.province.bodies["province"], award="province_certificate", title="Về việc tặng Bằng khen",
        dossiers=list(Dossier.objects.filter(pk__in=some).order_by("pk")), by=c.province.seats["board"], on=TODAY,
    )  # fmt: skip
    accepted = reckoning.assumed(reckoning.reckon(decisions.listed(draft), on=TODAY))
    decisions.sign(draft, by=c.province.seats["chair"], on=TODAY, accepted=accepted)


def take_away(c: Cast, first: int, second: int, third: int) -> None:
    """An award is withdrawn."""
    award = one_of(Award.objects.all(), first)
    reason = "Thành tích kê khai là của người khác."
    decisions.withdraw(award, reason=reason, by=c.province.seats["chair"], on=TODAY)


def join(c: Cast, first: int, second: int, third: int) -> None:
    one, other, by = c.parties[first % 3], c.parties[second % 3], c.province.seats["unit"]
    givers.decide(one, other, third > 0, by=by, on=TODAY, because="Xem giấy tờ")


def separate(c: Cast, first: int, second: int, third: int) -> None:
    said = one_of(Sameness.objects.filter(undone_on__isnull=True), first)
    givers.undo(said, by=c.province.seats["unit"], on=TODAY, reason="Nhầm")


def spend(c: Cast, first: int, second: int, third: int) -> None:
    build_house(c.province, c.fund, first + 1, date(2020, 3, 2))


VERBS: dict[str, Callable[[Cast, int, int, int], None]] = {
    verb.__name__: verb
    for verb in (
        give, receive, confirm, confirm_many, refuse, correct, claim, release, sign, take_away, join, separate, spend,
    )
}  # fmt: skip
OFTEN = ("give", "give", "confirm", "correct", "sign")
DRAWN = st.lists(st.tuples(st.sampled_from([*OFTEN, *VERBS]), ONE_STEP), max_size=14)
Step = tuple[str, tuple[int, int, int]]


def holds(c: Cast) -> None:
    """What must be true after every step."""
    parties = c.parties
    in_books(c.fund)
    for gift in Contribution.objects.prefetch_related("shares"):
        shares = list(gift.shares.all())
        assert sum(share.amount for share in shares) == gift.value, "shares sum exactly"
        assert sum(Fraction(share.numerator, share.denominator) for share in shares) == 1
    live = list(Claim.objects.filter(released_on__isnull=True).select_related("share__gift", "case"))
    assert len({claim.share_id for claim in live}) == len(live), "no đồng serves two awards"
    for claim in live:
        assert claim.amount == claim.share.amount
        assert claim.share.gift.state in (State.CONFIRMED, State.RECEIVED), "what was cancelled serves no award"
        assert claim.case.released_on is None
    used = Claim.objects.filter(released_on__isnull=True).values("share__gift").annotate(all=Sum("amount")).order_by()
    assert not used.filter(all__gt=F("share__gift__value")).exists(), "no đồng is claimed twice"
    sums_of_givers(parties, {claim.share_id for claim in live})


def in_books(fund: Fund) -> None:
    """The books sum to zero, and the fund's to what was confirmed for it less what it spent."""
    assert books.faults() == []
    assert checking.faults() == [], "what is confirmed stands in the book, and nothing else does"
    assert sum(one.amount for one in Balance.objects.all()) == 0, "the ledger sums to zero"
    came = Contribution.objects.counted().filter(fund=fund).aggregate(sum=Sum("value"))["sum"] or 0
    spent = Transfer.objects.filter(credit__kind="cash", corrects__isnull=True).aggregate(sum=Sum("amount"))["sum"] or 0
    assert balance(fund) == came - spent


def sums_of_givers(parties: list[Party], claimed: set[int]) -> None:
    """What counts for each giver is what a plain look at every share says."""
    keys = [party.pk for party in parties]
    waiting = set(Share.objects.exclude(gift__state=State.CONFIRMED).values_list("pk", flat=True))
    book = counting.read(keys, since=SINCE, until=TODAY, on=TODAY)
    for party in parties:
        tally = book.of(party.pk, since=SINCE, until=TODAY, on=TODAY)
        assert not waiting & {line.share for line in tally.lines}, "unconfirmed counts for nothing"
        assert tally.total == plainly(party, claimed)
        if tally.last is not None:
            late = [line.received_on > tally.last.decided_on for line in tally.lines]
            assert all(late), "nothing counts that was received before the last award"


def plainly(party: Party, claimed: set[int]) -> int:
    """The sum that counts, reckoned anew row by row."""
    group, grew = {party.pk}, True
    pairs = list(Sameness.objects.filter(same=True, undone_on__isnull=True).values_list("one_id", "other_id"))
    while grew:
        more = {key for pair in pairs if group & set(pair) for key in pair} - group
        group |= more
        grew = bool(more)
    cases = AwardCase.objects.filter(party__in=group, released_on__isnull=True)
    last = max((case.decided_on for case in cases), default=date(1900, 1, 1))
    shares = Share.objects.filter(party__in=group, gift__state=State.CONFIRMED).select_related("gift")
    return sum(
        share.amount for share in shares
        if share.pk not in claimed and share.gift.received_on is not None and share.gift.received_on > last
    )  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is undone at the end: one province serves all examples."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def play(c: Cast, steps: list[Step], *, look: bool = True) -> set[str]:
    """Act by act, with a look after each; the verbs that were not refused."""
    done = set[str]()
    for verb, numbers in steps:
        try:
            with transaction.atomic():
                VERBS[verb](c, *numbers)
                done.add(verb)
        except (Refused, Conflict):
            pass
        if look:
            holds(c)
    return done


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=DRAWN)
def test_whatever_happens_no_dong_serves_two_awards(cast: Cast, steps: list[Step]) -> None:
    with undone():
        play(cast, steps)


LIFE: list[Step] = [
    ("give", (1, 1, 5)), ("give", (3, 3, 0)), ("give", (7, 7, 1)), ("give", (9, 9, 1)), ("give", (11, 1, 2)),
    ("receive", (0, 0, 1)), ("confirm", (0, 0, 0)), ("refuse", (2, 0, 0)), ("confirm", (1, 0, 0)),
    ("confirm_many", (0, 0, 0)), ("spend", (0, 0, 0)), ("correct", (0, 3, 5)), ("join", (0, 1, 1)),
    ("claim", (1, 20, 0)), ("release", (0, 0, 0)), ("sign", (0, 1, 0)), ("take_away", (0, 0, 0)),
    ("separate", (0, 0, 0)),
]  # fmt: skip


def test_one_life_passes_through_every_verb_and_none_is_always_refused(cast: Cast) -> None:
    with undone():
        assert play(cast, LIFE) == set(VERBS)


TWICE: list[Step] = [("give", (2, 2, 5)), ("claim", (2, 20, 0)), ("claim", (2, 25, 0))]
BEFORE: list[Step] = [("claim", (2, 20, 0)), ("give", (2, 2, 5))]
AWARDED: list[Step] = [("give", (2, 2, 5)), ("sign", (2, 2, 0)), ("claim", (2, 25, 0))]
BOOKED: list[Step] = [("give", (1, 1, 5)), ("correct", (0, 2, 0))]
WAITING: list[Step] = [("give", (2, 2, 1))]


def sees_no_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here to the end of the test nobody sees what was claimed before, and the database refuses no second."""
    lines = counting._lines

    def without_cases(*told: Any) -> Iterator[counting.Line]:
        return (replace(line, case=None) for line in lines(*told))

    monkeypatch.setattr(counting, "_lines", without_cases)
    sees_no_award(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX share_claimed_once")


def sees_no_award(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here to the end of the test gifts count from the start, whatever was decided."""
    source = cite("KH", "IV.2.2.b")
    monkeypatch.setattr(counting, "counts_from", lambda since, **more: Counting(since, "", source))


def takes_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here to the end of the test a corrected gift leaves its money in the book."""
    monkeypatch.setattr(booking, "take_back", lambda *told, **more: [])


def asks_no_confirmation(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here to the end of the test what was received counts, whoever confirmed it or not."""
    lines = counting._lines

    def with_received(*told: Any) -> Iterator[counting.Line]:
        yield from lines(*told)
        for share in Share.objects.filter(gift__state=State.RECEIVED, party__isnull=False).select_related("gift"):
            yield counting.Line(
                share.pk, share.gift_id, share.party_id or 0, share.amount, share.gift.received_on or FIRST
            )

    monkeypatch.setattr(counting, "_lines", with_received)


@pytest.mark.parametrize("steps", [TWICE, BEFORE, AWARDED, BOOKED, WAITING])
def test_with_the_guards_all_of_these_hold(cast: Cast, steps: list[Step]) -> None:
    with undone():
        play(cast, steps)


@pytest.mark.parametrize(
    ("steps", "broken", "says"),
    [
        (TWICE, sees_no_claim, "no đồng serves two awards"),
        (AWARDED, sees_no_claim, "no đồng serves two awards"),
        (BEFORE, sees_no_award, ""),
        (BOOKED, takes_nothing_back, "stands in the book"),
        (WAITING, asks_no_confirmation, "unconfirmed counts for nothing"),
    ],
)
def test_the_control_without_its_guard_each_of_these_fails(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, steps: list[Step], broken: Any, says: str
) -> None:
    with undone():
        broken(monkeypatch)
        play(cast, steps, look=False)
        with pytest.raises(AssertionError, match=says or None):
            holds(cast)


def test_the_control_the_machine_itself_finds_a_guard_that_is_gone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    takes_nothing_back(monkeypatch)

    @settings(
        max_examples=300, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(steps=DRAWN)
    def machine(steps: list[Step]) -> None:
        with undone():
            play(cast, steps)

    with pytest.raises(AssertionError):
        machine()
