"""Disciplines: who may see and write them; they answer the fifth general criterion (KH IV.1.1)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from chungtay.law.refusals import Refused
from chungtay.parties import actions, answering
from chungtay.parties.models import Discipline, Party
from chungtay.records import journal
from tests.parties.cast import DAY, Cast, at, text_of

RIGHT = {"form": "reprimand", "since": "20/10/2020", "until": "", "source": "Quyết định số 12/QĐ-UBND"}


@pytest.fixture
def party(cast: Cast) -> Party:
    """A household of An's commune."""
    return cast.household()


@pytest.mark.clause("KH IV.1.1")
@pytest.mark.parametrize("key", ["board", "district", "labour"])
def test_the_board_the_district_and_labour_put_a_discipline_on_record(cast: Cast, party: Party, key: str) -> None:
    browser = at(cast.province.seats[key])
    assert browser.send(f"/doi-tuong/{party.pk}/ky-luat/", RIGHT).status_code == 302
    row = Discipline.objects.get()
    assert (row.party, row.since, row.until, row.recorded_on) == (party, DAY, None, DAY)
    assert "Khiển trách" in text_of(browser.get(f"/doi-tuong/{party.pk}/"))
    assert [entry.act for entry in journal.of(party)] == ["record_discipline"]


@pytest.mark.parametrize(
    "key", ["commune", "unit", "front", "office", "secretary", "member", "chair", "auditor", "admin"]
)
def test_other_desks_neither_write_nor_see_one(cast: Cast, party: Party, key: str) -> None:
    actions.put_on_record(
        Discipline(party=party, form="reprimand", since=DAY, source="Quyết định 12"), by=cast.hoa, on=DAY
    )
    browser = at(cast.province.seats[key])
    assert browser.get(f"/doi-tuong/{party.pk}/ky-luat/").status_code == 404
    assert browser.send(f"/doi-tuong/{party.pk}/ky-luat/", RIGHT).status_code == 404
    page = browser.get(f"/doi-tuong/{party.pk}/")
    assert page.status_code in (200, 404)
    for part in ("Khiển trách", "Quyết định 12", "Ghi kỷ luật"):
        assert part not in text_of(page)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"since": "21/10/2020"}, "Ngày kỷ luật ở tương lai"),
        ({"since": "31/02/2020"}, "Không có ngày 31: tháng 2 năm 2020 có 29 ngày"),
        ({"since": ""}, "Cần ghi ngày"),
        ({"since": "20/10/2020", "until": "19/10/2020"}, "Ngày hết hiệu lực phải từ ngày bắt đầu trở đi"),
        ({"form": "x"}, "Hãy chọn trong danh sách"),
        ({"source": ""}, "Cần ghi văn bản làm căn cứ"),
    ],
)
def test_a_wrong_one_is_refused_in_words(cast: Cast, party: Party, wrong: dict[str, str], words: str) -> None:
    answer = at(cast.hoa).send(f"/doi-tuong/{party.pk}/ky-luat/", {**RIGHT, **wrong})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Discipline.objects.exists()


def test_a_discipline_ends_once_and_stays_on_record(cast: Cast, party: Party) -> None:
    row = actions.put_on_record(
        Discipline(party=party, form="warning", since=date(2020, 1, 1), source="Quyết định 12"), by=cast.hoa, on=DAY
    )
    assert at(cast.hoa).send(f"/doi-tuong/{party.pk}/ky-luat/{row.pk}/het-hieu-luc/").status_code == 302
    row.refresh_from_db()
    assert row.until == DAY
    with pytest.raises(Refused, match="Đã ghi hết hiệu lực ngày 20/10/2020"):
        actions.lift(row, by=cast.hoa, on=DAY, until=DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Discipline.objects.filter(pk=row.pk).update(form="reprimand")
    with pytest.raises(DatabaseError), transaction.atomic():
        Discipline.objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.clause("TT 08/2017")
@pytest.mark.parametrize(
    ("form", "words", "in_force"),
    [("pending", "Từ 19/10/2020, kết thúc ngày 20/10/2020.", False), ("warning", "đến hết 20/10/2020.", True)],
)
def test_the_page_and_the_verdict_agree_on_the_last_day(
    cast: Cast, party: Party, form: str, words: str, in_force: bool
) -> None:
    row = Discipline(party=party, form=form, since=date(2020, 10, 19), source="Quyết định 12")
    row = actions.put_on_record(row, by=cast.hoa, on=DAY)
    actions.lift(row, by=cast.hoa, on=DAY, until=DAY)
    assert words in text_of(at(cast.hoa).get(f"/doi-tuong/{party.pk}/"))
    for day, stands in ((DAY - timedelta(days=1), True), (DAY, in_force), (DAY + timedelta(days=1), False)):
        period = {"since": day, "until": day, "on": day}
        clean = answering.no_discipline([party.pk], **period)[party.pk].value
        free = answering.nothing_pending([party.pk], **period)[party.pk].value
        assert (row.in_force(day), clean and free) == (stands, not stands)


def test_a_matter_is_closed_in_its_own_words(cast: Cast, party: Party) -> None:
    row = Discipline(party=party, form="pending", since=date(2020, 10, 19), source="Quyết định 12")
    row = actions.put_on_record(row, by=cast.hoa, on=DAY)
    browser = at(cast.hoa)
    assert "chưa kết thúc" in text_of(browser.get(f"/doi-tuong/{party.pk}/"))
    browser.send(f"/doi-tuong/{party.pk}/ky-luat/{row.pk}/het-hieu-luc/")
    told = text_of(browser.get(f"/doi-tuong/{party.pk}/"))
    assert "Đã ghi việc này kết thúc hôm nay." in told
    assert "Kỷ luật hết hiệu lực" not in told


def test_a_discipline_does_not_end_before_it_began(cast: Cast, party: Party) -> None:
    row = actions.put_on_record(
        Discipline(party=party, form="warning", since=date(2020, 1, 2), source="Quyết định 12"), by=cast.hoa, on=DAY
    )
    with pytest.raises(Refused, match="từ ngày bắt đầu trở đi"):
        actions.lift(row, by=cast.hoa, on=DAY, until=date(2020, 1, 1))
    assert actions.lift(row, by=cast.hoa, on=DAY, until=date(2020, 1, 2)).until == date(2020, 1, 2)


def test_the_discipline_of_one_party_is_not_ended_through_the_page_of_another(cast: Cast, party: Party) -> None:
    other = cast.household("Hộ khác")
    row = actions.put_on_record(
        Discipline(party=party, form="warning", since=DAY, source="Quyết định 12"), by=cast.hoa, on=DAY
    )
    assert at(cast.hoa).send(f"/doi-tuong/{other.pk}/ky-luat/{row.pk}/het-hieu-luc/").status_code == 404
