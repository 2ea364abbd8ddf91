"""Lists of households and of people that a commune hands in as spreadsheets."""

from collections.abc import Iterable
from typing import Any

import pytest

from chungtay.households import lists, lists_of_people, writing
from chungtay.households.models import Apart, Household, Member
from chungtay.records import journal
from chungtay.sheets import accepting, actions, registry
from chungtay.sheets.layouts import Accepted, Flaw, Staged
from chungtay.sheets.models import Row
from tests.households.make import household, member, person
from tests.make import TODAY, Province
from tests.sheets import lists as books

HEADINGS = ["STT", "Họ và tên chủ hộ", "Nam/Nữ", "Năm sinh", "Dân tộc", "Số CMND", "Số khẩu", "Ấp", "Người có công"]
SOL = [1, "Danh Sol", "Nam", "05/03/1970", "Khơ me", "371234567", 4, "Ấp Hòa Tiến", "x"]
BA = [2, "Trần Văn Ba", "nam", 1965, "Kinh", None, 1, "Ấp Vạn Thanh", None]
PEOPLE = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc", "CCCD"]


def told(**more: Any) -> dict[str, Any]:
    """The values of a row of the list of households, as the staging reads them."""
    values = {
        "name": "Danh Sol", "gender": "m", "birth": "1970", "ethnicity": "Khmer", "id_number": None, "persons": 3,
        "hamlet": "Ấp Hòa Tiến", "commune": None, "address": None, "no_labour": None, "merit": None,
    }  # fmt: skip
    return {**values, **more}


def flaws(province: Province, *rows: dict[str, Any], seat: str = "commune") -> list[Flaw]:
    """What the list of households asks about these rows."""
    check = lists.households_layout(province.seats[seat], TODAY).check
    assert check is not None
    return [flaw for _, flaw in check([Staged(0, n, values) for n, values in enumerate(rows)])]


def write(
    province: Province, *rows: dict[str, Any], answers: Iterable[dict[str, str]] = (), seat: str = "commune"
) -> Any:
    writer = lists.households_writer(province.seats[seat], TODAY)
    given = [*answers, *({} for _ in rows)]
    return writer([Accepted(n, 0, n, values, given[n]) for n, values in enumerate(rows)])


def taken_in(province: Province, layout: Any, writer: Any, headings: list[str], *rows: list[Any]) -> Any:
    """A workbook handed in, its good rows approved and taken in."""
    upload = books.staged(province, books.book([headings, *rows]), layout)
    if upload.good:
        accepting.approve(upload, by=province.seats["commune"], on=TODAY)
        accepting.accept(upload, layout=layout, writer=writer)
    return upload


def test_a_list_of_households_becomes_households(province: Province) -> None:
    seat = province.seats["commune"]
    layout, writer = lists.households_layout(seat, TODAY), lists.households_writer(seat, TODAY)
    upload = taken_in(
        province, layout, writer, HEADINGS, SOL, BA, [3, "Lý Hai", "?", 1960, "Kinh", None, 2, "Ấp 1", None]
    )
    assert (upload.accepted, upload.bad) == (2, 1)
    sol, ba = Household.objects.order_by("id")
    assert (sol.code, sol.head_name, sol.persons, sol.unnamed, sol.minority, sol.merit) == (
        "30847-00001", "Danh Sol", 4, 3, True, True,
    )  # fmt: skip
    head = sol.members.get()
    assert (f"{head.born_on:%d/%m/%Y}", head.ethnicity, head.id_number, head.relation) == (
        "05/03/1970", "Khmer", "371234567", "head",
    )  # fmt: skip
    assert (ba.hamlet, ba.persons, ba.members.get().born_on, ba.members.get().birth_year) == (
        "Ấp Vạn Thanh", 1, None, 1965,
    )  # fmt: skip
    assert not journal.faults()


def test_the_same_list_handed_in_again_is_told_as_received_and_writes_nothing(province: Province) -> None:
    seat = province.seats["commune"]
    layout, writer = lists.households_layout(seat, TODAY), lists.households_writer(seat, TODAY)
    taken_in(province, layout, writer, HEADINGS, BA)
    household(province, person("Lý Một"))
    upload = taken_in(province, layout, writer, HEADINGS, BA, SOL)
    assert (upload.accepted, upload.same, upload.doubtful, upload.bad) == (1, 1, 0, 0)
    [row] = Row.objects.filter(upload=upload)
    assert row.faults[0]["sentence"] == "Đã nhận trước đó, không đổi."
    assert Household.objects.count() == 3


