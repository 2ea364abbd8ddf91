"""The pages of the register: who opens them, what stands on them, and each form from the phone to the row."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from chungtay.households import finding
from chungtay.households.models import Apart, Household, Member
from chungtay.law.poverty import Class
from chungtay.records.models import Reading
from tests.households.make import household, member, person
from tests.make import Province, post_form

OPENING = {
    "rows": "2", "hamlet": "Ấp Hòa Tiến", "day": "01/02/2020", "person-0-name": "Danh Sol", "person-0-gender": "m",
    "person-0-birth": "1970", "person-0-ethnicity": "Khmer", "person-1-name": "Thị Nga",
    "person-1-relation": "spouse", "person-1-gender": "f", "person-1-birth": "05/03/1972",
    "person-1-ethnicity": "khơ me", "person-1-id_number": "371 234 567",
}  # fmt: skip


@pytest.fixture
def home(province: Province) -> Household:
    return household(province, "Danh Sol", "Thị Nga", "Danh Con", unnamed=1)


@pytest.fixture
def clerk(province: Province) -> Client:
    return province.client("commune")


def text(answer: Any) -> str:
    """What the page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def sent(client: Client, home: Household, where: str, **data: Any) -> Any:
    version = data.pop("version", home.version)
    return post_form(client, f"/ho/{home.pk}/{where}", {"version": version, "day": "20/10/2020", **data})


# --- the list ---


def test_the_list_is_narrowed_by_name_code_class_group_hamlet_and_whether_it_is_gone(
    province: Province, clerk: Client
) -> None:
    household(province, "Danh Sol Phol", hamlet="Ấp Một", standing="poor")
    household(province, person("Trần Văn Ba", ethnicity="Kinh"), hamlet="Ấp Hai", standing="near_poor", merit=True)
    gone = household(province, "Lý Thị Mất")
    sent(clerk, gone, "ra-khoi-so/", why="moved_out")
    cases = {
        "": ["Trần Văn Ba", "Danh Sol Phol"], "?q=phol": ["Danh Sol Phol"], "?q=PHÓL": ["Danh Sol Phol"],
        "?q=hol": [], "?q=van+b": ["Trần Văn Ba"], "?q=30847-00001": ["Danh Sol Phol"], "?loai=poor": ["Danh Sol Phol"],
        "?loai=poor_all": ["Danh Sol Phol"], "?loai=none": [], "?nhom=merit": ["Trần Văn Ba"],
        "?nhom=minority": ["Danh Sol Phol"], "?ap=%E1%BA%A4p+Hai": ["Trần Văn Ba"], "?ra=1": ["Lý Thị Mất"],
        "?loai=nonsense&nhom=code&xa=x": ["Trần Văn Ba", "Danh Sol Phol"],
    }  # fmt: skip
    for query, names in cases.items():
        page = clerk.get(f"/ho/{query}").content.decode()
        assert re.findall(r'row-link" href="[^"]*">([^<]*)<', page) == names, query


def test_a_district_sees_its_communes_and_narrows_by_one(province: Province) -> None:
    household(province, "Danh Sol")
    household(province, "Lý Hai", commune="kg-30850", seat="commune_b")
    client = province.client("district")
    assert [name in text(client.get("/ho/")) for name in ("Danh Sol", "Lý Hai")] == [True, True]
    one = text(client.get(f"/ho/?xa={province.places['kg-30850'].pk}"))
    assert [name in one for name in ("Danh Sol", "Lý Hai")] == [False, True]
    assert "Ghi hộ mới" not in one


def test_a_long_list_turns_its_pages_by_key(province: Province, clerk: Client) -> None:
    for n in range(52):
        household(province, f"Hộ Số {n:02d}")
    first = clerk.get("/ho/").content.decode()
    found = re.search(r'rel="next" href="([^"]*)"', first)
    assert found
    second = clerk.get("/ho/" + found[1].replace("&amp;", "&")).content.decode()
    names = re.findall(r"Hộ Số \d\d", first) + re.findall(r"Hộ Số \d\d", second)
    assert len(set(names)) == 52


