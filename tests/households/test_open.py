"""Opening a household: who may, what is asked, what is written."""

from datetime import date, timedelta
from typing import Any

import pytest

from chungtay.households import actions, writing
from chungtay.households.facts import Home, Person
from chungtay.households.models import Apart, Event, Household, Member
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from tests.households.make import OPENED, family, household, person
from tests.make import TODAY, Province

SHARED = "371234567"


def fields(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    """The fields that a refusal names."""
    return {reason.field for reason in refused.value.reasons}


def opening(province: Province, *people: Person, seat: str = "commune", commune: str = "kg-30847", **more: Any) -> Any:
    home = Home(province.places[commune], more.pop("hamlet", "Ấp Hòa Tiến"))
    return actions.open_household(home, people or family("Một"), by=province.seats[seat], on=TODAY, **more)


def test_a_household_gets_the_code_of_its_commune_and_no_code_twice(province: Province) -> None:
    codes = [household(province).code for _ in range(2)]
    assert codes == ["30847-00001", "30847-00002"]
    first = Household.objects.get(code=codes[0])
    actions.close_household(first, "mistake", by=province.seats["commune"], on=TODAY, version=1)
    assert household(province).code == "30847-00003"
    other = household(province, commune="kg-30850", seat="commune_b")
    assert other.code == "30850-00001"


def test_what_was_told_stands_in_the_register(province: Province) -> None:
    made = household(
        province, "Danh  Sol", "Thị Nga", "Danh Con", hamlet=" Ấp  Vạn Thanh ", address="Tổ 4", merit=True, unnamed=2
    )
    made = Household.objects.get(pk=made.pk)
    assert (made.head_name, made.head_folded, made.hamlet) == ("Danh Sol", "danh sol", "Ấp Vạn Thanh")
    assert (made.persons, made.unnamed, made.merit, made.no_labour) == (5, 2, True, False)
    assert (made.opened_on, made.area_path) == (OPENED, province.places["kg-30847"].path)
    assert list(made.members.values_list("relation", "since", "until").order_by("id")) == [
        ("head", OPENED, None), ("spouse", OPENED, None), ("child", OPENED, None),
    ]  # fmt: skip
    event = made.events.get()
    assert (event.kind, event.on, event.persons, event.area_path) == ("opened", OPENED, 5, made.area_path)


def test_names_stand_in_the_journal_only_beside_the_chain(province: Province) -> None:
    made = household(province, "Danh Sol")
    [entry] = journal.of(made)
    assert entry.act == "open_household"
    assert "Danh Sol" not in str(entry.body)
    assert {value.name: value.value for value in entry.values.all()}["head"] == "Danh Sol"


@pytest.mark.parametrize(
    ("people", "minority"),
    [
        ([("head", "Kinh"), ("spouse", "Kinh"), ("child", "Khmer")], False),
        ([("head", "Kinh"), ("spouse", "Hoa")], True),
        ([("head", "khơ me"), ("spouse", "Kinh")], True),
        ([("head", "Kinh"), ("parent", "Khmer")], False),
        ([("head", "Khác")], False),
    ],
)
def test_a_household_is_of_a_minority_by_its_head_or_the_heads_spouse(
    province: Province, people: list[tuple[str, str]], minority: bool
) -> None:
    told = [person(f"Người {n}", relation, ethnicity=of) for n, (relation, of) in enumerate(people)]
    assert household(province, *told).minority is minority


def test_everything_wrong_is_said_at_once_at_its_field(province: Province) -> None:
    people = [
        person("  ", "chief", gender="x", birth_year=None, ethnicity=""),
        person("Lâm", "child", birth_year=2021, id_number="12345", ethnicity="Sao Hỏa"),
        person("Lý", "child", birth_year=1990, born_on=date(1991, 2, 3), id_number="37123456a"),
        person("Lữ", "child", birth_year=1879, identity="cccd", id_number=SHARED),
        person("Liên", "child", id_number="371 234 567"),
        person("Linh", "child", id_number=SHARED),
    ]
    with pytest.raises(Refused) as refused:
        opening(province, *people, hamlet=" ", day=TODAY + timedelta(days=1))
    assert fields(refused) == {
        "hamlet", "day", "person-0-name", "person-0-relation", "person-0-gender", "person-0-birth_year",
        "person-0-ethnicity", "person-1-birth_year", "person-1-id_number", "person-1-ethnicity", "person-2-born_on",
        "person-2-id_number", "person-3-birth_year", "person-3-id_number", "person-4-id_number", "person-5-id_number",
    }  # fmt: skip
    assert not Household.objects.exists()


def test_a_household_has_one_head(province: Province) -> None:
    with pytest.raises(Refused, match="một chủ hộ"):
        opening(province, person(relation="spouse"))
    with pytest.raises(Refused) as refused:
        opening(province, person("Một"), person("Hai"))
    assert fields(refused) == {"person-1-relation"}


@pytest.mark.parametrize(("year", "good"), [(1879, False), (1880, True), (2020, True), (2021, False)])
def test_a_year_of_birth_is_believable(province: Province, year: int, good: bool) -> None:
    if good:
        assert opening(province, person(birth_year=year)).persons == 1
    else:
        with pytest.raises(Refused, match="1880 đến 2020"):
            opening(province, person(birth_year=year))


def test_the_year_follows_from_the_day_of_birth(province: Province) -> None:
    made = opening(province, person(birth_year=None, born_on=date(1984, 5, 6)))
    assert made.members.get().birth_year == 1984
    with pytest.raises(Refused, match="ở tương lai"):
        opening(province, person(birth_year=None, born_on=TODAY + timedelta(days=1)))
    assert opening(province, person(birth_year=None, born_on=TODAY)).persons == 1


@pytest.mark.parametrize(
    ("typed", "kind", "number"),
    [("", "none", ""), ("371.234-567", "cmnd", "371234567"), ("0911 2345 6789", "cccd", "091123456789")],
)
def test_the_kind_of_paper_follows_from_the_digits(province: Province, typed: str, kind: str, number: str) -> None:
    member = opening(province, person(id_number=typed)).members.get()
    assert (member.identity, member.id_number) == (kind, number)


def test_only_the_commune_writes_and_only_for_its_own_area(province: Province) -> None:
    for seat in ("commune_b", "district", "labour", "board", "unit", "admin"):
        with pytest.raises(Refused):
            opening(province, seat=seat)
    with pytest.raises(Refused) as refused:
        opening(province, commune="kg-903")
    assert fields(refused) == {"place"}
    assert opening(province, seat="commune").code == "30847-00001"


def test_a_number_of_a_household_in_sight_is_refused_with_its_code_and_without_the_name(province: Province) -> None:
    held = household(province, person("Trần Văn Kín", id_number=SHARED))
    with pytest.raises(Refused) as refused:
        opening(province, person("Người khác", id_number=SHARED))
    [reason] = refused.value.reasons
    assert reason.field == "person-0-id_number"
    assert held.code in reason.text
    assert "Kín" not in reason.text


def test_a_number_of_a_household_out_of_sight_says_neither_code_nor_place(province: Province) -> None:
    held = household(province, person("Trần Văn Kín", id_number=SHARED), commune="kg-30850", seat="commune_b")
    with pytest.raises(Refused) as refused:
        opening(province, person("Người khác", id_number=SHARED))
    [reason] = refused.value.reasons
    assert (reason.field, reason.text) == ("person-0-id_number", writing.ELSEWHERE)
    for told in (held.code, str(held.place), "Kín", SHARED):
        assert told not in reason.text


def test_a_desk_that_does_not_read_the_register_learns_no_code_of_a_taken_number(province: Province) -> None:
    household(province, person("Trần Văn Kín", id_number=SHARED))
    for seat in ("board", "unit", "admin"):
        found = writing.taken({"id_number": SHARED}, by=province.seats[seat], on=TODAY)
        assert [reason.text for reason in found] == [writing.ELSEWHERE]
    [told] = writing.taken({"id_number": SHARED}, by=province.seats["labour"], on=TODAY)
    assert "30847-00001" in told.text


def test_a_number_is_free_again_when_its_bearer_has_died(province: Province) -> None:
    old = household(province, person("Một", id_number=SHARED), person("Hai", "spouse"))
    head = old.members.get(name="Một")
    actions.member_left(
        head, "died", by=province.seats["commune"], on=TODAY, version=1, new_head=old.members.get(name="Hai")
    )
    assert opening(province, person("Người khác", id_number=SHARED)).persons == 1


def test_two_clerks_who_write_the_same_number_at_once(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    household(province, person("Một", id_number=SHARED))
    monkeypatch.setattr("chungtay.households.writing.taken", lambda numbers, **more: [])
    with pytest.raises(Conflict):
        opening(province, person("Hai", id_number=SHARED))
    assert Household.objects.count() == 1
    assert Member.objects.count() == 1
    assert Event.objects.count() == 1
    assert journal.faults() == []


def test_somebody_told_apart_is_remembered_by_the_person(province: Province) -> None:
    one = household(province, person("Danh Sol"))
    two = household(province, person("Danh Sol"), person("Danh Con", "child"))
    alike = one.members.get()
    three = opening(province, person("danh sol"), different_from=[alike, *two.members.all()])
    from_three = three.members.get().pk
    told = set(Apart.objects.values_list("one_id", "other_id"))
    assert told == {(alike.pk, from_three), (two.members.get(relation="head").pk, from_three)}
