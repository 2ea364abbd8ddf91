"""Joining, leaving, another head, closing and correcting: each verb on both sides."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chungtay.households import actions, correcting, joining
from chungtay.households.facts import Home
from chungtay.households.models import Apart, Household, Member
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from tests.households.make import OPENED, household, member, person
from tests.make import TODAY, Province

LATER = date(2020, 3, 3)


@pytest.fixture
def home(province: Province) -> Household:
    return household(province, "Danh Sol", "Thị Nga", "Danh Con", unnamed=1)


def by(province: Province) -> dict[str, Any]:
    return {"by": province.seats["commune"], "on": TODAY}


def fields(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.field for reason in refused.value.reasons}


def relations(home: Household) -> dict[str, str]:
    return dict(home.members.filter(until__isnull=True).values_list("name", "relation"))


# --- somebody joins ---


def test_a_new_member_is_counted_and_written_in_the_history(province: Province, home: Household) -> None:
    actions.add_member(home, person("Danh Út", "child", birth_year=2020), day=LATER, version=1, **by(province))
    home.refresh_from_db()
    assert (home.persons, home.unnamed, home.version) == (5, 1, 2)
    assert member(home, "Danh Út").since == LATER
    event = home.events.first()
    assert event is not None
    assert (event.kind, event.on, event.persons, event.note) == ("joined", LATER, 1, "Danh Út (con)")
    assert [entry.act for entry in journal.of(home)] == ["open_household", "add_member"]


def test_writing_the_name_of_one_who_was_counted_changes_no_count(province: Province, home: Household) -> None:
    actions.add_member(home, person("Danh Út", "child"), version=1, was_counted=True, **by(province))
    assert (home.persons, home.unnamed) == (4, 0)
    with pytest.raises(Refused) as refused:
        actions.add_member(home, person("Danh Áp", "child"), version=2, was_counted=True, **by(province))
    assert fields(refused) == {"was_counted"}


def test_a_spouse_of_a_minority_makes_a_minority_household(province: Province) -> None:
    home = household(province, person("Trần Văn Ba", ethnicity="Kinh"))
    assert not home.minority
    actions.add_member(home, person("Thị Nga", "spouse"), version=1, **by(province))
    assert home.minority


def test_a_new_member_is_refused_with_everything_at_once(province: Province, home: Household) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_member(
            home, person("", "head", id_number="1"), day=OPENED - timedelta(days=1), version=1, **by(province)
        )
    assert fields(refused) == {"day", "name", "relation", "id_number"}
    actions.add_member(home, person("Danh Út", "child"), day=OPENED, version=1, **by(province))


# --- somebody leaves ---


def test_a_member_who_dies_stays_in_the_history(province: Province, home: Household) -> None:
    child = member(home, "Danh Con")
    actions.member_left(child, "died", day=LATER, version=1, note="bệnh", **by(province))
    child.refresh_from_db()
    home.refresh_from_db()
    assert (child.until, child.left_why) == (LATER, "died")
    assert home.persons == 3
    event = home.events.first()
    assert event is not None
    assert (event.kind, event.persons, event.note) == ("died", 1, "Danh Con (con): bệnh")


def test_when_the_head_dies_the_new_head_is_named_in_the_same_act(province: Province, home: Household) -> None:
    head = member(home, "Danh Sol")
    with pytest.raises(Refused) as refused:
        actions.member_left(head, "died", version=1, **by(province))
    assert fields(refused) == {"new_head"}
    assert relations(home)["Danh Sol"] == "head"
    actions.member_left(head, "died", version=1, new_head=member(home, "Thị Nga"), **by(province))
    assert relations(home) == {"Thị Nga": "head", "Danh Con": "child"}
    home.refresh_from_db()
    assert (home.head_name, home.head_folded, home.persons) == ("Thị Nga", "thi nga", 3)
    assert [event.kind for event in home.events.order_by("id")] == ["opened", "new_head", "died"]
    assert [entry.act for entry in journal.of(home)] == ["open_household", "member_left"]


def test_the_new_head_lives_in_the_household(province: Province, home: Household) -> None:
    other = household(province, "Lý Hai").members.get()
    for heir in (other, member(home, "Danh Sol")):
        with pytest.raises(Refused) as refused:
            actions.member_left(member(home, "Danh Sol"), "died", version=1, new_head=heir, **by(province))
        assert fields(refused) == {"new_head"}


def test_no_new_head_is_named_when_another_leaves(province: Province, home: Household) -> None:
    with pytest.raises(Refused) as refused:
        actions.member_left(
            member(home, "Danh Con"), "moved", version=1, new_head=member(home, "Thị Nga"), **by(province)
        )
    assert fields(refused) == {"new_head"}


@pytest.mark.parametrize(
    ("why", "closed"), [("died", "died"), ("moved", "moved_out"), ("mistake", "mistake")]
)  # fmt: skip
def test_the_household_of_the_last_one_leaves_the_register(province: Province, why: str, closed: str) -> None:
    home = household(province, "Danh Sol")
    actions.member_left(home.members.get(), why, day=LATER, version=1, **by(province))
    home.refresh_from_db()
    assert (home.closed_on, home.closed_why, home.persons) == (LATER, closed, 0)
    assert not Household.objects.standing().exists()


def test_the_last_named_one_does_not_leave_those_without_a_name_behind(province: Province) -> None:
    home = household(province, "Danh Sol", unnamed=2)
    with pytest.raises(Refused, match="2 nhân khẩu chưa ghi tên"):
        actions.member_left(home.members.get(), "died", version=1, **by(province))


def test_nobody_leaves_twice_or_before_coming_or_in_the_future(province: Province, home: Household) -> None:
    child = member(home, "Danh Con")
    for day in (OPENED - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            actions.member_left(child, "moved", day=day, version=1, **by(province))
        assert fields(refused) == {"day"}
    actions.member_left(child, "moved", day=OPENED, version=1, **by(province))
    with pytest.raises(Refused, match="đã rời hộ ngày 01/06/2019"):
        actions.member_left(child, "moved", day=OPENED, version=2, **by(province))


def test_going_to_another_household_is_no_reason_to_type(province: Province, home: Household) -> None:
    for why in ("other_household", "", "bored"):
        with pytest.raises(Refused) as refused:
            actions.member_left(member(home, "Danh Con"), why, version=1, **by(province))
        assert fields(refused) == {"why"}


# --- another head ---


def test_a_son_becomes_head_and_his_parents_are_his_parents(province: Province, home: Household) -> None:
    actions.new_head(home, member(home, "Danh Con"), version=1, **by(province))
    assert relations(home) == {"Danh Con": "head", "Danh Sol": "parent", "Thị Nga": "parent"}
    assert home.head_name == "Danh Con"
    event = home.events.first()
    assert event is not None
    assert (event.kind, event.note) == ("new_head", "Danh Con thay Danh Sol")


def test_the_group_follows_the_new_head(province: Province) -> None:
    home = household(
        province, person("Danh Sol"), person("Trần Văn Ba", "child", ethnicity="Kinh", birth_year=1999)
    )  # fmt: skip
    assert home.minority
    actions.new_head(home, member(home, "Trần Văn Ba"), version=1, **by(province))
    assert not home.minority


def test_only_another_living_member_becomes_head(province: Province, home: Household) -> None:
    child = member(home, "Danh Con")
    actions.member_left(child, "moved", version=1, **by(province))
    for heir in (child, member(home, "Danh Sol")):
        with pytest.raises(Refused) as refused:
            actions.new_head(home, heir, version=2, **by(province))
        assert fields(refused) == {"new_head"}


# --- closing ---


def test_a_closed_household_keeps_its_people_in_the_history(province: Province, home: Household) -> None:
    actions.close_household(home, "moved_out", day=LATER, version=1, note="về Cà Mau", **by(province))
    home.refresh_from_db()
    assert (home.closed_on, home.closed_why, home.persons, home.unnamed) == (LATER, "moved_out", 0, 0)
    assert set(home.members.values_list("until", "left_why")) == {(LATER, "moved")}
    event = home.events.first()
    assert event is not None
    assert (event.kind, event.persons, event.note) == ("moved_out", 4, "Chuyển đi nơi khác: về Cà Mau")


def test_a_household_is_not_closed_before_its_last_member_came(province: Province, home: Household) -> None:
    actions.add_member(home, person("Danh Út", "child"), day=LATER, version=1, **by(province))
    with pytest.raises(Refused) as refused:
        actions.close_household(home, "moved_out", day=LATER - timedelta(days=1), version=2, **by(province))
    assert fields(refused) == {"day"}
    actions.close_household(home, "moved_out", day=LATER, version=2, **by(province))


@pytest.mark.parametrize("why", ["merged", "", "tired"])
def test_merging_is_no_reason_to_close(province: Province, home: Household, why: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.close_household(home, why, version=1, **by(province))
    assert fields(refused) == {"why"}


def test_a_household_closed_by_mistake_comes_back_with_those_who_left_with_it(
    province: Province, home: Household
) -> None:
    actions.member_left(member(home, "Danh Con"), "moved", day=LATER, version=1, **by(province))
    actions.close_household(home, "moved_out", day=TODAY, version=2, **by(province))
    correcting.reopen(home, version=3, note="Ghi nhầm hộ", **by(province))
    home.refresh_from_db()
    assert (home.closed_on, home.closed_why, home.persons, home.unnamed) == (None, "", 2, 0)
    assert relations(home) == {"Danh Sol": "head", "Thị Nga": "spouse"}
    event = home.events.first()
    assert event is not None
    assert (event.kind, event.note) == ("reopened", "Ghi nhầm hộ")


def test_reopening_says_why_and_is_for_what_was_closed(province: Province, home: Household) -> None:
    with pytest.raises(Refused) as refused:
        correcting.reopen(home, version=1, note=" ", **by(province))
    assert fields(refused) == {"", "note"}
    other = household(province, "Lý Hai")
    joining.merge(other, home, version=1, into_version=1, **by(province))
    with pytest.raises(Refused, match="nhập vào hộ khác"):
        correcting.reopen(other, version=2, note="Nhầm", **by(province))


def test_whoever_has_taken_a_number_in_the_meantime_keeps_it(province: Province) -> None:
    home = household(province, person("Danh Sol", id_number="371234567"))
    actions.close_household(home, "moved_out", version=1, **by(province))
    household(province, person("Danh Sol", id_number="371234567"))
    with pytest.raises(Refused, match="đang thuộc một người"):
        correcting.reopen(home, version=2, note="Nhầm", **by(province))


def test_of_two_heads_who_left_on_one_day_the_last_comes_back(province: Province, home: Household) -> None:
    wife = member(home, "Thị Nga")
    actions.member_left(member(home, "Danh Sol"), "moved", version=1, new_head=wife, **by(province))
    actions.close_household(home, "moved_out", version=2, **by(province))
    correcting.reopen(home, version=3, note="Nhầm", **by(province))
    assert relations(home) == {"Thị Nga": "head", "Danh Con": "child"}


# --- correcting ---


def test_a_correction_keeps_what_was_written_before_in_the_journal(province: Province, home: Household) -> None:
    wife = member(home, "Thị Nga")
    told = person("Thị Ngà", "spouse", birth_year=1973, ethnicity="hoa", id_number="091123456789")
    correcting.correct_member(wife, told, version=1, **by(province))
    wife.refresh_from_db()
    assert (wife.name, wife.name_folded, wife.birth_year, wife.ethnicity) == ("Thị Ngà", "thi nga", 1973, "Hoa")
    assert (wife.identity, wife.id_number) == ("cccd", "091123456789")
    entry = journal.of(home).last()
    assert entry is not None
    assert entry.body["fields"] == ["name", "gender", "birth_year", "ethnicity", "identity", "id_number"]
    kept = {value.name: value.value for value in entry.values.all()}
    assert (kept["name (cũ)"], kept["name"]) == ("Thị Nga", "Thị Ngà")
    assert "Ngà" not in str(entry.body)


def test_the_heads_new_name_is_the_households(province: Province, home: Household) -> None:
    correcting.correct_member(
        member(home, "Danh Sol"), person("Đặng Sol", birth_year=1970, ethnicity="Kinh"), version=1, **by(province)
    )
    home.refresh_from_db()
    assert (home.head_name, home.head_folded) == ("Đặng Sol", "dang sol")
    assert home.minority, "the wife is Khmer"


def test_nobody_becomes_head_or_ceases_to_be_by_a_correction(province: Province, home: Household) -> None:
    for name, relation in (("Danh Sol", "parent"), ("Danh Con", "head")):
        with pytest.raises(Refused) as refused:
            correcting.correct_member(member(home, name), person(name, relation), version=1, **by(province))
        assert fields(refused) == {"relation"}


def test_a_number_of_another_is_not_corrected_into(province: Province, home: Household) -> None:
    household(province, person("Lý Hai", id_number="371234567"))
    child = member(home, "Danh Con")
    with pytest.raises(Refused) as refused:
        correcting.correct_member(child, person("Danh Con", "child", id_number="371234567"), version=1, **by(province))
    assert fields(refused) == {"id_number"}


def test_a_number_taken_in_the_meantime_is_a_conflict(
    province: Province, home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    household(province, person("Lý Hai", id_number="371234567"))
    monkeypatch.setattr("chungtay.households.writing.taken", lambda numbers, **more: [])
    child = member(home, "Danh Con")
    with pytest.raises(Conflict):
        correcting.correct_member(child, person("Danh Con", "child", id_number="371234567"), version=1, **by(province))


def test_the_own_number_may_stay_in_a_correction(province: Province) -> None:
    home = household(province, person("Lý Hai", id_number="371234567"))
    told = person("Lý Hải", id_number="371234567")
    assert correcting.correct_member(home.members.get(), told, version=1, **by(province)).name == "Lý Hải"


def test_a_household_is_corrected_but_not_moved(province: Province, home: Household) -> None:
    told = Home(home.place, "Ấp Vạn Thanh", address="Tổ 2", no_labour=True, merit=True, unnamed=3)
    correcting.correct_household(home, told, version=1, **by(province))
    home.refresh_from_db()
    assert (home.hamlet, home.address, home.no_labour, home.merit) == ("Ấp Vạn Thanh", "Tổ 2", True, True)
    assert (home.persons, home.unnamed) == (6, 3)
    event = home.events.first()
    assert event is not None
    assert (event.kind, event.persons) == ("corrected", 2)
    with pytest.raises(Refused, match="Chưa sửa gì"):
        correcting.correct_household(home, told, version=2, **by(province))


def test_a_correction_of_nothing_is_refused(province: Province, home: Household) -> None:
    same = person("Danh Con", "child", birth_year=1995)
    with pytest.raises(Refused, match="Chưa sửa gì"):
        correcting.correct_member(member(home, "Danh Con"), same, version=1, **by(province))


def test_two_who_are_told_apart_stay_so_once(province: Province, home: Household) -> None:
    one, two = member(home, "Danh Con"), household(province, "Danh Con").members.get()
    for first, second in ((two, one), (one, two)):
        correcting.tell_apart(first, second, **by(province))
    assert list(Apart.objects.values_list("one_id", "other_id")) == [(one.pk, two.pk)]
    with pytest.raises(Refused, match="cùng một người"):
        correcting.tell_apart(one, Member.objects.get(pk=one.pk), **by(province))


# --- for every verb ---

VERBS: dict[str, Callable[..., Any]] = {
    "add": lambda h, **k: actions.add_member(h, person("Lý Út", "child"), **k),
    "leave": lambda h, **k: actions.member_left(member(h, "Danh Con"), "died", **k),
    "head": lambda h, **k: actions.new_head(h, member(h, "Danh Con"), **k),
    "close": lambda h, **k: actions.close_household(h, "moved_out", **k),
    "correct": lambda h, **k: correcting.correct_household(h, Home(h.place, "Ấp khác"), **k),
    "correct member": lambda h, **k: correcting.correct_member(
        member(h, "Danh Con"), person("Danh Khác", "child"), **k
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("seat", ["commune_b", "district", "labour", "front", "board", "auditor"])
def test_only_the_desk_of_the_commune_itself_writes(province: Province, home: Household, verb: str, seat: str) -> None:
    with pytest.raises(Refused):
        VERBS[verb](home, by=province.seats[seat], on=TODAY, version=1)
    VERBS[verb](home, version=1, **by(province))


@pytest.mark.parametrize("verb", VERBS)
def test_the_second_of_two_clerks_is_told(province: Province, home: Household, verb: str) -> None:
    stale = Household.objects.get(pk=home.pk)
    correcting.correct_household(home, Home(home.place, "Ấp mới"), version=1, **by(province))
    with pytest.raises(Conflict):
        VERBS[verb](stale, version=1, **by(province))
    with pytest.raises(Conflict):
        VERBS[verb](home, version=1, **by(province))


@pytest.mark.parametrize("verb", [name for name in VERBS if "member" not in name and name not in ("leave", "head")])
def test_a_household_that_is_no_more_is_not_written_about(province: Province, home: Household, verb: str) -> None:
    actions.close_household(home, "moved_out", version=1, **by(province))
    with pytest.raises(Refused, match="đã ra khỏi sổ"):
        VERBS[verb](home, version=2, **by(province))
