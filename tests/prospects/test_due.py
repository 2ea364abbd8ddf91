"""Who is due in a round: by name at a commune, at once; every line says what it has and what it lacks."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.law.procedure import Desk
from chungtay.nominations import entering
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Discipline, Party
from chungtay.prospects import due, judging, rounds
from chungtay.prospects.due import Asked
from chungtay.prospects.turns import Turn
from tests.make import TODAY, Province
from tests.prospects import people
from tests.prospects.people import NEAR, POOR, escaped, home, registered, reviewed
from tests.reviews.people import locked, row

LIST = "/xet-khen/"


def turns(province: Province, seat: str = "commune", content: str = "a") -> dict[str, Turn]:
    """Every party that the desk's list names, with its turn."""
    by = province.seats[seat]
    chosen = rounds.choose(by, TODAY, {})  # type: ignore[arg-type]
    rows = Party.objects.visible_to(by, TODAY)
    return {line.party.name: line.turn for line in due.whole(by, rows, chosen, Asked(content, None))}


@pytest.mark.clause("KH IV.1.2.a")
def test_a_household_that_left_poverty_and_had_registered_is_due(province: Province) -> None:
    escaped(province)
    assert turns(province) == {"Danh Thị Thoát": Turn.READY}


@pytest.mark.clause("KH IV.1.2.a")
def test_a_household_that_is_still_poor_is_for_a_person_to_look_at(province: Province) -> None:
    party, kept = home(province, "Danh Văn Nghèo")
    reviewed(province, (kept, (POOR, POOR)))
    province.wish(party)
    assert turns(province) == {"Danh Văn Nghèo": Turn.OPEN}


@pytest.mark.clause("KH II.2")
def test_a_household_that_left_poverty_without_its_wish_is_not_due(province: Province) -> None:
    party, kept = home(province, "Danh Văn Quên")
    reviewed(province, (kept, (POOR, people.OUTSIDE)))
    assert turns(province) == {"Danh Văn Quên": Turn.FAR}
    registered(province, party, "a")
    assert turns(province) == {"Danh Văn Quên": Turn.NEAR}


@pytest.mark.clause("KH IV.1.1")
def test_a_discipline_excludes(province: Province) -> None:
    party = escaped(province)
    Discipline.objects.create(party=party, form="reprimand", since=date(2020, 5, 1), source="QĐ 1", recorded_on=TODAY)
    assert turns(province) == {party.name: Turn.EXCLUDED}


def test_whoever_has_a_dossier_in_the_round_is_not_due_until_it_comes_to_nothing(province: Province) -> None:
    party = escaped(province)
    dossier = province.draft(party)
    assert turns(province) == {party.name: Turn.RUNNING}
    type(dossier).objects.filter(pk=dossier.pk).update(state="withdrawn")
    assert turns(province) == {party.name: Turn.READY}


def test_the_list_of_a_commune_opens_at_who_is_due_and_links_to_the_verdict(province: Province) -> None:
    party, poor = escaped(province), province.household("Hộ Chưa Gì")
    page = province.client("commune").get(LIST)
    text = page.content.decode()
    assert page.status_code == 200
    assert party.name in text
    assert poor.name not in text
    assert f"/xet-khen/{party.pk}/?noi-dung=a&amp;dip=yearly&amp;hinh-thuc=province_certificate" in text
    assert "Lập hồ sơ" in text


def standings(province: Province, kind: str, content: str = "a", award: str = "") -> dict[str, list[str]]:
    """The awards of the round that each listed party is due for."""
    by, of = province.seats["commune"], province.round(kind)
    chosen = rounds.choose(by, TODAY, {"dot": str(of.pk)})  # type: ignore[arg-type]
    rows = Party.objects.visible_to(by, TODAY)
    found = due.whole(by, rows, chosen, Asked(content, None, award=award))
    return {line.party.name: [one.award.value for one in line.judged.due_for] for line in found}