def test_a_fixed_workbook_sent_back_is_asked_only_about_what_changed(province: Province) -> None:
    seat = province.seats["commune"]
    layout, writer = lists.households_layout(seat, TODAY), lists.households_writer(seat, TODAY)
    wrong = [3, "Lý Hai", "?", 1960, "Kinh", None, 2, "Ấp Hòa Tiến", None]
    taken_in(province, layout, writer, HEADINGS, SOL, BA, wrong)
    upload = taken_in(province, layout, writer, HEADINGS, SOL, BA, [*wrong[:2], "Nữ", *wrong[3:]])
    assert (upload.accepted, upload.same, upload.doubtful, upload.bad) == (1, 2, 0, 0)
    assert Household.objects.count() == 3


@pytest.mark.parametrize(
    ("place", "value", "state"),
    [(1, "DANH SOL", "same"), (7, "ấp hòa  tiến", "same"), (1, "Danh Sôl", "bad"), (2, "Nữ", "bad"),
     (3, "05/03/1971", "bad"), (4, "Kinh", "bad"), (6, 5, "bad"), (8, "không", "bad"), (5, None, "doubtful")],
)  # fmt: skip
def test_a_row_that_says_anything_else_is_asked_as_before(
    province: Province, place: int, value: Any, state: str
) -> None:
    seat = province.seats["commune"]
    layout, writer = lists.households_layout(seat, TODAY), lists.households_writer(seat, TODAY)
    taken_in(province, layout, writer, HEADINGS, SOL)
    upload = taken_in(province, layout, writer, HEADINGS, [*SOL[:place], value, *SOL[place + 1 :]])
    assert [row.state for row in Row.objects.filter(upload=upload)] == [state]
    assert Household.objects.count() == 1


def test_people_sent_again_are_told_as_received(province: Province) -> None:
    home = household(province, person("Danh Sol", birth_year=1970))
    seat = province.seats["commune"]
    layout, writer = lists_of_people.people_layout(seat, TODAY), lists_of_people.people_writer(seat, TODAY)
    child = [home.code, "Danh Bé", "Con", "Nam", "01/02/2000", "Khmer", "091200000001"]
    assert taken_in(province, layout, writer, PEOPLE, child).accepted == 1
    again = taken_in(province, layout, writer, PEOPLE, child, [home.code, "Danh Út", *child[2:5], "Khmer", ""])
    assert (again.same, again.accepted, again.bad, again.doubtful) == (1, 1, 0, 0)
    other = taken_in(province, layout, writer, PEOPLE, [*child[:2], "Khác", *child[3:]])
    assert (other.same, other.bad) == (0, 1)


def test_a_tick_column_takes_a_plain_no(province: Province) -> None:
    seat = province.seats["commune"]
    layout, writer = lists.households_layout(seat, TODAY), lists.households_writer(seat, TODAY)
    assert taken_in(province, layout, writer, HEADINGS, [*SOL[:8], "không"]).accepted == 1
    assert Household.objects.get().merit is False


@pytest.mark.parametrize(("answer", "households"), [("new", 2), ("same", 1)])
def test_a_question_that_a_person_answered_is_taken_in_as_said(
    province: Province, answer: str, households: int
) -> None:
    old = household(province, person("Trần Văn Ba", birth_year=1965), hamlet="Ấp Vạn Thanh").members.get()
    seat = province.seats["commune"]
    layout, writer = lists.households_layout(seat, TODAY), lists.households_writer(seat, TODAY)
    upload = taken_in(province, layout, writer, HEADINGS, BA)
    [row] = Row.objects.filter(upload=upload)
    said = actions.Decision(actions.AS_READ, answers={"same": "new" if answer == "new" else str(old.pk)})
    actions.decide(row, said, layout=layout, by=seat, on=TODAY, settle=lists.settle)
    upload.refresh_from_db()
    accepting.approve(upload, by=seat, on=TODAY)
    assert accepting.accept(upload, layout=layout, writer=writer).accepted == 1
    assert Household.objects.count() == households
    assert Apart.objects.count() == households - 1