# --- one household ---


def test_the_page_shows_people_history_and_leaves_a_trace(province: Province, home: Household) -> None:
    before = Reading.objects.count()
    page = text(province.client("district").get(f"/ho/{home.pk}/"))
    for said in ("Danh Sol", "Chủ hộ", "Thị Nga", "Khmer", "Ghi vào sổ", "4 người", "Chưa rà soát", "chưa ghi tên"):
        assert said in page, said
    assert "Hiểu theo cách thống kê thường dùng" in page, "what is only assumed is said"
    assert "Tách hộ" not in page, "a district reads"
    assert Reading.objects.count() == before + 1


def test_the_clerk_of_the_commune_is_offered_every_verb(home: Household, clerk: Client) -> None:
    page = text(clerk.get(f"/ho/{home.pk}/"))
    for verb in ("Thêm người", "Sửa", "Đổi chủ hộ", "Tách hộ", "Nhập vào hộ khác", "Chuyển chỗ ở", "Đưa ra khỏi sổ"):
        assert verb in page
    sent(clerk, home, "ra-khoi-so/", why="moved_out", note="về quê")
    page = text(clerk.get(f"/ho/{home.pk}/"))
    assert "Tách hộ" not in page
    assert "Đã rời hộ: 3 người" in page


@pytest.mark.parametrize("desk", ["front", "office", "board", "chair", "auditor", "member", "admin", "unit"])
def test_desks_without_this_work_see_nothing_of_it(province: Province, home: Household, desk: str) -> None:
    client = province.client(desk)
    assert {client.get(url).status_code for url in ("/ho/", f"/ho/{home.pk}/", "/ho/bien-dong/", "/ho/ghi/")} == {404}


# --- opening ---


def test_a_household_is_opened_from_the_form(clerk: Client, province: Province) -> None:
    answer = post_form(clerk, "/ho/ghi/", OPENING)
    home = Household.objects.get()
    assert answer.headers["Location"] == f"/ho/{home.pk}/"
    assert (home.head_name, home.persons, home.minority, f"{home.opened_on:%d/%m/%Y}") == (
        "Danh Sol", 2, True, "01/02/2020",
    )  # fmt: skip
    wife = member(home, "Thị Nga")
    assert (wife.birth_year, f"{wife.born_on:%d/%m/%Y}", wife.ethnicity, wife.identity) == (
        1972, "05/03/1972", "Khmer", "cmnd",
    )  # fmt: skip


def test_one_more_person_is_one_more_block_and_nothing_typed_is_lost(clerk: Client, province: Province) -> None:
    page = post_form(clerk, "/ho/ghi/", {**OPENING, "more": "1", "no_labour": "on"})
    content = page.content.decode()
    assert page.status_code == 200
    assert 'name="person-2-name"' in content
    for typed in ("Danh Sol", "05/03/1972", "371 234 567"):
        assert f'value="{typed}"' in content, typed
    assert re.search(r'<input[^>]*name="no_labour"[^>]*checked', content)
    assert not Household.objects.exists()


def test_blocks_left_empty_are_left_out(clerk: Client, province: Province) -> None:
    blank = {"person-2-name": " ", "person-2-ethnicity": "Kinh", "person-2-birth": ""}
    late = {"person-3-name": "Danh Con", "person-3-relation": "child", "person-3-gender": "m", "person-3-birth": "1999",
            "person-3-ethnicity": "Hoa"}  # fmt: skip
    post_form(clerk, "/ho/ghi/", {**OPENING, "rows": "4", **blank, **late})
    assert list(Household.objects.get().members.values_list("name", flat=True).order_by("id")) == [
        "Danh Sol", "Thị Nga", "Danh Con",
    ]  # fmt: skip


def test_everything_wrong_is_said_at_once_at_the_fields(clerk: Client, province: Province) -> None:
    wrong = {"hamlet": "", "person-0-birth": "abc", "person-0-gender": "", "person-1-relation": "",
             "person-1-ethnicity": "Sao Hỏa", "day": "", "unnamed": "-1"}  # fmt: skip
    page = post_form(clerk, "/ho/ghi/", {**OPENING, **wrong})
    assert page.status_code == 422
    content = page.content.decode()
    for name in ("hamlet", "day", "unnamed", "person-0-birth", "person-0-gender", "person-1-relation",
                 "person-1-ethnicity"):  # fmt: skip
        assert f'id="id_{name}_error"' in content, name
    assert 'value="abc"' in content


