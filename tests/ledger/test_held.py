"""What decisions hold of an award fund is not spent by hand, by no way and at no moment."""

from functools import partial
from html import unescape

import pytest
from django.db import IntegrityError, transaction

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.law.refusals import Refused
from chungtay.ledger import actions, checking, holding, posting
from chungtay.ledger.models import Balance, Fund, Transfer
from tests.ledger.make import DAY, balance, fund, give, told
from tests.make import Province, build, post_form
from tests.racing import together

PAID = {"code": "other_purpose", "amount": "71", "day": "17/10/2020", "words": "Mua khung bằng khen"}


def award(p: Province, body: str = "province") -> Fund:
    """An award fund with 100 đồng, 30 of which are held."""
    made = fund(p, body, FundKind.AWARD)
    keeper = p.seats["board" if body == "province" else body]
    actions.pay_in(made, 100, Income.BUDGET, told(), by=keeper, on=DAY)
    with transaction.atomic():
        holding.hold(made, 30)
    return made


def spend(p: Province, of: Fund, amount: int) -> Transfer:
    words = told(words="Mua khung bằng khen")
    return actions.pay_out(of, amount, Purpose.OTHER, words, by=p.seats["board"], on=DAY)


@pytest.mark.clause("KH IV.3.2")
@pytest.mark.parametrize(("amount", "fine"), [(70, True), (71, False)])
def test_a_payment_by_hand_takes_what_is_free_and_no_more(province: Province, amount: int, fine: bool) -> None:
    purse = award(province)
    if fine:
        spend(province, purse, amount)
        assert balance(purse) == 30
        return
    with pytest.raises(Refused) as refused:
        spend(province, purse, amount)
    [reason] = refused.value.reasons
    assert (reason.field, reason.clause) == ("amount", "KH IV.3.2")
    assert "đã giữ 30 đồng cho quyết định khen thưởng: chỉ chi được 70 đồng" in reason.text
    assert balance(purse) == 100
    holding.hold(purse, -30)  # the control: nobody holds it any more
    spend(province, purse, 100)
    assert balance(purse) == 0


@pytest.mark.parametrize(("amount", "fine"), [(70, True), (71, False)])
def test_passing_on_to_another_award_fund_leaves_it_too(province: Province, amount: int, fine: bool) -> None:
    purse, other = award(province), fund(province, "commune", FundKind.AWARD)
    pass_on = partial(actions.transfer, purse, other, amount, told(), by=province.seats["board"], on=DAY)
    if fine:
        pass_on()
        assert (balance(purse), balance(other)) == (30, 70)
        return
    with pytest.raises(Refused, match="chỉ chi được 70 đồng"):
        pass_on()


def test_where_more_is_held_than_there_is_nothing_is_free(province: Province) -> None:
    purse = award(province)
    holding.hold(purse, 500)
    with pytest.raises(Refused, match="chỉ chi được 0 đồng"):
        spend(province, purse, 1)
    assert holding.money_of(purse).free == 0


def test_a_wrong_receipt_is_taken_back_also_where_it_is_held(province: Province) -> None:
    """It says that the money was never there."""
    purse = award(province)
    wrong = Transfer.objects.get()
    actions.counter(wrong, reason="Ghi nhầm năm ngân sách", key="k" * 20, by=province.seats["board"], on=DAY)
    assert balance(purse) == 0
    assert checking.faults() == []


def test_the_page_and_the_form_say_what_is_held_and_what_is_free(province: Province) -> None:
    purse, client = award(province), province.client("board")
    said = unescape(client.get(f"/quy/{purse.pk}/").content.decode()).replace("\xa0", " ")
    assert "đã giữ cho quyết định khen thưởng" in said
    assert "còn chi được ở sổ này" in said
    form = unescape(client.get(f"/quy/{purse.pk}/chi/").content.decode()).replace("\xa0", " ")
    assert "đã giữ 30 đ cho quyết định khen thưởng" in form
    refused = post_form(client, f"/quy/{purse.pk}/chi/", PAID)
    assert refused.status_code == 422
    assert "chỉ chi được 70 đồng" in refused.content.decode()
    assert post_form(client, f"/quy/{purse.pk}/chi/", {**PAID, "amount": "70"}).status_code == 302
    front = fund(province)
    give(province, front, 100)
    assert "đã giữ" not in province.client("front").get(f"/quy/{front.pk}/").content.decode()


def test_a_payment_sent_twice_is_one_also_where_the_first_took_what_was_free(province: Province) -> None:
    purse, client = award(province), province.client("board")
    page = client.get(f"/quy/{purse.pk}/chi/").content.decode()
    key = page.split('name="_key" value="')[1].split('"')[0]
    for _ in range(2):
        answer = client.post(f"/quy/{purse.pk}/chi/", {**PAID, "amount": "70", "_key": key})
        assert answer.status_code == 302
    assert balance(purse) == 30


# --- what the database refuses ---


def test_only_money_is_held_and_never_less_than_none(province: Province) -> None:
    purse = award(province)
    income = Balance.objects.filter(is_money=False)
    with pytest.raises(IntegrityError, match="only_money_is_held"), transaction.atomic():
        income.update(held=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        holding.hold(purse, -31)
    assert holding.money_of(purse).held == 30


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_pay_30_by_hand_out_of_100_with_30_held_two_do(settings: object) -> None:
    p = build()
    purse = award(p)
    told_of = together(*[partial(spend, p, purse, 30) for _ in range(8)])
    assert told_of.count("done") == 2, told_of
    assert balance(purse) == 40
    assert checking.faults() == []


@pytest.mark.django_db(transaction=True)
def test_whoever_holds_money_does_it_in_the_transaction_of_an_act() -> None:
    with pytest.raises(RuntimeError, match="needs the transaction"):
        holding.hold(1, 5)


def test_without_the_guard_what_is_held_would_be_spent(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    purse = award(province)
    monkeypatch.setattr(posting, "spend", lambda key, went: posting.move(key, 0, went))
    spend(province, purse, 100)
    assert balance(purse) == 0
