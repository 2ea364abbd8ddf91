"""Secret ballots on paper: the tellers' count adds up, and what it says is what is closed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.council import actions
from chungtay.council.models import Item
from chungtay.council.roll import Count
from chungtay.law.refusals import NoRule, Refused
from chungtay.records import journal
from tests.council.people import MEETING_DAY, Council

GOOD = Count(issued=13, written=0, yes=11, no=1, blank=1, missing=0, tellers=("Lý Kiểm", "Sơn Đếm"))


def enter(council: Council, item: Item, count: Count) -> Item:
    return actions.enter_count(item, count=count, by=council.secretary, on=MEETING_DAY)


def fields_of(council: Council, item: Item, count: Count) -> set[str]:
    with pytest.raises(Refused) as caught:
        enter(council, item, count)
    return {reason.field for reason in caught.value.reasons}


@pytest.mark.clause("KH IV.2.1")
def test_state_awards_are_voted_in_secret_and_the_provinces_in_the_open(council: Council) -> None:
    dossiers = [council.dossier(award) for award in ("labour_order_3", "pm_certificate", "province_certificate")]
    _, items = council.opened(*dossiers)
    assert [item.is_secret for item in items] == [True, True, False]


def test_a_good_count_is_closed(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    enter(council, item, GOOD)
    assert council.close(item).passed
    assert (item.yes, item.no, item.blank, item.base, item.needed) == (11, 1, 1, 15, 11)
    assert item.tellers == "Lý Kiểm; Sơn Đếm"


def test_ten_yes_of_fifteen_fall_short_in_secret_too(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    enter(council, item, replace(GOOD, yes=10, no=2))
    assert not council.close(item).passed


def test_ballots_sent_to_absent_members_go_into_the_same_box(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    enter(council, item, replace(GOOD, issued=15, written=2, yes=12, missing=1))
    assert council.close(item).written == 2


def test_issued_is_returned_and_missing(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    assert fields_of(council, item, replace(GOOD, issued=12)) == {"issued"}
    assert fields_of(council, item, replace(GOOD, missing=1)) == {"issued"}
    assert enter(council, item, replace(GOOD, yes=10, missing=1)).missing == 1


def test_no_more_ballots_than_voters(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    assert fields_of(council, item, replace(GOOD, issued=14, yes=12)) == {"issued"}
    assert fields_of(council, item, replace(GOOD, issued=16, written=3, yes=14)) == {"written"}


def test_two_tellers_are_two_people(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    assert fields_of(council, item, replace(GOOD, tellers=("Lý Kiểm", " lý kiểm "))) == {"teller_1"}
    assert fields_of(council, item, replace(GOOD, issued=14, tellers=("Lý Kiểm", ""))) == {"issued", "teller_1"}


def test_a_count_can_be_entered_again_until_it_is_closed_and_each_entry_is_kept(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    enter(council, item, replace(GOOD, yes=10, no=2))
    enter(council, item, GOOD)
    council.close(item)
    with pytest.raises(Refused, match="đã có kết quả"):
        enter(council, Item.objects.get(pk=item.pk), GOOD)
    assert [entry.body["yes"] for entry in journal.of(item).filter(act="enter_count")] == [10, 11]


def test_nothing_is_closed_without_a_count_or_with_one_that_no_longer_fits(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    with pytest.raises(Refused, match="Chưa nhập kết quả kiểm phiếu"):
        council.close(item)
    enter(council, item, GOOD)
    council.call(item.meeting, 12)
    with pytest.raises(Refused, match="Phát 13 phiếu tại phiên họp, nhiều hơn 12 thành viên"):
        council.close(item)


def test_hands_and_ballots_are_not_mixed(council: Council) -> None:
    secret, shown = council.voting("pm_certificate"), council.voting()
    with pytest.raises(Refused, match="bỏ phiếu kín bằng phiếu giấy"):
        council.hands(secret, 3)
    with pytest.raises(Refused, match="bỏ phiếu kín bằng phiếu giấy"):
        actions.cast(secret, choice="yes", by=council.seats[council.members[0].pk], on=MEETING_DAY)
    with pytest.raises(Refused, match="biểu quyết công khai"):
        enter(council, shown, GOOD)


def test_the_database_refuses_figures_that_do_not_add_up(council: Council) -> None:
    item = council.voting("pm_certificate", present=13)
    rows = Item.objects.filter(pk=item.pk)
    wrong = (
        {"issued": 13, "yes": 10, "no": 1, "blank": 1, "missing": 0},
        {"passed": True, "yes": 10, "needed": 11},
        {"passed": False, "yes": 11, "needed": 11},
        {"yes": 10, "no": 5, "blank": 1, "base": 15},
        {"state": "closed"},
        {"state": "lost"},
    )
    for figures in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**figures)


@pytest.mark.clause("KH IV.2.3")
def test_the_council_does_not_vote_on_a_commendation(council: Council) -> None:
    dossier = council.dossier("commune_commendation")
    with pytest.raises(Refused, match="Hội đồng tỉnh không bỏ phiếu"):
        council.planned(dossier)


def test_no_rule_before_the_first_one(council: Council) -> None:
    meeting = council.planned()
    dossier = council.dossier()
    dossier.state_since = date(2010, 5, 1)
    actions.change_meeting(
        meeting, title="Phiên cũ", held_on=date(2010, 5, 31), venue="UBND tỉnh", by=council.secretary, on=MEETING_DAY
    )
    with pytest.raises(Refused, match="Không có quy định"):
        actions.list_item(meeting, dossier=dossier, by=council.secretary, on=MEETING_DAY)
    assert issubclass(NoRule, Refused)