@pytest.mark.clause("KH IV.2.1", "KH IV.2.2")
@pytest.mark.parametrize(
    ("kind", "awards"),
    [
        ("yearly", ["province_certificate", "pm_certificate"]),
        ("five_year", ["province_certificate", "pm_certificate"]),
    ],
)
def test_state_awards_are_due_in_every_round_beside_the_provinces_own(
    province: Province, kind: str, awards: list[str]
) -> None:
    party = escaped(province)
    assert standings(province, kind) == {party.name: awards}
    assert standings(province, kind, award="pm_certificate") == {party.name: ["pm_certificate"]}


@pytest.mark.clause("TT 12/2019")
@pytest.mark.parametrize(("day", "awards"), [
    (date(2020, 2, 3), ["province_certificate"]), (date(2019, 12, 31), ["province_certificate", "pm_certificate"]),
])  # fmt: skip
def test_whoever_had_a_state_award_this_year_is_due_for_no_other(
    province: Province, day: date, awards: list[str]
) -> None:
    party = escaped(province)
    told = entering.Told("pm_certificate", "regular", "12/QĐ-TTg", day, "Thủ tướng Chính phủ", "Bản sao")
    row = entering.record_earlier(party, told, by=province.seats["commune"], on=TODAY)
    assert standings(province, "yearly") == {party.name: ["province_certificate", "pm_certificate"]}  # not confirmed
    entering.confirm_earlier(row, by=province.seats["board"], on=TODAY)
    assert standings(province, "yearly") == {party.name: awards}


def test_the_list_says_which_award_a_party_is_due_for_and_may_be_narrowed_to_one(province: Province) -> None:
    escaped(province)
    client = province.client("commune")
    text = client.get(LIST).content.decode()
    assert "Theo hình thức khen" in text
    assert text.count("Đến lượt:") == 2
    assert client.get(f"{LIST}?hinh-thuc=pm_certificate").content.decode().count("Đến lượt:") == 1


def test_more_awards_and_more_parties_ask_the_database_no_more(province: Province) -> None:
    by = province.seats["commune"]
    chosen = rounds.choose(by, TODAY, {})  # type: ignore[arg-type]
    keys = [escaped(province).pk, *(province.household(f"Hộ {n}").pk for n in range(6))]
    counts = []
    for parties, asks in ((keys[:1], chosen.asks("a")[:1]), (keys, chosen.asks("a"))):
        judging.judge(parties, asks, chosen.round)  # the plan is read once a process
        with CaptureQueriesContext(connection) as queries:
            judging.judge(parties, asks, chosen.round)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_short_names_the_criterion_and_may_be_chosen_by_it(province: Province) -> None:
    party, kept = home(province, "Danh Văn Quên")
    reviewed(province, (kept, (POOR, people.OUTSIDE)))
    registered(province, party, "a")
    client = province.client("commune")
    text = client.get(f"{LIST}?luot=thieu-mot").content.decode()
    assert "Thiếu: Hộ có tự nguyện đăng ký thoát nghèo" in text
    assert party.name in client.get(f"{LIST}?luot=thieu-mot&thieu=a.1").content.decode()
    assert party.name not in client.get(f"{LIST}?luot=thieu-mot&thieu=a.3").content.decode()


@pytest.mark.parametrize("desk", ["board", "front", "secretary", "chair"])
def test_a_list_is_no_list_of_the_poor_for_desks_without_the_register(province: Province, desk: str) -> None:
    out, (poor, kept), (near, other) = escaped(province), home(province, "Hộ Nghèo"), home(province, "Hộ Cận")
    assert reviewed_once(province, kept, other)
    for party in (poor, near):
        province.wish(party)
    assert set(turns(province, "commune")) == {out.name, poor.name, near.name}
    assert set(turns(province, "labour")) == {out.name, poor.name, near.name}
    assert set(turns(province, desk)) == {out.name}


def reviewed_once(province: Province, poor: Any, near: Any) -> Any:
    """One household poor, one near-poor that was never poor, by the review of 2017."""
    from_then = [row(poor, POOR), row(near, NEAR)]
    return locked(province, 2017, from_then)


