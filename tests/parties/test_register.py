"""A party comes into the register: all that is wrong is said at once, look-alikes are offered, never merged (W1)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Different, Party
from chungtay.records import journal
from tests.parties.cast import DAY, Cast, at, make_party, text_of

ADDRESS = "/doi-tuong/moi/"


def said(cast: Cast, **other: str) -> dict[str, str]:
    """A household, rightly described."""
    return {
        "kind": "household",
        "name": "Danh Thị Mỹ",
        "place": str(cast.commune_a.pk),
        "managing_unit": str(cast.an.desk.body_id),
        "birth_year": "1975",
        **other,
    }


@pytest.mark.clause("KH I.2.a")
@pytest.mark.parametrize("kind", list(PartyKind))
def test_every_kind_of_participant_can_be_registered(cast: Cast, kind: PartyKind) -> None:
    answer = at(cast.an).send(ADDRESS, said(cast, kind=kind.value))
    party = Party.objects.get(name="Danh Thị Mỹ")
    assert answer["Location"] == f"/doi-tuong/{party.pk}/"
    assert (party.kind, party.registered_on, party.area_path) == (kind, DAY, cast.commune_a.path_on(DAY))
    assert [entry.act for entry in journal.of(party)] == ["register_party"]


def test_the_name_is_kept_out_of_the_chain_of_the_journal(cast: Cast) -> None:
    at(cast.an).send(ADDRESS, said(cast))
    (entry,) = journal.of(Party.objects.get(name="Danh Thị Mỹ"))
    assert "Danh" not in str(entry.body)
    assert {value.value for value in entry.values.all()} == {"Danh Thị Mỹ"}


def test_everything_wrong_is_said_at_once_and_what_was_typed_stays(cast: Cast) -> None:
    wrong = {
        "kind": "ghost", "name": "123", "place": str(cast.commune_b.pk), "managing_unit": str(cast.binh.desk.body_id),
        "birth_year": "2021", "id_number": "12345", "phone": "abc", "address": "Giữ chữ này",
    }  # fmt: skip
    answer = at(cast.an).send(ADDRESS, wrong)
    assert answer.status_code == 422
    for part in (
        "Hãy chọn loại trong danh sách", "Tên phải có chữ", "Địa bàn này không thuộc địa bàn của bàn bạn",
        "Đơn vị này không nằm trong địa bàn", "Năm sinh 2021 ở tương lai", "CMND có 9 chữ số", "8 đến 15 chữ số",
        "Giữ chữ này",
    ):  # fmt: skip
        assert part in text_of(answer), part


def test_an_empty_form_names_every_field_that_is_needed(cast: Cast) -> None:
    page = text_of(at(cast.an).send(ADDRESS, {}))
    for part in ("Cần chọn loại đối tượng", "Cần ghi tên đầy đủ", "Cần chọn địa bàn"):
        assert part in page


@pytest.mark.parametrize(
    ("field", "typed", "is_good"),
    [
        ("birth_year", "2020", True),
        ("birth_year", "2021", False),
        ("birth_year", "1900", True),
        ("birth_year", "1899", False),
        ("birth_year", "75", False),
        ("birth_year", "", True),
        ("id_number", "123456789", True),
        ("id_number", "0912 345 678 9", False),
        ("id_number", "091 234 567 890", True),
        ("id_number", "12345678", False),
        ("id_number", "1234567890", False),
        ("id_number", "12345678a", False),
        ("place", "999999", False),
        ("place", "xã nào đó", False),
        ("name", "   ", False),
        ("name", "x" * 251, False),
    ],
)
def test_both_sides_of_what_is_allowed(cast: Cast, field: str, typed: str, is_good: bool) -> None:
    answer = at(cast.an).send(ADDRESS, said(cast, **{field: typed}))
    assert answer.status_code == (302 if is_good else 422)
    assert Party.objects.filter(kind="household").exists() is is_good


def test_a_look_alike_is_offered_with_its_reasons_and_nothing_is_written(cast: Cast) -> None:
    old = cast.household("Danh Thi My", birth_year=1975, id_number="123456789")
    answer = at(cast.an).send(ADDRESS, said(cast, id_number="123456789"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "trùng số CMND/CCCD, trùng tên và cùng địa bàn, trùng năm sinh" in page
    assert f'href="/doi-tuong/{old.pk}/"' in page
    assert Party.objects.filter(kind="household").count() == 1


def test_only_when_each_look_alike_is_told_apart_the_new_one_is_written(cast: Cast) -> None:
    one, two = (cast.household("Danh Thị Mỹ") for _ in range(2))
    browser = at(cast.an)
    half = browser.send(ADDRESS, {**said(cast), "khac": [str(one.pk)]})
    assert half.status_code == 422
    assert f'value="{one.pk}" checked' in text_of(half)
    browser.send(ADDRESS, {**said(cast), "khac": [str(one.pk), str(two.pk)]})
    new = Party.objects.latest("pk")
    assert set(Different.objects.values_list("party", "other")) == {(new.pk, one.pk), (new.pk, two.pk)}


def test_a_look_alike_of_another_commune_is_not_shown_to_this_one(cast: Cast) -> None:
    cast.household("Danh Thị Mỹ", cast.commune_b, id_number="123456789")
    assert at(cast.an).send(ADDRESS, said(cast, id_number="123456789")).status_code == 302


def test_the_same_form_sent_twice_writes_one_party(cast: Cast) -> None:
    browser = at(cast.an)
    answers = [browser.send(ADDRESS, said(cast), key="one-form-one-key-01") for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Party.objects.filter(kind="household").count() == 1


def test_a_unit_writes_only_under_its_own_body(cast: Cast) -> None:
    page = text_of(at(cast.lan).get(ADDRESS))
    assert cast.lan.desk.body.name in page
    assert cast.an.desk.body.name not in page
    answer = at(cast.lan).send(ADDRESS, said(cast))
    assert answer.status_code == 422
    own = {**said(cast), "place": str(cast.lan.desk.place_id), "managing_unit": str(cast.lan.desk.body_id)}
    assert at(cast.lan).send(ADDRESS, own).status_code == 302


def test_a_district_may_name_any_proposing_body_of_its_area(cast: Cast) -> None:
    page = text_of(at(cast.dung).get(ADDRESS))
    assert cast.an.desk.body.name in page
    assert cast.binh.desk.body.name in page
    assert cast.lan.desk.body.name not in page


def test_desks_that_do_not_register_have_no_such_page(cast: Cast) -> None:
    for key in ("office", "secretary", "member", "chair", "auditor", "admin"):
        assert cast.province.client(key).get(ADDRESS).status_code == 404
    assert at(cast.an).get(ADDRESS).status_code == 200


def test_only_people_lead(cast: Cast) -> None:
    assert "Chỉ cá nhân mới là lãnh đạo" in text_of(at(cast.an).send(ADDRESS, said(cast, is_leader="on")))
    assert at(cast.an).send(ADDRESS, said(cast, kind="person", is_leader="on")).status_code == 302


def test_the_list_finds_names_without_accents_and_is_narrowed(cast: Cast) -> None:
    cast.household("Đặng Thị Ngọc Ánh")
    make_party(PartyKind.COMMUNITY, "Ấp Hòa Tiến", cast.commune_a)
    cast.household("Hộ xã khác", cast.commune_b)
    browser = at(cast.an)

    def names(query: str) -> list[bool]:
        page = text_of(browser.get(f"/doi-tuong/?{query}"))
        return [name in page for name in ("Đặng Thị Ngọc Ánh", "Ấp Hòa Tiến", "Hộ xã khác")]

    assert names("") == [True, True, False]
    assert names("q=ngoc anh dang") == [True, False, False]
    assert names("loai=community") == [False, True, False]
    assert names(f"xa={cast.commune_b.pk}") == [False, False, False]
    assert names("loai=rác&xa=rác&trang=rác") == [True, True, False]
    both = text_of(at(cast.dung).get(f"/doi-tuong/?xa={cast.commune_b.pk}"))
    assert "Hộ xã khác" in both
    assert "Đặng Thị Ngọc Ánh" not in both


def test_a_long_list_is_turned_page_by_page_and_back(cast: Cast) -> None:
    for n in range(60):
        cast.household(f"Hộ {n:03}")
    browser = at(cast.an)
    first = browser.get("/doi-tuong/?loai=household")
    following = browser.get(f"/doi-tuong/{first.context['pages']['next']}")
    assert [row["party"].name for row in following.context["rows"]] == [f"Hộ {n:03}" for n in range(50, 60)]
    assert following.context["pages"]["next"] == ""
    back = browser.get(f"/doi-tuong/{following.context['pages']['previous']}")
    assert [row["party"] for row in back.context["rows"]] == [row["party"] for row in first.context["rows"]]


def test_a_list_asks_the_database_the_same_number_of_questions_however_long(cast: Cast) -> None:
    browser = at(cast.an)
    counts = []
    for many in (1, 30):
        for n in range(many):
            cast.household(f"Hộ {many} {n}")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/doi-tuong/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
