"""Split, merge and move: people and households go, their history stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chungtay.accounts.models import Notice
from chungtay.households import actions, joining
from chungtay.households.facts import Home
from chungtay.households.models import Event, Household, Member
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from tests.households.make import OPENED, household, member, person
from tests.make import TODAY, Province

DAY = date(2020, 5, 5)


@pytest.fixture
def home(province: Province) -> Household:
    return household(province, "Danh Sol", "Thị Nga", "Danh Con", "Danh Út", unnamed=2)


def by(province: Province, seat: str = "commune") -> dict[str, Any]:
    return {"by": province.seats[seat], "on": TODAY}


def fields(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.field for reason in refused.value.reasons}


def living(home: Household) -> dict[str, str]:
    return dict(home.members.filter(until__isnull=True).values_list("name", "relation"))


def split(province: Province, home: Household, *names: str, **more: Any) -> Household:
    people = [member(home, name) for name in names]
    where = Home(home.place, "Ấp Vạn Thanh", **{k: more.pop(k) for k in ("unnamed", "merit") if k in more})
    told: dict[str, Any] = {"head": people[0] if people else member(home, "Danh Sol"), "day": DAY, "version": 1}
    return joining.split(home, people, where, **{**told, **by(province), **more})


# --- split ---


def test_those_who_split_off_leave_one_household_and_join_another_on_the_same_day(
    province: Province, home: Household
) -> None:
    new = split(province, home, "Danh Con", unnamed=1)
    home.refresh_from_db()
    assert (new.code, new.head_name, new.hamlet, new.persons, new.unnamed) == (
        "30847-00002", "Danh Con", "Ấp Vạn Thanh", 2, 1,
    )  # fmt: skip
    assert (home.persons, home.unnamed, home.version) == (4, 1, 2)
    old_row, new_row = Member.objects.filter(name="Danh Con").order_by("id")
    assert (old_row.until, old_row.left_why, new_row.since) == (DAY, "other_household", DAY)
    assert new_row.person == old_row.pk
    assert new.standing == ""


def test_both_households_tell_the_split(province: Province, home: Household) -> None:
    new = split(province, home, "Danh Con", "Danh Út")
    off, came = Event.objects.filter(kind__in=["split_off", "split_from"]).order_by("kind", "id").reverse()
    assert (off.household, off.other, off.persons, off.note) == (home, new, 2, "Danh Con, Danh Út")
    assert (came.household, came.other, came.on) == (new, home, DAY)
    assert [entry.act for entry in journal.of(home)] == ["open_household", "split_household"]


def test_a_son_with_his_children_is_their_father_in_the_new_household(province: Province) -> None:
    people = [person("Danh Sol"), person("Danh Con", "child"), person("Danh Cháu", "grandchild", birth_year=2015)]
    new = split(province, household(province, *people), "Danh Con", "Danh Cháu")
    assert living(new) == {"Danh Con": "head", "Danh Cháu": "child"}


def test_when_the_head_goes_somebody_leads_those_who_stay(province: Province, home: Household) -> None:
    with pytest.raises(Refused) as refused:
        split(province, home, "Danh Sol")
    assert fields(refused) == {"new_head"}
    split(province, home, "Danh Sol", new_head=member(home, "Thị Nga"))
    home.refresh_from_db()
    assert living(home) == {"Thị Nga": "head", "Danh Con": "child", "Danh Út": "child"}
    assert home.head_name == "Thị Nga"


def test_a_split_is_refused_with_everything_at_once(province: Province, home: Household) -> None:
    with pytest.raises(Refused) as refused:
        split(province, home, "Danh Con", head=member(home, "Danh Út"), unnamed=3, new_head=member(home, "Thị Nga"),
              day=OPENED - timedelta(days=1))  # fmt: skip
    assert fields(refused) == {"head", "unnamed", "new_head", "day"}
    with pytest.raises(Refused) as refused:
        split(province, home)
    assert fields(refused) == {"members"}
    with pytest.raises(Refused, match="còn người ở lại"):
        split(province, home, "Danh Sol", "Thị Nga", "Danh Con", "Danh Út")
    assert Household.objects.count() == 1


def test_nobody_of_another_household_is_split_off(province: Province, home: Household) -> None:
    stranger = household(province, "Lý Hai").members.get()
    with pytest.raises(Refused) as refused:
        joining.split(
            home, [member(home, "Danh Con"), stranger], Home(home.place, "Ấp 1"), head=member(home, "Danh Con"),
            version=1, **by(province),
        )  # fmt: skip
    assert fields(refused) == {"members"}


# --- merge ---


def test_everybody_of_a_merged_household_lives_in_the_other(province: Province, home: Household) -> None:
    widow = household(province, person("Thị Bé", id_number="371234567"), unnamed=1)
    joining.merge(
        widow, home, version=1, into_version=1, day=DAY, relations={widow.members.get().pk: "sibling"}, **by(province)
    )
    widow.refresh_from_db()
    home.refresh_from_db()
    assert (widow.closed_on, widow.closed_why, widow.persons, widow.unnamed) == (DAY, "merged", 0, 0)
    assert (home.persons, home.unnamed) == (8, 3)
    came = member(home, "Thị Bé")
    assert (came.relation, came.id_number, came.since) == ("sibling", "371234567", DAY)
    kinds = dict(Event.objects.filter(on=DAY).values_list("household", "kind"))
    assert kinds == {widow.pk: "merged_into", home.pk: "took_in"}
    assert set(Event.objects.filter(on=DAY).values_list("persons", flat=True)) == {2}


def test_a_member_who_comes_back_is_still_the_same_person(province: Province, home: Household) -> None:
    new = split(province, home, "Danh Con")
    joining.merge(new, home, version=1, into_version=2, **by(province))
    rows = Member.objects.filter(name="Danh Con").order_by("id")
    assert len(rows) == 3
    assert {row.person for row in rows} == {rows[0].pk}


def test_a_household_is_not_merged_into_itself_another_area_or_one_that_is_gone(
    province: Province, home: Household
) -> None:
    with pytest.raises(Refused) as refused:
        joining.merge(home, home, version=1, into_version=1, **by(province))
    assert fields(refused) == {"into"}
    elsewhere = household(province, commune="kg-30850", seat="commune_b")
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        joining.merge(home, elsewhere, version=1, into_version=1, **by(province))
    gone = household(province, "Lý Hai")
    actions.close_household(gone, "moved_out", version=1, **by(province))
    with pytest.raises(Refused, match="đã ra khỏi sổ"):
        joining.merge(home, gone, version=1, into_version=2, **by(province))


def test_a_merged_member_does_not_bring_a_second_head(province: Province, home: Household) -> None:
    other = household(province, "Lý Hai")
    key = other.members.get().pk
    for relation in ("head", "chief"):
        with pytest.raises(Refused) as refused:
            joining.merge(other, home, version=1, into_version=1, relations={key: relation}, **by(province))
        assert fields(refused) == {f"relation-{key}"}


def test_a_marriage_across_peoples_makes_a_minority_household(province: Province) -> None:
    he = household(province, person("Trần Văn Ba", ethnicity="Kinh"))
    she = household(province, person("Thị Nga"))
    joining.merge(
        she, he, version=1, into_version=1, relations={she.members.get().pk: "spouse"}, **by(province)
    )  # fmt: skip
    assert he.minority


# --- move ---


def move(province: Province, home: Household, place: str = "kg-30850", **more: Any) -> Household:
    told: dict[str, Any] = {"hamlet": "Ấp Mới", "address": "", "version": home.version, "day": DAY, **more}
    return joining.move(home, province.places[place], **{**by(province), **told})


def test_a_household_that_moves_keeps_code_people_and_class(province: Province, home: Household) -> None:
    Household.objects.filter(pk=home.pk).update(standing="poor", standing_since=OPENED)
    move(province, home)
    home = Household.objects.get(pk=home.pk)
    assert (home.code, home.persons, home.standing, home.hamlet) == ("30847-00001", 6, "poor", "Ấp Mới")
    assert home.area_path == province.places["kg-30850"].path
    assert set(living(home)) == {"Danh Sol", "Thị Nga", "Danh Con", "Danh Út"}


def test_after_a_move_the_new_commune_sees_all_and_the_old_one_only_what_was(
    province: Province, home: Household
) -> None:
    old, new = province.seats["commune"], province.seats["commune_b"]
    move(province, home)
    assert not Household.objects.visible_to(old, TODAY).exists()
    assert Household.objects.visible_to(new, TODAY).get() == home
    assert set(Event.objects.visible_to(old, TODAY).values_list("kind", flat=True)) == {"opened", "moved_out"}
    assert set(Event.objects.visible_to(new, TODAY).values_list("kind", flat=True)) == {"moved_in"}
    assert set(home.events.values_list("kind", flat=True)) == {"opened", "moved_out", "moved_in"}
    move(province, home, "kg-30847", by=new)
    assert Household.objects.visible_to(old, TODAY).get() == home


def test_the_new_commune_is_told(province: Province, home: Household) -> None:
    move(province, home)
    [notice] = Notice.objects.all()
    assert notice.desk == province.seats["commune_b"].desk
    assert notice.text == "Hộ Danh Sol (30847-00001) chuyển đến Ấp Mới từ Xã Thổ Sơn."
    assert notice.link == f"/ho/{home.pk}/"


def test_a_move_within_the_commune_tells_nobody(province: Province, home: Household) -> None:
    move(province, home, "kg-30847")
    assert not Notice.objects.exists()
    event = home.events.first()
    assert event is not None
    assert (event.kind, event.note) == ("moved", "Ấp Hòa Tiến → Ấp Mới")
    with pytest.raises(Refused) as refused:
        move(province, home, "kg-30847")
    assert fields(refused) == {"hamlet"}


def test_a_household_does_not_move_into_a_district_or_out_of_the_future(province: Province, home: Household) -> None:
    with pytest.raises(Refused) as refused:
        move(province, home, "kg-903", hamlet="", day=TODAY + timedelta(days=1))
    assert fields(refused) == {"place", "hamlet", "day"}


# --- rights and races ---


@pytest.mark.parametrize("seat", ["commune_b", "district", "labour", "front"])
def test_other_desks_neither_split_nor_merge_nor_move(province: Province, home: Household, seat: str) -> None:
    other = household(province, "Lý Hai")
    acts: list[Callable[[], object]] = [
        lambda: split(province, home, "Danh Con", **by(province, seat)),
        lambda: joining.merge(home, other, version=1, into_version=1, **by(province, seat)),
        lambda: move(province, home, **by(province, seat)),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()


def test_whoever_looked_at_an_older_version_is_told(province: Province, home: Household) -> None:
    stale, other = Household.objects.get(pk=home.pk), household(province, "Lý Hai")
    people = [member(stale, "Danh Con")]
    move(province, home, "kg-30847")
    where = Home(home.place, "Ấp 1")
    acts: list[Callable[[], object]] = [
        lambda: joining.split(stale, people, where, head=people[0], version=1, **by(province)),
        lambda: joining.merge(stale, other, version=1, into_version=1, **by(province)),
        lambda: joining.merge(other, stale, version=1, into_version=1, **by(province)),
        lambda: move(province, stale),
    ]
    for act in acts:
        with pytest.raises(Conflict):
            act()
    assert Household.objects.count() == 2
    assert Household.objects.standing().count() == 2
    assert not journal.faults()
