"""Every question about places is asked as of a day: the last day before a change and the first day after it."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from chungtay.places.models import DIGITS, Level, NoPlaceThen, Place, PlaceVersion

pytestmark = pytest.mark.django_db

BEFORE_HA_TIEN, HA_TIEN = date(2018, 10, 31), date(2018, 11, 1)
BEFORE_PHU_QUOC, PHU_QUOC = date(2020, 12, 31), date(2021, 1, 1)
BEFORE_VINH_BAO, VINH_BAO_MERGED = date(2024, 11, 30), date(2024, 12, 1)
BEFORE_AN_GIANG, AN_GIANG = date(2025, 6, 30), date(2025, 7, 1)

Get = Callable[[str], Place]


def kinds(day: date) -> dict[str, int]:
    return dict(Counter(place.version.kind for place in Place.objects.communes(day)))


@pytest.mark.parametrize(
    ("day", "districts", "communes"),
    [
        (date(2010, 1, 1), 15, {"xa": 118, "phuong": 15, "thi_tran": 12}),
        (date(2015, 12, 31), 15, {"xa": 118, "phuong": 15, "thi_tran": 12}),
        (date(2017, 10, 15), 15, {"xa": 118, "phuong": 15, "thi_tran": 12}),
        (BEFORE_HA_TIEN, 15, {"xa": 118, "phuong": 15, "thi_tran": 12}),
        (HA_TIEN, 15, {"xa": 117, "phuong": 16, "thi_tran": 12}),
        (date(2020, 2, 25), 15, {"xa": 117, "phuong": 16, "thi_tran": 12}),
        (BEFORE_PHU_QUOC, 15, {"xa": 117, "phuong": 16, "thi_tran": 12}),
        (PHU_QUOC, 15, {"xa": 116, "phuong": 18, "thi_tran": 10}),
        (BEFORE_VINH_BAO, 15, {"xa": 116, "phuong": 18, "thi_tran": 10}),
        (VINH_BAO_MERGED, 15, {"xa": 116, "phuong": 17, "thi_tran": 10}),
        (date(2025, 1, 4), 15, {"xa": 116, "phuong": 17, "thi_tran": 10}),
        (BEFORE_AN_GIANG, 15, {"xa": 116, "phuong": 17, "thi_tran": 10}),
        (AN_GIANG, 0, {"xa": 41, "phuong": 4, "dac_khu": 3}),
    ],
)
def test_the_province_has_so_many_units_on_that_day(
    places: None, day: date, districts: int, communes: dict[str, int]
) -> None:
    assert Place.objects.as_of(day).filter(level=Level.DISTRICT).count() == districts
    assert kinds(day) == communes


def test_there_are_145_communes_in_the_movement_143_before_the_merger_and_48_after_it(places: None) -> None:
    totals = {day: Place.objects.communes(day).count() for day in (date(2017, 10, 15), date(2025, 1, 4), AN_GIANG)}
    assert list(totals.values()) == [145, 143, 48]


def test_nothing_is_known_of_the_day_before_the_first(places: None) -> None:
    assert not Place.objects.as_of(date(2009, 12, 31)).exists()


DISTRICTS_2020 = {
    "899": ("Thành phố Rạch Giá", 11, 0, 1),
    "900": ("Thành phố Hà Tiên", 5, 0, 2),
    "902": ("Huyện Kiên Lương", 0, 1, 7),
    "903": ("Huyện Hòn Đất", 0, 2, 12),
    "904": ("Huyện Tân Hiệp", 0, 1, 10),
    "905": ("Huyện Châu Thành", 0, 1, 9),
    "906": ("Huyện Giồng Riềng", 0, 1, 18),
    "907": ("Huyện Gò Quao", 0, 1, 10),
    "908": ("Huyện An Biên", 0, 1, 8),
    "909": ("Huyện An Minh", 0, 1, 10),
    "910": ("Huyện Vĩnh Thuận", 0, 1, 7),
    "911": ("Huyện Phú Quốc", 0, 2, 8),
    "912": ("Huyện Kiên Hải", 0, 0, 4),
    "913": ("Huyện U Minh Thượng", 0, 0, 6),
    "914": ("Huyện Giang Thành", 0, 0, 5),
}


def test_each_of_the_15_districts_has_its_wards_towns_and_communes_of_2020(places: None) -> None:
    day = date(2020, 2, 25)
    found = {}
    for district in Place.objects.as_of(day).filter(level=Level.DISTRICT):
        inside = Counter(child.version.kind for child in Place.objects.children(district, day))
        found[district.version.code] = (district.name_on(day), inside["phuong"], inside["thi_tran"], inside["xa"])
    assert found == DISTRICTS_2020


@pytest.mark.clause("NQ 573/NQ-UBTVQH14")
def test_my_duc_is_a_commune_of_a_town_and_the_next_day_a_ward_of_a_city(get: Get) -> None:
    my_duc, ha_tien = get("kg-30778"), get("kg-900")
    assert (my_duc.name_on(BEFORE_HA_TIEN), ha_tien.name_on(BEFORE_HA_TIEN)) == ("Xã Mỹ Đức", "Thị xã Hà Tiên")
    assert (my_duc.name_on(HA_TIEN), ha_tien.name_on(HA_TIEN)) == ("Phường Mỹ Đức", "Thành phố Hà Tiên")
    assert my_duc.on(HA_TIEN).assumed == ""


@pytest.mark.clause("NQ 1109/NQ-UBTVQH14")
def test_phu_quoc_becomes_a_city_and_hon_thom_goes_into_an_thoi(get: Get) -> None:
    assert get("kg-911").name_on(BEFORE_PHU_QUOC) == "Huyện Phú Quốc"
    assert get("kg-911").name_on(PHU_QUOC) == "Thành phố Phú Quốc"
    assert get("kg-31081").name_on(BEFORE_PHU_QUOC) == "Thị trấn An Thới"
    assert get("kg-31081").name_on(PHU_QUOC) == "Phường An Thới"
    assert get("kg-31099").name_on(BEFORE_PHU_QUOC) == "Xã Hòn Thơm"
    with pytest.raises(NoPlaceThen, match="01/01/2021"):
        get("kg-31099").name_on(PHU_QUOC)


def test_a_day_that_the_sources_disagree_on_says_so(get: Get) -> None:
    assert "01/3/2021" in get("kg-911").on(PHU_QUOC).assumed


@pytest.mark.parametrize(
    ("day", "key", "name"),
    [
        (date(2016, 1, 1), "kg-30742", "Phường Vĩnh Bảo"),
        (BEFORE_VINH_BAO, "kg-30742", "Phường Vĩnh Bảo"),
        (VINH_BAO_MERGED, "kg-30742-2024", "Phường Vĩnh Thanh Vân"),
        (BEFORE_AN_GIANG, "kg-30742-2024", "Phường Vĩnh Thanh Vân"),
        (AN_GIANG, "ag-30742", "Phường Rạch Giá"),
        (date(2026, 11, 23), "ag-30742", "Phường Rạch Giá"),
    ],
)
def test_code_30742_is_another_unit_at_other_times(places: None, day: date, key: str, name: str) -> None:
    place = Place.objects.by_code("30742", day)
    assert (place.key, place.name_on(day)) == (key, name)


def test_code_91_is_kien_giang_and_then_an_giang(places: None) -> None:
    assert Place.objects.by_code("91", BEFORE_AN_GIANG).key == "kg"
    assert Place.objects.by_code("91", AN_GIANG).key == "ag"


def test_a_code_that_nobody_bears_that_day_is_refused(places: None) -> None:
    assert Place.objects.by_code("30730", BEFORE_VINH_BAO).key == "kg-30730"
    for code, day in (("30730", VINH_BAO_MERGED), ("31099", PHU_QUOC), ("899", AN_GIANG), ("", AN_GIANG)):
        with pytest.raises(NoPlaceThen):
            Place.objects.by_code(code, day)


@pytest.mark.clause("NQ 1654/NQ-UBTVQH15")
def test_143_communes_have_a_successor_among_the_48_and_five_live_on(places: None) -> None:
    before = set(Place.objects.communes(BEFORE_AN_GIANG).values_list("pk", flat=True))
    after = set(Place.objects.communes(AN_GIANG).values_list("pk", flat=True))
    ended = Place.objects.filter(pk__in=before - after)
    successors = {s.successor_id for place in ended for s in place.successions.all()}
    assert len(before & after) == 5
    assert sum(place.successions.count() for place in ended) == 138
    assert successors == after - before


@pytest.mark.clause("NQ 1654/NQ-UBTVQH15")
@pytest.mark.parametrize("code", ["30781", "30811", "30814", "30823", "30826"])
def test_a_commune_that_was_left_alone_is_the_same_unit_under_another_province(get: Get, code: str) -> None:
    place = get(f"kg-{code}")
    assert place.name_on(BEFORE_AN_GIANG) == place.name_on(AN_GIANG)
    assert place.on(BEFORE_AN_GIANG).path.startswith(get("kg").path)
    assert place.on(AN_GIANG).path == f"{get('ag').path}{place.pk:05d}"


@pytest.mark.clause("NQ 1654/NQ-UBTVQH15")
def test_tho_chau_turns_into_a_special_zone(get: Get) -> None:
    (step,) = get("kg-31105").successions.all()
    assert (step.successor.key, step.kind, step.on) == ("ag-31105", "renamed", AN_GIANG)
    assert get("ag-31105").name_on(AN_GIANG) == "Đặc khu Thổ Châu"


def test_the_versions_of_every_life_leave_no_gap_and_no_overlap(places: None) -> None:
    for place in Place.objects.all():
        reached: date | None = place.since
        versions = list(place.versions.order_by("since"))
        for version in versions:
            assert version.since == reached, place.key
            reached = version.until
        assert reached == place.until, place.key
        assert versions, place.key


def test_a_path_is_the_superiors_path_and_the_units_own_digits(places: None) -> None:
    for day in (date(2017, 10, 15), BEFORE_AN_GIANG, AN_GIANG):
        paths = {version.place_id: version.path for version in PlaceVersion.objects.as_of(day)}
        for version in PlaceVersion.objects.as_of(day):
            above = "" if version.parent_id is None else paths[version.parent_id]
            assert version.path == f"{above}{version.place_id:0{DIGITS}d}"


def test_the_list_of_a_day_comes_in_tree_order_with_its_names_in_one_query(
    places: None, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(1):
        names = [place.name_on(HA_TIEN) for place in Place.objects.as_of(HA_TIEN)]
    assert names[0] == "Tỉnh Kiên Giang"
    assert names.index("Phường Mỹ Đức") > names.index("Phường Pháo Đài")
    assert len(names) == 1 + 15 + 145


def test_a_place_says_its_name_and_district_without_a_query(get: Get, django_assert_num_queries: Callable) -> None:
    place = get("kg-30808")
    with django_assert_num_queries(0):
        assert str(place) == "Xã Bình An, Huyện Kiên Lương"


def test_a_place_without_a_version_is_refused_in_words(db: None) -> None:
    place = Place.objects.create(level=Level.COMMUNE, key="moi", since=date(2020, 1, 1))
    with pytest.raises(NoPlaceThen):
        place.on(date(2020, 1, 1))
    with pytest.raises(NoPlaceThen):
        _ = place.path


def test_a_life_is_told_with_its_first_and_its_last_day(get: Get) -> None:
    assert get("kg-30730").life == "có từ 01/01/2010 đến hết 30/11/2024"
    assert get("ag-30742").life == "có từ 01/07/2025 đến nay"