def test_a_fault_stands_at_the_block_where_it_was_typed(clerk: Client, province: Province) -> None:
    late = {"person-3-name": "Danh Con", "person-3-relation": "child", "person-3-gender": "m", "person-3-birth": "1999",
            "person-3-ethnicity": "Hoa", "person-3-id_number": "12"}  # fmt: skip
    page = post_form(clerk, "/ho/ghi/", {**OPENING, "rows": "4", **late}).content.decode()
    assert 'id="id_person-3-id_number_error"' in page
    assert 'id="id_person-2-id_number_error"' not in page


def test_a_likeness_is_offered_and_told_apart_before_anything_is_written(clerk: Client, province: Province) -> None:
    old = household(province, person("Danh Sól", birth_year=1970)).members.get()
    page = post_form(clerk, "/ho/ghi/", OPENING)
    assert page.status_code == 422
    assert "trùng tên và năm sinh" in text(page)
    assert Household.objects.count() == 1
    post_form(clerk, "/ho/ghi/", {**OPENING, "khac": str(old.pk)})
    new = member(Household.objects.latest("pk"), "Danh Sol")
    assert list(Apart.objects.values_list("one_id", "other_id")) == [(old.pk, new.pk)]


def test_a_likeness_of_another_commune_is_not_shown(clerk: Client, province: Province) -> None:
    household(province, person("Danh Sol", birth_year=1970), commune="kg-30850", seat="commune_b")
    assert post_form(clerk, "/ho/ghi/", OPENING).status_code == 302


# --- the verbs ---


def test_a_person_is_added_corrected_and_leaves(clerk: Client, home: Household, province: Province) -> None:
    new = {"name": "Danh Út", "relation": "child", "gender": "m", "birth": "2019", "ethnicity": "Khmer"}
    assert sent(clerk, home, "them-nguoi/", was_counted="on", **new).status_code == 302
    home.refresh_from_db()
    assert (home.persons, home.unnamed) == (4, 0)
    youngest = member(home, "Danh Út")
    page = clerk.get(f"/ho/{home.pk}/nguoi/{youngest.pk}/sua/").content.decode()
    assert 'value="2019"' in page
    sent(clerk, home, f"nguoi/{youngest.pk}/sua/", **{**new, "name": "Danh Áp", "birth": "07/08/2019"})
    home.refresh_from_db()
    assert f"{member(home, 'Danh Áp').born_on:%d/%m/%Y}" == "07/08/2019"
    sent(clerk, home, f"nguoi/{youngest.pk}/roi/", why="moved")
    home.refresh_from_db()
    assert home.persons == 3


def test_when_the_head_dies_the_page_asks_who_leads_now(clerk: Client, home: Household) -> None:
    head, wife = member(home, "Danh Sol"), member(home, "Thị Nga")
    page = sent(clerk, home, f"nguoi/{head.pk}/roi/", why="died")
    assert page.status_code == 422
    assert 'id="id_new_head_error"' in page.content.decode()
    assert sent(clerk, home, f"nguoi/{head.pk}/roi/", why="died", new_head=wife.pk).status_code == 302
    home.refresh_from_db()
    assert home.head_name == "Thị Nga"


def test_a_household_is_split_on_its_page(clerk: Client, home: Household) -> None:
    son = member(home, "Danh Con")
    told = {"members": [son.pk], "head": "", "hamlet": "Ấp Tách", "new_hamlet": "Ấp Tách",
            "unnamed": "1"}  # fmt: skip
    assert sent(clerk, home, "tach/", **told).status_code == 302
    new = Household.objects.latest("pk")
    assert (new.head_name, new.persons, new.hamlet) == ("Danh Con", 2, "Ấp Tách")
    page = sent(clerk, new, "tach/", hamlet="", members=[])
    assert page.status_code == 422
    assert 'id="id_hamlet_error"' in page.content.decode()