def test_a_taken_number_is_a_fault_and_a_namesake_a_question(province: Province) -> None:
    home = household(province, person("Danh Sol", birth_year=1970, id_number="371234567"))
    by_number, by_name, other_year, other_commune = (
        flaws(province, told(id_number="371234567")),
        flaws(province, told()),
        flaws(province, told(birth="1971")),
        flaws(province, told(), seat="commune_b"),
    )
    assert [(flaw.column, flaw.is_doubtful) for flaw in by_number] == [("id_number", False)]
    assert [(flaw.ask, [answer.key for answer in flaw.answers]) for flaw in by_name] == [
        ("same", [str(home.members.get().pk), "new"])
    ]
    assert (other_year, other_commune) == ([], [])
    assert [flaw.column for flaw in flaws(province, told(name="123"))] == ["name"]


def test_a_number_held_out_of_sight_is_a_fault_that_tells_no_code_and_no_place(province: Province) -> None:
    home = household(province, person("Danh Sol", birth_year=1970, id_number="371234567"))
    [mine] = flaws(province, told(id_number="371234567"))
    [theirs] = flaws(province, told(id_number="371234567"), seat="commune_b")
    assert home.code in mine.sentence
    assert str(home.place) in mine.sentence
    assert theirs.sentence == writing.ELSEWHERE
    other = household(province, person("Thị Hai"), commune="kg-30850", seat="commune_b")
    check = lists_of_people.people_layout(province.seats["commune_b"], TODAY).check
    assert check is not None
    values = {"code": other.code, "head": None, "hamlet": None, "name": "Danh Con", "gender": "m", "birth": "1995",
              "ethnicity": "Khmer", "id_number": "371234567", "relation": "child"}  # fmt: skip
    assert [flaw.sentence for _, flaw in check([Staged(0, 1, values)])] == [writing.ELSEWHERE]


def test_a_person_says_whether_it_is_the_same(province: Province) -> None:
    old = household(province, person("Danh Sol", birth_year=1970)).members.get()
    write(province, told(), answers=[{"same": str(old.pk)}])
    assert Household.objects.count() == 1
    write(province, told(), answers=[{"same": "new"}])
    new = Household.objects.latest("pk").members.get()
    assert list(Apart.objects.values_list("one_id", "other_id")) == [(old.pk, new.pk)]


def test_what_a_person_answered_is_looked_at_again(province: Province) -> None:
    household(province, person("Danh Sol", birth_year=1970, id_number="371234567"))
    row = Staged(0, 1, told(id_number="371234567"))
    [flaw] = lists.settle(row, {})
    assert (flaw.column, flaw.sentence) == ("id_number", writing.TAKEN)
    assert list(lists.settle(row, {"same": "1"})) == []
    assert list(lists.settle(Staged(0, 1, told()), {"same": "new"})) == []


def test_a_row_of_another_commune_is_refused(province: Province) -> None:
    assert write(province, told(commune="kg-30850")) == {0: "Cần ghi xã, phường, thị trấn."}
    write(province, told(commune="kg-30847"))
    assert Household.objects.get().place == province.places["kg-30847"]


# --- people ---


@pytest.fixture
def home(province: Province) -> Household:
    return household(province, person("Danh Sol"), unnamed=2)


def test_a_list_of_people_names_those_who_were_only_counted(province: Province, home: Household) -> None:
    seat = province.seats["commune"]
    layout, writer = lists_of_people.people_layout(seat, TODAY), lists_of_people.people_writer(seat, TODAY)
    rows: list[list[Any]] = [
        [home.code, "Thị Nga", "Vợ", "Nữ", "1972", "Khmer", "091123456789"],
        [home.code, "Danh Con", "con trai", "Nam", "01/02/1995", "Khmer", None],
        [home.code, "Danh Út", "Con", "Nam", "2001", "Khmer", None],
        ["30847-09999", "Ai Đó", "Con", "Nam", "2001", "Khmer", None],
    ]
    upload = taken_in(province, layout, writer, PEOPLE, *rows)
    assert (upload.accepted, upload.bad) == (3, 1)
    home.refresh_from_db()
    assert (home.persons, home.unnamed, home.version) == (4, 0, 2)
    assert member(home, "Thị Nga").relation == "spouse"
    event = home.events.first()
    assert event is not None
    assert (event.kind, event.persons) == ("joined", 1)
    assert not journal.faults()


def test_people_join_only_households_of_the_own_area_that_stand(province: Province, home: Household) -> None:
    values = {"code": home.code, "name": "Danh Con", "gender": "m", "birth": "1995", "ethnicity": "Khmer",
              "id_number": None, "relation": "child"}  # fmt: skip
    row = Accepted(7, 0, 7, values)
    assert lists_of_people.people_writer(province.seats["commune_b"], TODAY)([row]) == {7: "Hộ này không còn trong sổ."}
    assert lists_of_people.people_writer(province.seats["commune"], TODAY)([row]) == {}
    assert Member.objects.filter(name="Danh Con").count() == 1