def test_a_commune_lists_its_own_and_a_unit_what_it_manages(province: Province) -> None:
    mine = escaped(province)
    theirs, _ = home(province, "Hộ Xã Khác", "kg-30850")
    staff = province.party(
        "Lê Thị Thủy", PartyKind.PERSON, province.places["kg"], managing_unit=province.bodies["unit"]
    )
    assert set(turns(province, "commune")) == {mine.name}
    assert set(turns(province, "commune_b")) == {theirs.name}
    assert staff.name in turns(province, "unit", "d")
    told = province.client("unit").get(f"{LIST}?nhom=d&luot=tat-ca").content.decode()
    assert staff.name in told
    assert re.search(r'luot=tat-ca"\s+aria-current="page">Tất cả <span class="tab-count">\d+</span>', told)


def test_the_search_box_of_the_frame_stays_empty(province: Province) -> None:
    for seat in ("commune", "board"):
        page = province.client(seat).get(f"{LIST}?luot=thieu-mot")
        assert 'name="q" value=""' in page.content.decode()


def test_another_area_has_no_list(province: Province) -> None:
    assert province.client("commune").get(f"{LIST}?dia-ban=kg-30850").status_code == 404
    assert province.client("unit").get(f"{LIST}?dia-ban=kg-30847").status_code == 404
    assert province.client("district").get(f"{LIST}?dia-ban=kg-30850").status_code == 200


@pytest.mark.parametrize("at_once", [7, 1000])
def test_every_party_stands_on_just_one_page_forward_and_back(
    province: Province, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(due, "SHOWN", 5)
    monkeypatch.setattr(due, "AT_ONCE", at_once)
    made = [province.household(f"Hộ Số {n:02}") for n in range(23)]
    for party in made[::2]:
        province.wish(party)
    by = province.seats["commune"]
    chosen = rounds.choose(by, TODAY, {})  # type: ignore[arg-type]
    rows = Party.objects.visible_to(by, TODAY)
    seen, mark, pages = [], "", 0
    while pages == 0 or mark:
        found = due.listing(by, rows, chosen, Asked("a", Turn.OPEN, after=mark))
        seen += [line.party.pk for line in found.lines]
        mark, pages = found.after, pages + 1
    assert seen == [party.pk for party in made[::2]]
    back: list[int] = []
    mark = str(made[-1].pk)
    while mark:
        found = due.listing(by, rows, chosen, Asked("a", Turn.OPEN, before=mark))
        back = [line.party.pk for line in found.lines] + back
        mark = found.before
    if at_once == 7:  # a short register is cut at the parties that fit, and the last one does
        assert back == [party.pk for party in made[:-1:2]]


def test_a_round_that_is_over_is_judged_by_its_last_day(province: Province) -> None:
    past = province.round("yearly", 2019)
    chosen = rounds.choose(province.seats["board"], TODAY, {"dot": str(past.pk)})  # type: ignore[arg-type]
    assert chosen.on == past.closes
    assert chosen.ask("a").until == date(2019, 12, 15)


def test_the_file_holds_what_the_page_shows(province: Province) -> None:
    party = escaped(province)
    answer = province.client("commune").get("/xet-khen/xuat/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
    assert party.name.encode() in unzipped(answer.content)


def unzipped(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_whoever_keeps_the_machine_sees_nothing_of_it(province: Province) -> None:
    for address in ("", "thu-muc/", "sau-khen/", f"{province.household().pk}/"):
        assert province.client("admin").get(f"/xet-khen/{address}").status_code == 404
    assert Desk.ADMIN not in rounds.ORDER


@pytest.mark.clause("KH II.2.a", "KH II.2.b", "KH II.2.c", "KH II.2.d", "KH II.2.đ", "KH II.2.e")
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("a", "household"), ("b", "community"), ("c", "people_committee_commune"), ("d", "collective"),
        ("dd", "poverty_official"), ("e", "enterprise"),
    ],
)  # fmt: skip
def test_each_group_of_the_plan_is_listed_in_its_own_content_and_registering_moves_it(
    province: Province, content: str, kind: str
) -> None:
    unit, place = province.bodies["commune"], province.places["kg-30847"]
    party = province.party("Đối tượng Mới", kind, place, managing_unit=unit)
    assert turns(province, content=content)[party.name] is Turn.FAR
    registered(province, party, content)
    if content == "a":
        province.wish(party)
    assert turns(province, content=content)[party.name] is Turn.OPEN
    others = [one for one in "abcde" if one != content and party.name in turns(province, content=one)]
    assert others == (["e"] if kind == "household" else [])