def test_a_household_is_found_looked_at_and_merged_into(clerk: Client, home: Household, province: Province) -> None:
    other = household(province, "Lý Hai")
    page = clerk.get(f"/ho/{home.pk}/nhap/?q=ly").content.decode()
    assert f"?vao={other.code}" in page
    chosen = f"nhap/?vao={other.code}"
    assert "Nhập vào hộ Lý Hai" in text(clerk.get(f"/ho/{home.pk}/{chosen}"))
    relations = {f"relation-{one.pk}": "sibling" for one in home.members.all()}
    assert sent(clerk, home, chosen, into_version="1", **relations).status_code == 302
    other.refresh_from_db()
    assert other.persons == 5
    assert clerk.get(f"/ho/{home.pk}/nhap/?vao={home.code}").status_code == 404


def test_after_a_move_elsewhere_the_clerk_is_not_sent_to_a_page_that_is_closed(
    clerk: Client, home: Household, province: Province
) -> None:
    place = province.places["kg-30850"]
    answer = sent(clerk, home, "chuyen/", place=place.pk, hamlet="Ấp Mới", address="")
    assert answer.headers["Location"] == "/ho/bien-dong/"
    assert clerk.get(f"/ho/{home.pk}/").status_code == 404
    page = text(clerk.get("/ho/bien-dong/"))
    assert "Danh Sol: đến Ấp Mới, Xã Sơn Kiên" in page
    assert province.client("commune_b").get(f"/ho/{home.pk}/").status_code == 200
    assert "Chuyển đến" in text(province.client("commune_b").get("/ho/bien-dong/?viec=moved_in"))


def test_the_head_the_house_and_its_end_have_pages(clerk: Client, home: Household) -> None:
    sent(clerk, home, "chu-ho/", new_head=member(home, "Danh Con").pk)
    home.refresh_from_db()
    assert home.head_name == "Danh Con"
    sent(clerk, home, "sua/", hamlet="Ấp Khác", new_hamlet="Ấp Khác", merit="on", unnamed="0")
    home.refresh_from_db()
    assert (home.hamlet, home.merit, home.persons) == ("Ấp Khác", True, 3)
    sent(clerk, home, "ra-khoi-so/", why="died")
    home.refresh_from_db()
    assert home.closed_why == "died"


def test_the_second_of_two_clerks_keeps_what_was_typed(clerk: Client, home: Household) -> None:
    sent(clerk, home, "sua/", hamlet="Ấp Một", new_hamlet="Ấp Một", unnamed="1")
    page = sent(clerk, home, "sua/", hamlet="Ấp Hai", new_hamlet="Ấp Hai", unnamed="1", version=1)
    content = page.content.decode()
    assert page.status_code == 409
    assert "Người khác vừa sửa hộ này" in content
    assert 'value="Ấp Hai"' in content
    assert 'name="version" value="2"' in content, "sent again, it is the clerk's own text that stands"


@pytest.mark.parametrize("version", ["", "x", "9" * 12])
def test_a_version_that_is_none_is_a_conflict(clerk: Client, home: Household, version: str) -> None:
    assert sent(clerk, home, "sua/", hamlet="Ấp Hai", new_hamlet="Ấp Hai", version=version).status_code == 409


def test_a_household_that_left_by_mistake_is_written_back(clerk: Client, home: Household) -> None:
    assert "Ghi lại vào sổ" not in text(clerk.get(f"/ho/{home.pk}/"))
    sent(clerk, home, "ra-khoi-so/", why="moved_out")
    home.refresh_from_db()
    assert "Ghi lại vào sổ" in text(clerk.get(f"/ho/{home.pk}/"))
    assert sent(clerk, home, "ghi-lai/", note="").status_code == 422
    assert sent(clerk, home, "ghi-lai/", note="Chọn nhầm hộ").status_code == 302
    home.refresh_from_db()
    assert (home.closed_on, home.persons) == (None, 3)


# --- namesakes ---