def test_one_entry_for_all_who_joined(province: Province, home: Household) -> None:
    values = {"code": home.code, "gender": "m", "birth": "1995", "ethnicity": "Khmer", "id_number": None,
              "relation": "child"}  # fmt: skip
    writer = lists_of_people.people_writer(province.seats["commune"], TODAY)
    writer([Accepted(n, 0, n, {**values, "name": f"Danh Con {n}"}) for n in range(5)])
    acts = [entry.act for entry in journal.of(home)]
    assert acts == ["open_household", "add_members"]
    home.refresh_from_db()
    assert (home.persons, home.unnamed) == (6, 0)


HEADED = ["Chủ hộ", "Ấp", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc"]
CON = ["Danh Con", "Con", "Nam", "1995", "Khmer"]


def test_without_a_code_the_head_and_the_hamlet_are_a_question_and_the_answer_is_where_the_person_goes(
    province: Province, home: Household
) -> None:
    other = household(province, person("Danh Sol", birth_year=1950), hamlet="Ấp Vạn Thanh")
    seat = province.seats["commune"]
    layout, writer = lists_of_people.people_layout(seat, TODAY), lists_of_people.people_writer(seat, TODAY)
    upload = taken_in(province, layout, writer, HEADED, ["DANH SOL", "Hòa Tiến", *CON], ["Danh Sol", "", *CON])
    assert (upload.good, upload.doubtful) == (0, 2)
    first, second = Row.objects.filter(upload=upload).order_by("number")
    [asked] = [fault for fault in second.faults if fault.get("ask") == "home"]
    assert "có phải cùng một hộ" in asked["sentence"]
    assert [one["key"] for one in asked["answers"]] == [str(home.pk), str(other.pk)]
    assert home.code in asked["answers"][0]["label"]
    said = actions.Decision(actions.AS_READ, answers={"home": str(other.pk)})
    actions.decide(second, said, layout=layout, by=seat, on=TODAY, settle=lists_of_people.PEOPLE.settle)
    upload.refresh_from_db()
    accepting.approve(upload, by=seat, on=TODAY)
    assert accepting.accept(upload, layout=layout, writer=writer).accepted == 1
    assert [one.household for one in Member.objects.filter(name="Danh Con")] == [other]
    assert first.state == "doubtful"


def test_a_hamlet_that_fits_leaves_only_its_household_to_be_asked_about(province: Province, home: Household) -> None:
    household(province, person("Danh Sol", birth_year=1950), hamlet="Ấp Vạn Thanh")
    check = lists_of_people.people_layout(province.seats["commune"], TODAY).check
    assert check is not None

    def asked(**more: Any) -> list[Flaw]:
        values = {"code": None, "head": "danh sol", "hamlet": "ấp HÒA TIẾN", "name": "Danh Con", "gender": "m",
                  "birth": "1995", "ethnicity": "Khmer", "id_number": None, "relation": "child", **more}  # fmt: skip
        return [flaw for _, flaw in check([Staged(0, 1, values)])]

    [one] = asked()
    assert [answer.key for answer in one.answers] == [str(home.pk)]
    assert [len(flaw.answers) for flaw in asked(hamlet="Ấp Lạ")] == [2]
    assert [(flaw.column, flaw.is_doubtful) for flaw in asked(head="Không Ai")] == [("head", False)]
    assert [flaw.column for flaw in asked(head=None)] == ["code"]
    assert asked(code=home.code) == []
    same = asked(code=home.code, name="Danh Sol", birth=str(home.members.get().birth_year))
    assert [flaw.ask for flaw in same] == ["same"], "a code is no answer to whether the person is known"


def test_both_lists_are_offered_to_the_commune_and_to_nobody_else(province: Province) -> None:
    offered = {one.name: one for one in registry.known().values() if one.name.startswith("danh-sach-")}
    assert set(offered) >= {"danh-sach-ho", "danh-sach-nhan-khau"}
    for one in (lists.HOUSEHOLDS, lists_of_people.PEOPLE):
        assert one in registry.of_desk("commune")
        assert one not in registry.of_desk("district")
        assert one.layout_for(province.seats["commune"], TODAY).name == one.name
