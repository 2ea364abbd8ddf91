"""Awards from before the system or from others: entered, confirmed by the Board, corrected by new acts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.law.exclusions import Kind, Rule
from chungtay.law.procedure import State
from chungtay.law.refusals import Conflict, Refused
from chungtay.nominations import checklist, entering, facts
from chungtay.nominations.entering import Told
from chungtay.nominations.models import Dossier, EarlierAward
from chungtay.parties.models import Party
from chungtay.records.models import Entry
from tests.house.test_every_address import text_of
from tests.make import TODAY, Province, post_form, upload

CERTIFICATE = Told(
    "province_certificate", "regular", "12/QĐ-UBND", date(2014, 11, 20), "Chủ tịch UBND tỉnh", "Bản sao đã đối chiếu",
    achievement="Giúp đỡ hộ nghèo",
)  # fmt: skip
WRONG = "Ghi nhầm số quyết định."


@pytest.fixture
def person(province: Province) -> Party:
    unit, home = province.bodies["unit"], province.places["kg"]
    return province.party("Lê Thị Thủy", "poverty_official", home, managing_unit=unit)


def record(p: Province, party: Party, seat: str = "board", **more: Any) -> EarlierAward:
    return entering.record_earlier(party, replace(CERTIFICATE, **more), by=p.seats[seat], on=TODAY)


def counted(party: Party) -> list[str]:
    return [one.number for one in facts.awarded([party.pk]).get(party.pk, ())]


@pytest.mark.clause("KH IV.2.1")
def test_the_boards_word_counts_at_once_and_a_units_once_the_board_has_confirmed(
    province: Province, person: Party
) -> None:
    record(province, person)
    waiting = record(province, person, "unit", number="13/QĐ-UBND")
    assert (waiting.is_waiting, counted(person)) == (True, ["12/QĐ-UBND"])
    entering.confirm_earlier(waiting, by=province.seats["board"], on=TODAY)
    assert EarlierAward.objects.get(pk=waiting.pk).counts
    acts = list(Entry.objects.order_by("-seq").values_list("act", flat=True)[:3])
    assert acts == ["confirm_earlier_award", "record_earlier_award", "record_earlier_award"]


@pytest.mark.clause("NĐ 65/2014, Điều 23.1.c", "KH IV.2.1")
def test_the_lower_award_that_a_state_award_asks_for_is_found_in_the_register(
    province: Province, person: Party
) -> None:
    dossier = province.submitted(person, seat="unit", content="dd", award="pm_certificate")

    def rules() -> set[Rule]:
        return {one.finding.rule for one in checklist.of(dossier, on=TODAY).warnings}

    assert Rule.LOWER_FIRST in rules()
    row = record(province, person, "unit")
    assert Rule.LOWER_FIRST in rules()
    entering.confirm_earlier(row, by=province.seats["board"], on=TODAY)
    assert Rule.LOWER_FIRST not in rules()
    entering.strike_earlier(row, by=province.seats["board"], on=TODAY, reason=WRONG)
    assert Rule.LOWER_FIRST in rules()


@pytest.mark.clause("TT 12/2019")
@pytest.mark.parametrize(
    ("way", "day", "blocks"),
    [
        ("regular", date(2020, 1, 1), True),
        ("regular", date(2019, 12, 31), False),
        ("ad_hoc", date(2020, 1, 1), False),
        ("service", date(2020, 1, 1), False),
    ],
)
def test_one_state_award_a_year_looks_at_the_register(
    province: Province, person: Party, way: str, day: date, blocks: bool
) -> None:
    dossier = province.submitted(person, seat="unit", content="dd", award="pm_certificate")
    record(province, person, award="labour_order_3", way=way, decided_on=day)
    found = [one for one in checklist.blocks(dossier, on=TODAY) if "cấp Nhà nước" in one.text]
    assert bool(found) is blocks
    assert bool(list(checklist.blocks_among([dossier], on=TODAY))) is blocks


@pytest.mark.clause("TT 12/2019, Điều 3")
@pytest.mark.parametrize(
    ("content", "until", "kind"),
    [
        ("dd", date(2020, 9, 30), Kind.BLOCK), ("dd", date(2020, 9, 29), Kind.WARN),
        ("", date(2020, 9, 30), Kind.WARN),
    ],
)  # fmt: skip
def test_what_was_rewarded_elsewhere_is_told_by_content_and_period(
    province: Province, person: Party, content: str, until: date, kind: Kind
) -> None:
    dossier = province.submitted(person, seat="unit", content="dd")  # for 01/01/2018 to 30/09/2020
    record(province, person, award="unit_commendation", content=content, since=date(2018, 1, 1), until=until,
           decided_on=date(2020, 10, 1))  # fmt: skip
    (finding,) = (one.finding for one in checklist.of(dossier, on=TODAY).warnings)
    assert finding.kind is kind


def test_everything_that_is_wrong_is_told_at_once(province: Province, person: Party) -> None:
    with pytest.raises(Refused) as refused:
        record(province, person, award="x", way="y", number=" ", issuer="", evidence="",
               decided_on=TODAY + timedelta(days=1), since=date(2014, 1, 1), content="a")  # fmt: skip
    told = {one.field for one in refused.value.reasons}
    assert told == {"award", "way", "number", "issuer", "evidence", "decided_on", "until", "content"}
    for since, until in ((date(2014, 2, 1), date(2014, 1, 1)), (date(2014, 1, 1), date(2014, 11, 21))):
        with pytest.raises(Refused, match=r"Thời gian thành tích|sau ngày quyết định"):
            record(province, person, since=since, until=until)
    assert record(province, person, since=date(2014, 1, 1), until=date(2014, 11, 20)).pk


def test_an_award_stands_once_and_not_beside_the_dossier_that_led_to_it(province: Province, person: Party) -> None:
    first = record(province, person)
    with pytest.raises(Refused, match="đã có trong sổ"):
        record(province, person)
    entering.strike_earlier(first, by=province.seats["board"], on=TODAY, reason=WRONG)
    assert record(province, person).pk
    made = province.submitted(person, seat="unit", content="dd")
    Dossier.objects.filter(pk=made.pk).update(
        state=State.AWARDED.value, state_since=TODAY, code="HS-1", received_on=TODAY, promised_on=TODAY
    )
    with pytest.raises(Refused, match="hồ sơ trong hệ thống"):
        record(province, person, decided_on=TODAY, number="99/QĐ")


@pytest.mark.parametrize(("seat", "may"), [("unit", True), ("board", True), ("commune", False), ("chair", False),
                                           ("front", False), ("secretary", False), ("admin", False)])  # fmt: skip
def test_the_board_and_the_managing_unit_record_and_nobody_else(
    province: Province, person: Party, seat: str, may: bool
) -> None:
    assert entering.may_record(person, province.seats[seat], TODAY) is may
    if not may:
        with pytest.raises(Refused, match="đơn vị quản lý"):
            record(province, person, seat)


def test_only_the_board_confirms_and_a_unit_changes_its_own_until_then(province: Province, person: Party) -> None:
    unit, board = province.seats["unit"], province.seats["board"]
    row = record(province, person, "unit")
    with pytest.raises(Refused, match="Ban Thi đua"):
        entering.confirm_earlier(row, by=unit, on=TODAY)
    row = entering.correct_earlier(row, replace(CERTIFICATE, number="14/QĐ"), by=unit, on=TODAY, reason=WRONG)
    assert (row.corrects is not None, row.counts) == (True, False)
    entering.confirm_earlier(row, by=board, on=TODAY)
    with pytest.raises(Refused, match="khi chưa xác nhận"):
        entering.strike_earlier(row, by=unit, on=TODAY, reason=WRONG)
    with pytest.raises(Conflict):
        entering.confirm_earlier(EarlierAward.objects.get(pk=row.pk), by=board, on=TODAY)
    with pytest.raises(Refused, match="10 ký tự"):
        entering.strike_earlier(row, by=board, on=TODAY, reason="ngắn")
    entering.correct_earlier(row, replace(CERTIFICATE, number="15/QĐ"), by=board, on=TODAY, reason=WRONG)
    assert counted(person) == ["15/QĐ"]
    assert EarlierAward.objects.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""}, {"evidence": ""}, {"award": "x"}, {"way": "x"}, {"since": date(2014, 1, 1)}, {"content": "e"},
        {"since": date(2014, 1, 1), "until": date(2015, 1, 1)}, {"struck_on": TODAY}, {"struck_because": "x"},
    ],
)  # fmt: skip
def test_the_database_refuses_what_says_too_little(province: Province, person: Party, wrong: dict[str, Any]) -> None:
    told = {"award": "pm_certificate", "way": "regular", "number": "1", "decided_on": date(2014, 6, 1), "issuer": "x",
            "evidence": "x", **wrong}  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierAward.objects.create(party=person, unit=province.bodies["unit"], by="ai", on=TODAY, **told)


def test_what_was_recorded_is_never_changed_nor_removed(province: Province, person: Party) -> None:
    row = record(province, person)
    for change in (lambda: EarlierAward.objects.update(number="khác"), row.delete):
        with pytest.raises(Exception, match=r"."), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierAward.objects.create(
            party=person, award=row.award, way="regular", number=row.number, issuer="x", decided_on=row.decided_on,
            evidence="x", unit=row.unit, by="ai", on=TODAY,
        )  # fmt: skip


def test_the_unit_writes_the_board_confirms_and_the_pages_say_so(province: Province, person: Party) -> None:
    unit, board, url = province.client("unit"), province.client("board"), f"/ho-so/khen-da-co/{person.pk}/"
    told = {"award": "pm_certificate", "way": "regular", "number": "77/QĐ-TTg", "decided_on": "02/02/2015",
            "issuer": "Thủ tướng Chính phủ", "evidence": "Bản sao", "content": "", "achievement": "", "since": "",
            "until": ""}  # fmt: skip
    assert post_form(unit, f"{url}ghi/", {**told, "number": ""}).status_code == 422
    assert post_form(unit, f"{url}ghi/", {**told, "file": upload()}).status_code == 302
    row = EarlierAward.objects.get()
    assert "Chờ xác nhận" in unit.get(url).content.decode()
    assert text_of(unit.get(f"/ho-so/khen-da-co/dong/{row.pk}/tep/"))
    assert "77/QĐ-TTg" in board.get("/ho-so/khen-da-co/").content.decode()
    assert post_form(board, f"/ho-so/khen-da-co/dong/{row.pk}/xac-nhan/").status_code == 302
    assert "Được tính" in unit.get(url).content.decode()
    assert "77/QĐ-TTg" not in board.get("/ho-so/khen-da-co/").content.decode()
    assert unit.get(f"/ho-so/khen-da-co/dong/{row.pk}/go/").status_code == 404
    told |= {"number": "78/QĐ-TTg", "reason": WRONG}
    assert post_form(board, f"/ho-so/khen-da-co/dong/{row.pk}/dinh-chinh/", told).status_code == 302
    last = EarlierAward.objects.get(corrects=row)
    assert last.file == row.file
    assert post_form(board, f"/ho-so/khen-da-co/dong/{last.pk}/go/", {"reason": WRONG}).status_code == 302
    assert counted(person) == []
    assert WRONG in unit.get(url).content.decode()
