"""Award money: what a body may spend, what decisions bind, the warning before signing, payment, reversal."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from chungtay.contributions.reckoned import AwardCase
from chungtay.decisions import actions, following, funding, paying, reckoning
from chungtay.decisions.models import Allotment, Award, Commitment, Decision, Handover
from chungtay.law.funds import AWARD_FUND_SHARE, Area, FundKind
from chungtay.law.refusals import Refused
from chungtay.ledger import actions as ledger
from chungtay.ledger import checking
from chungtay.ledger.models import Fund, Transfer
from chungtay.records import journal
from tests.decisions.test_sign import drafted, enterprise, group
from tests.make import TODAY, Province, build, post_form
from tests.racing import together

PRIZE = 2_980_000
MILLION = 1_000_000
BUDGET = 10**12


def fund(p: Province, amount: int = 100 * MILLION) -> Fund:
    """The province's award fund with that much money."""
    made = ledger.open_fund(
        owner=p.bodies["province"], kind=FundKind.AWARD, name="Quỹ khen thưởng tỉnh", by=p.seats["board"], on=TODAY
    )
    if amount:
        allot(p, made, amount)
    return made


def allot(p: Province, to: Fund, amount: int, **more: Any) -> Allotment:
    said: dict[str, Any] = {
        "year": 2020, "area": Area.PLAIN, "recurrent_budget": BUDGET, "amount": amount,
        "document": "Quyết định giao dự toán", "key": f"allot-{amount}-{len(more)}-key",
        "accepted": frozenset({AWARD_FUND_SHARE.on(TODAY).assumed}),
    }  # fmt: skip
    return funding.allot(to, funding.Told(**{**said, **more}), by=p.seats["board"], on=TODAY)


def sign(p: Province, decision: Decision, *, on: date = TODAY, more: tuple[str, ...] = ()) -> Decision:
    """Signed with everything accepted, and with what else is said to be."""
    accepted = following.to_accept(decision, reckoning.reckon(actions.listed(decision), on=on))
    signed = actions.sign(decision, by=p.seats["chair"], on=on, accepted=[*accepted, *more])
    return Decision.objects.get(pk=signed.pk)


def hand(p: Province, decision: Decision, day: date = TODAY, *names: str) -> list[Handover]:
    rows = [row for row in paying.rows_of(decision) if not names or row.name in names]
    given = [paying.Given(row, row.name) for row in rows]
    return paying.hand_over(decision, given, day, by=p.seats["board"], on=max(day, TODAY))


def withdraw(p: Province, award: Award) -> None:
    award = Award.objects.select_related("decision__body", "dossier__round__plan_version").get(pk=award.pk)
    actions.withdraw(award, reason="Thành tích kê khai là của người khác.", by=p.seats["chair"], on=TODAY)


def stands(of: Fund) -> tuple[int, int, int]:
    """(balance, committed, free) in prizes of a group."""
    found = funding.standing(of)
    return found.balance, found.committed, found.free


# --- the ceiling ---


