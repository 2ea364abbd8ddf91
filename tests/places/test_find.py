"""Names are ambiguous: whoever asks with too little gets every candidate, and nobody guesses."""

from datetime import date

import pytest

from chungtay.places.kinds import Kind, kind_of, split_kind
from chungtay.places.models import Place, PlaceVersion

pytestmark = pytest.mark.django_db

DAY = date(2017, 10, 15)


def keys(kind: str, name: str, district: str, day: date = DAY) -> set[str]:
    return set(Place.objects.by_name(kind, name, district, day).values_list("key", flat=True))


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Bình An", {"kg-30808": "Kiên Lương", "kg-30898": "Châu Thành"}),
        ("Thạnh Lộc", {"kg-30901": "Châu Thành", "kg-30913": "Giồng Riềng"}),
        ("Vĩnh Phú", {"kg-30791": "Giang Thành", "kg-30947": "Giồng Riềng"}),
    ],
)
def test_two_communes_of_one_name_are_told_apart_by_the_district(
    places: None, name: str, candidates: dict[str, str]
) -> None:
    assert keys("", name, "") == set(candidates)
    assert keys("xa", name, "") == set(candidates)
    for key, district in candidates.items():
        assert keys("", name, district) == {key}
        assert keys("xa", name, f"huyện {district}") == {key}
    assert keys("xa", name, "Gò Quao") == set()


def test_the_town_and_the_commune_vinh_thuan_in_one_district_are_told_apart_by_the_kind(places: None) -> None:
    assert keys("", "Vĩnh Thuận", "Vĩnh Thuận") == {"kg-31051", "kg-31069"}
    assert keys("thi_tran", "Vĩnh Thuận", "Vĩnh Thuận") == {"kg-31051"}
    assert keys("xa", "Vĩnh Thuận", "Vĩnh Thuận") == {"kg-31069"}
    assert keys("", "Vĩnh Thuận", "") == {"kg-910", "kg-31051", "kg-31069"}
    assert keys("", "Huyện Vĩnh Thuận", "") == {"kg-910"}


@pytest.mark.parametrize(
    "name", ["Xã Tân Hòa", "xã Tân Hoà", "XA TAN HOA", "xa\u0303 Ta\u0302n Ho\u0300a", "  Xã  Tân Hòa "]
)
def test_a_name_is_found_with_wrong_accents_old_spelling_or_none(places: None, name: str) -> None:
    assert keys("", name, "Tân Hiệp") == {"kg-30860"}


def test_a_name_is_asked_as_of_a_day(places: None) -> None:
    assert keys("", "Phường Rạch Giá", "", date(2025, 6, 30)) == set()
    assert keys("", "Phường Rạch Giá", "", date(2025, 7, 1)) == {"ag-30742"}
    assert keys("phuong", "Vĩnh Thanh Vân", "TP Rạch Giá", date(2024, 11, 30)) == {"kg-30730"}
    assert keys("phuong", "Vĩnh Thanh Vân", "TP Rạch Giá", date(2024, 12, 1)) == {"kg-30742-2024"}


def test_a_kind_that_does_not_exist_finds_nothing_instead_of_everything(places: None) -> None:
    assert keys("quận", "Bình An", "") == set()


def test_no_two_units_of_one_district_share_kind_and_name_even_without_accents(places: None) -> None:
    for day in (DAY, date(2020, 12, 31), date(2025, 1, 4), date(2025, 7, 1)):
        names = list(PlaceVersion.objects.as_of(day).values_list("kind", "name_folded", "parent"))
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vinh bao", {"kg-30742"}),
        ("bao vinh", {"kg-30742"}),
        ("xa binh an", {"kg-30808", "kg-30898", "ag-30898"}),
        ("thị trấn vĩnh thuận", {"kg-31051"}),
        ("30742", {"kg-30742", "kg-30742-2024", "ag-30742"}),
        ("tp ha tien", {"kg-900"}),
        ("dac khu", {"ag-31078", "ag-31105", "ag-31108"}),
        ("Đảo Không Tên", set()),
        ("  ", set()),
    ],
)
def test_search_finds_every_unit_that_ever_bore_the_name_or_code(places: None, text: str, found: set[str]) -> None:
    assert set(Place.objects.search(text).values_list("key", flat=True)) == found


def test_search_can_be_narrowed_to_a_day(places: None) -> None:
    found = Place.objects.as_of(date(2025, 7, 1)).search("rach gia")
    assert [place.version.full_name for place in found] == ["Phường Rạch Giá"]


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Thị trấn Thứ Ba", Kind.THI_TRAN, "thu ba"),
        ("TT. Thứ Ba", Kind.THI_TRAN, "thu ba"),
        ("Khu phố 3", Kind.KHU_PHO, "3"),
        ("An Biên", None, "an bien"),
        ("Xã", Kind.XA, ""),
    ],
)
def test_the_kind_in_front_of_a_name_is_told_from_the_name(text: str, kind: Kind | None, rest: str) -> None:
    assert split_kind(text) == (kind, rest)


def test_a_kind_is_known_by_its_value_its_word_and_its_short_form() -> None:
    assert {kind_of("thanh_pho"), kind_of("Thành phố"), kind_of("TP.")} == {Kind.THANH_PHO}
    assert kind_of("quận") is None