def test_namesakes_are_shown_until_somebody_tells_them_apart(
    clerk: Client, home: Household, province: Province
) -> None:
    twin = household(province, person("Danh Con", birth_year=1995)).members.get()
    household(province, person("Danh Con", birth_year=1996))
    household(province, person("Danh Con", birth_year=1995), commune="kg-30850", seat="commune_b")
    page = clerk.get("/ho/nguoi-trung/").content.decode()
    assert page.count("Hai người khác nhau") == 1
    told = {"mot": member(home, "Danh Con").pk, "hai": twin.pk}
    assert post_form(clerk, "/ho/nguoi-trung/khac/", told).status_code == 302
    assert "Không có ai giống nhau" in text(clerk.get("/ho/nguoi-trung/"))


def test_somebody_of_another_area_is_not_told_apart(clerk: Client, home: Household, province: Province) -> None:
    other = household(province, "Lý Hai", commune="kg-30850", seat="commune_b").members.get()
    for hai in (other.pk, "x", ""):
        post_form(clerk, "/ho/nguoi-trung/khac/", {"mot": Member.objects.earliest("pk").pk, "hai": hai})
    assert not Apart.objects.exists()


# --- who it happened to, and which classes there are ---


def test_the_list_of_what_happened_names_who_died_and_not_the_head_of_today(province: Province, clerk: Client) -> None:
    home = household(province, "Bùi Tấn Bé", "Thái Thị Giàu", "Bùi Con")
    heir = member(home, "Thái Thị Giàu")
    sent(clerk, home, f"nguoi/{member(home, 'Bùi Tấn Bé').pk}/roi/", why="died", new_head=heir.pk)
    page = text(clerk.get("/ho/bien-dong/?viec=died"))
    assert "Có người qua đời: Bùi Tấn Bé (chủ hộ)" in page
    assert "qua đời: Thái Thị Giàu" not in page
    assert "Chủ hộ nay là Thái Thị Giàu" in page
    assert "Ghi vào sổ: Thái Thị Giàu" in text(clerk.get("/ho/bien-dong/?viec=opened"))


@pytest.mark.parametrize(
    ("day", "there", "not_there"),
    [
        (date(2016, 1, 1), {"income_poor", "service_poor", "near_poor", "average", "above", "outside"}, {"poor"}),
        (date(2021, 12, 31), {"income_poor", "service_poor"}, {"poor"}),
        (date(2022, 1, 1), {"income_poor", "service_poor", "poor"}, set[str]()),
    ],
)
def test_only_the_classes_of_the_standards_so_far_are_offered(day: date, there: set[str], not_there: set[str]) -> None:
    offered = {key for key, _ in finding.choices(day)}
    assert there | {"poor_all", "none"} <= offered
    assert not not_there & offered


def test_a_day_without_a_standard_has_no_classes() -> None:
    assert finding.classes_on(date(2000, 1, 1)) == frozenset()
    assert Class.POOR in finding.classes_on(date(2022, 1, 1))
    assert Class.INCOME_POOR not in finding.classes_on(date(2022, 1, 1))


def test_the_filter_of_the_register_leaves_out_the_class_of_a_later_standard(province: Province, clerk: Client) -> None:
    page = clerk.get("/ho/").content.decode()
    assert 'value="income_poor"' in page
    assert 'value="poor"' not in page


def test_a_day_to_come_is_told_beside_everything_else_that_is_wrong(province: Province, clerk: Client) -> None:
    wrong = {**OPENING, "day": "31/12/2020", "person-0-gender": "", "person-1-id_number": "12"}
    told = text(post_form(clerk, "/ho/ghi/", wrong))
    for sentence in ("Ngày 31/12/2020 ở tương lai.", "Hãy chọn nam hoặc nữ.", "Số CMND có 9 chữ số"):
        assert sentence in told, sentence
    home = household(province)
    answer = sent(clerk, home, "them-nguoi/", name="", day="31/12/2020")
    for sentence in ("Ngày 31/12/2020 ở tương lai.", "Cần ghi họ và tên."):
        assert sentence in text(answer), sentence