@pytest.mark.clause("KH IV.3.2", "NĐ 91/2017, Điều 65")
@pytest.mark.parametrize(
    ("area", "amount", "fine"),
    [(Area.PLAIN, BUDGET // 100, True), (Area.PLAIN, BUDGET // 100 + 1, False),
     (Area.REMOTE, BUDGET * 15 // 1000, True), (Area.REMOTE, BUDGET * 15 // 1000 + 1, False)],
)  # fmt: skip
def test_a_fund_is_given_no_more_than_its_share_of_the_budget(
    province: Province, area: Area, amount: int, fine: bool
) -> None:
    award = fund(province, 0)
    if fine:
        made = allot(province, award, amount, area=area)
        assert (made.ceiling, stands(award)[0]) == (amount, amount)
        assert made.accepted
        return
    with pytest.raises(Refused, match="Vượt mức trần") as refused:
        allot(province, award, amount, area=area)
    assert {reason.field for reason in refused.value.reasons} == {"amount"}
    assert not Transfer.objects.exists()


@pytest.mark.clause("KH IV.3.2")
def test_what_a_year_was_given_before_counts_towards_its_ceiling(province: Province) -> None:
    award = fund(province, BUDGET // 100 - 5)
    with pytest.raises(Refused, match=r"Năm 2020 đã trích 9\.999\.999\.995 đồng"):
        allot(province, award, 6)
    allot(province, award, 5)
    allot(province, award, 6, year=2021)


def test_an_assumed_ceiling_is_accepted_by_name_and_a_form_sent_twice_gives_once(province: Province) -> None:
    award = fund(province, 0)
    with pytest.raises(Refused, match="Chưa xác nhận giá trị tạm dùng"):
        allot(province, award, 5, accepted=frozenset())
    with pytest.raises(Refused) as refused:
        allot(province, award, 5, year=2018, document=" ")
    assert {reason.field for reason in refused.value.reasons} == {"year", "document"}
    assert allot(province, award, 5) == allot(province, award, 5)
    assert stands(award)[0] == 5


def test_only_an_award_fund_is_given_its_share_and_only_by_who_keeps_it(province: Province) -> None:
    award, by = fund(province, 0), province.seats["chair"]
    assumed = frozenset({AWARD_FUND_SHARE.on(TODAY).assumed})
    told = funding.Told(2020, Area.PLAIN, BUDGET, 5, "Quyết định", "k" * 20, assumed)
    with pytest.raises(Refused, match="không giữ quỹ này"):
        funding.allot(award, told, by=by, on=TODAY)
    poor = ledger.open_fund(
        owner=province.bodies["front"], kind=FundKind.POOR, name="Quỹ", by=province.seats["front"], on=TODAY
    )
    with pytest.raises(Refused, match="Chỉ trích tiền vào quỹ thi đua"):
        funding.allot(poor, told, by=province.seats["front"], on=TODAY)


# --- commitment ---


@pytest.mark.clause("KH IV.3.2")
def test_a_draft_binds_its_money_a_signature_keeps_it_bound_and_payment_spends_it(province: Province) -> None:
    award = fund(province)
    full = 100 * MILLION
    decision = drafted(province, group(province, "Tập thể A"), group(province, "Tập thể B"), enterprise(province))
    assert stands(award) == (full, 2 * PRIZE, full - 2 * PRIZE)
    decision = sign(province, decision)
    assert stands(award) == (full, 2 * PRIZE, full - 2 * PRIZE)
    handed = hand(province, decision, TODAY, "Tập thể A", "Công ty Biển Xanh")
    assert sorted(row.amount for row in handed) == [0, PRIZE]
    assert stands(award) == (full - PRIZE, PRIZE, full - 2 * PRIZE)
    hand(province, decision, TODAY, "Tập thể B")
    assert stands(award) == (full - 2 * PRIZE, 0, full - 2 * PRIZE)
    assert checking.faults() == []
    assert journal.faults() == []


def test_a_name_taken_off_a_draft_gives_its_money_free(province: Province) -> None:
    award = fund(province)
    decision = drafted(province, group(province, "Tập thể A"), group(province, "Tập thể B"))
    actions.take_off(decision.listings.first(), by=province.seats["board"], on=TODAY)  # type: ignore[arg-type]
    assert stands(award)[1] == PRIZE
    assert [row.amount for row in Commitment.objects.order_by("id")] == [2 * PRIZE, -PRIZE]


def test_the_money_is_bound_anew_by_the_wage_of_the_day_of_signing(province: Province) -> None:
    award = fund(province)
    decision = drafted(province, group(province))
    sign(province, decision, on=date(2024, 1, 1))
    assert stands(award)[1] == 5_400_000


# --- beyond the fund ---


@pytest.mark.clause("KH IV.3.2")
@pytest.mark.parametrize(("money", "warned"), [(PRIZE, False), (PRIZE - 1, True)])
def test_a_decision_beyond_the_fund_is_signed_only_by_who_accepts_it_by_name(
    province: Province, money: int, warned: bool
) -> None:
    fund(province, money)
    decision = drafted(province, group(province))
    chair = province.seats["chair"]
    if not warned:
        signed = actions.sign(decision, by=chair, on=TODAY, accepted=())
        assert signed.accepted == []
        return
    with pytest.raises(Refused, match="thiếu 1 đồng") as refused:
        actions.sign(decision, by=chair, on=TODAY, accepted=())
    assert [reason.field for reason in refused.value.reasons] == ["accept-0"]
    signed = sign(province, decision)
    assert signed.accepted == [
        "Quỹ khen thưởng tỉnh còn 2.979.999 đồng, đã cam kết 0 đồng cho quyết định khác; "
        "quyết định này cần 2.980.000 đồng, thiếu 1 đồng (KH IV.3.2)."
    ]
    assert journal.of(signed).get(act="sign_decision").body["accepted"] == signed.accepted


def test_what_other_decisions_bind_is_not_there_for_this_one(province: Province) -> None:
    fund(province, PRIZE)
    first = drafted(province, group(province, "Tập thể A"))
    second = drafted(province, group(province, "Tập thể B"))
    for decision in (first, second):
        assert "đã cam kết 2.980.000 đồng" in funding.beyond(decision, PRIZE)[0]
    actions.take_off(first.listings.get(), by=province.seats["board"], on=TODAY)
    assert funding.beyond(second, PRIZE) == []


def test_a_body_whose_fund_is_not_kept_here_is_told_so_and_not_warned(province: Province) -> None:
    decision = drafted(province, group(province))
    assert funding.beyond(decision, PRIZE) == []
    assert "Chưa biết quỹ còn đủ hay không" in said(province, "chair", f"/quyet-dinh/{decision.pk}/")
    assert sign(province, decision).accepted == []
    assert not Commitment.objects.exists()


def said(p: Province, seat: str, address: str) -> str:
    answer = p.client(seat).get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(unescape(answer.content.decode()).replace("\xa0", " ").split())


def test_the_draft_page_warns_before_signing_and_the_signed_page_keeps_what_was_accepted(province: Province) -> None:
    fund(province, 10)
    decision = drafted(province, group(province))
    page = f"/quyet-dinh/{decision.pk}/"
    assert "Quỹ khen thưởng không đủ" in said(province, "chair", page)
    client = province.client("chair")
    form = {"version": Decision.objects.get().version}
    refused = post_form(client, f"{page}ky/", form)
    assert refused.status_code == 422
    assert "thiếu 2.979.990 đồng" in unescape(refused.content.decode())
    assert post_form(client, f"{page}ky/", {**form, "accept-0": "on"}).status_code == 302
    told = said(province, "chair", page)
    assert "Người ký đã biết và chấp nhận" in told
    assert "thiếu 2.979.990 đồng" in told
    assert "thiếu 2.979.990 đồng" not in said(province, "unit", page)


# --- reversal ---


@pytest.mark.clause("KH IV.3.2")
def test_a_withdrawn_award_that_was_not_paid_frees_its_money(province: Province) -> None:
    award = fund(province)
    decision = sign(province, drafted(province, group(province, "Tập thể A"), group(province, "Tập thể B")))
    withdraw(province, decision.awards.get(name="Tập thể A"))
    assert stands(award)[1] == PRIZE
    with pytest.raises(Refused, match="khen thưởng đã bị thu hồi, không giao"):
        hand(province, decision, TODAY, "Tập thể A")


@pytest.mark.clause("KH IV.3.2")
def test_a_withdrawn_award_that_was_paid_waits_until_the_money_comes_back(province: Province) -> None:
    award, by = fund(province), province.seats["board"]
    decision = sign(province, drafted(province, group(province)))
    hand(province, decision)
    granted = decision.awards.get()
    with pytest.raises(Refused, match="không có tiền chờ thu hồi"):
        paying.recover(row(granted), by=by, on=TODAY)
    withdraw(province, granted)
    assert stands(award) == (100 * MILLION - PRIZE, 0, 100 * MILLION - PRIZE)
    page = f"/quyet-dinh/khen-thuong/{granted.pk}/"
    assert "Tiền thưởng chờ thu hồi" in said(province, "board", page)
    assert "Tiền thưởng chờ thu hồi" not in said(province, "chair", page)
    assert post_form(province.client("board"), f"{page}nop-lai/").status_code == 302
    assert stands(award) == (100 * MILLION, 0, 100 * MILLION)
    with pytest.raises(Refused, match="không có tiền chờ thu hồi"):
        paying.recover(row(granted), by=by, on=TODAY)
    assert "Đã thu hồi" in said(province, "board", f"/quyet-dinh/{decision.pk}/chi-thuong/")
    assert checking.faults() == []


def row(award: Award) -> Award:
    return Award.objects.select_related("body", "decision__paper").get(pk=award.pk)


def test_signing_lets_awards_use_the_gifts_and_withdrawing_frees_them(province: Province) -> None:
    decision = sign(province, drafted(province, enterprise(province)))
    granted = decision.awards.select_related("dossier").get()
    case = AwardCase.objects.get()
    assert (case.case_key, case.party_id, case.decided_on) == (granted.dossier.key, granted.party_id, TODAY)
    assert decision.paper is not None
    assert case.number == decision.paper.code
    assert case.released_on is None
    withdraw(province, granted)
    assert AwardCase.objects.get().released_on == TODAY


# --- handing over ---


def test_each_award_is_handed_over_once_between_the_signature_and_today(province: Province) -> None:
    fund(province)
    decision = sign(province, drafted(province, group(province)))
    for day in (TODAY - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(Refused, match="Ngày nhận phải từ ngày ký 20/10/2020 đến hôm nay"):
            paying.hand_over(
                decision, [paying.Given(one, one.name) for one in paying.rows_of(decision)], day,
                by=province.seats["board"], on=TODAY,
            )  # fmt: skip
    hand(province, decision)
    with pytest.raises(Refused, match="đã nhận ngày 20/10/2020"):
        hand(province, decision)
    with pytest.raises(Refused, match="Giao nhận do Ban Thi đua"):
        paying.hand_over(decision, [], TODAY, by=province.seats["chair"], on=TODAY)
    with pytest.raises(Refused, match="Chọn ít nhất một tên"):
        paying.hand_over(decision, [], TODAY, by=province.seats["board"], on=TODAY)


def test_money_is_paid_only_from_a_fund_that_has_it(province: Province) -> None:
    decision = sign(province, drafted(province, group(province), enterprise(province)))
    hand(province, decision, TODAY, "Công ty Biển Xanh")  # an emblem needs no fund
    with pytest.raises(Refused, match="Chưa mở quỹ thi đua, khen thưởng"):
        hand(province, decision, TODAY, "Tập thể Khoa Nội")
    award = fund(province, PRIZE - 1)
    with pytest.raises(Refused, match="không đủ để chi 2"):
        hand(province, decision, TODAY, "Tập thể Khoa Nội")
    assert not Handover.objects.filter(amount__gt=0).exists()
    allot(province, award, 1)
    hand(province, decision, TODAY, "Tập thể Khoa Nội")
    assert stands(award)[0] == 0


def test_a_draft_is_not_paid(province: Province) -> None:
    with pytest.raises(Refused, match="chưa ký"):
        paying.hand_over(drafted(province, group(province)), [], TODAY, by=province.seats["board"], on=TODAY)


def test_the_payment_list_says_who_received_what_and_the_sheet_has_a_place_to_sign(province: Province) -> None:
    fund(province)
    decision = sign(province, drafted(province, group(province, "Tập thể A"), group(province, "Tập thể B")))
    client, page = province.client("board"), f"/quyet-dinh/{decision.pk}/chi-thuong/"
    chosen = decision.awards.get(name="Tập thể A").pk
    told = {"awards": [chosen], "day": "20/10/2020", "receiver": "Lê Thị Thủy, Trưởng khoa"}
    assert post_form(client, f"{page}giao/", told).status_code == 302
    shown = said(province, "board", page)
    for words in ("5.960.000 đ", "2.980.000 đ", "Lê Thị Thủy, Trưởng khoa", "Đã nhận", "Chưa nhận"):
        assert words in shown
    sheet = said(province, "chair", f"{page}in/")
    assert "Ký nhận, ghi rõ họ tên" in sheet
    assert "5.960.000" in sheet
    assert client.get(f"{page}xuat/").content.startswith(b"PK")
    assert post_form(client, f"{page}giao/", told).status_code == 422  # that name no longer waits
    assert province.client("chair").get(f"{page}giao/").status_code == 404


# --- what the database refuses ---


def test_the_books_of_award_money_only_grow_and_hold_no_nonsense(province: Province) -> None:
    award = fund(province)
    decision = sign(province, drafted(province, group(province)))
    [handed] = hand(province, decision)
    for rows in (Allotment.objects.all(), Commitment.objects.all(), Handover.objects.all()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows._raw_delete(rows.db)
    wrong: dict[str, Callable[[], object]] = {
        "commitment_changes_something": partial(_commit, award, decision, "drafted", 0),
        "spent_money_is_no_longer_bound": partial(_commit, award, decision, "spent", 5),
        "award": partial(_commit, award, decision, "spent", -5, handed.award),
        "award_id": partial(
            Handover.objects.create, award=handed.award, receiver="x", on=TODAY, written_on=TODAY
        ),
        "allotment_gives_money": partial(
            Allotment.objects.create, fund=award, year=2020, area="plain", recurrent_budget=1, ceiling=1, amount=0,
            document="x", working="x", transfer=handed.transfer, on=TODAY,
        ),
    }  # fmt: skip
    for name, act in wrong.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()


def _commit(of: Fund, decision: Decision, kind: str, amount: int, award: Award | None = None) -> None:
    Commitment.objects.create(fund=of, decision=decision, award=award, kind=kind, amount=amount, on=TODAY)


def test_money_handed_over_has_left_the_fund(province: Province) -> None:
    decision = sign(province, drafted(province, group(province)))
    wrong = Handover(award=decision.awards.get(), receiver="x", on=TODAY, written_on=TODAY, amount=5)
    with pytest.raises(IntegrityError, match="money_handed_over_left_the_fund"), transaction.atomic():
        wrong.save(force_insert=True)
    wrong.amount, wrong.written_on = 0, TODAY - timedelta(1)
    with pytest.raises(IntegrityError, match="handover_not_ahead"), transaction.atomic():
        wrong.save(force_insert=True)


# --- two at once ---


@pytest.mark.django_db(transaction=True)
def test_an_award_handed_over_by_two_at_once_is_paid_once(settings: Any) -> None:
    p = build()
    award = fund(p)
    decision = sign(p, drafted(p, group(p)))
    acts = [partial(hand, p, decision) for _ in range(3)]
    assert together(*acts).count("done") == 1
    assert stands(award) == (100 * MILLION - PRIZE, 0, 100 * MILLION - PRIZE)
    assert checking.faults() == []
