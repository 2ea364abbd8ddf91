"""A party is found by what people remember of its name; both databases give what plain Python gives."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.parties import name_index, search
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import Place, PlaceVersion

pytestmark = pytest.mark.django_db
DAY = date(2020, 10, 20)


@pytest.fixture
def place(db: None) -> Place:
    made = Place.objects.create(key="kg", level="province", since=DAY, title="Tỉnh Kiên Giang")
    version = PlaceVersion(place=made, since=DAY, code="91", kind="tinh", name="Kiên Giang", source="test")
    version.fill_derived("")
    version.save()
    return made


def parties(place: Place, names: list[str]) -> list[Party]:
    """Unsaved persons of these names."""
    made = [Party(name=name, kind=PartyKind.PERSON, place=place) for name in names]
    for party in made:
        party.fill_derived(DAY)
    return made


def register(place: Place, *names: str) -> None:
    Party.objects.bulk_create(parties(place, list(names)))


def found(text: str) -> list[str]:
    return list(Party.objects.search(text).order_by("id").values_list("name", flat=True))


def answers(name: str, text: str) -> bool:
    """The whole of search in plain Python: every word but the last as a word, the last as a word's beginning."""
    words, asked = search.searchable(name).split(), search.searchable(text).split()
    if not asked:
        return True
    return set(asked[:-1]) <= set(words) and any(word.startswith(asked[-1]) for word in words)


@pytest.mark.parametrize(
    "typed",
    [
        "Đặng Thị Ngọc Ánh",
        "dang thi ngoc anh",
        "DANG THI",
        unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh"),
        "anh dang",
        "ngoc a",
        "đặng",
        "d",
        "  Đặng,  ánh ",
    ],
)
def test_a_name_is_found_without_accents_in_any_order_and_while_it_is_still_being_typed(
    place: Place, typed: str
) -> None:
    register(place, "Đặng Thị Ngọc Ánh", "Trần Văn Bảy")
    assert found(typed) == ["Đặng Thị Ngọc Ánh"]


@pytest.mark.parametrize("typed", ["dang bay", "ang", "dan thi", "dang thi thi x", "ngoc anh 1"])
def test_a_name_that_lacks_a_word_or_has_it_only_inside_another_is_not_found(place: Place, typed: str) -> None:
    register(place, "Đặng Thị Ngọc Ánh", "Trần Văn Bảy")
    assert found(typed) == []


def test_no_word_at_all_finds_everybody(place: Place) -> None:
    register(place, "Đặng Thị Ngọc Ánh", "Trần Văn Bảy")
    assert len(found("")) == len(found(" ?! ")) == 2


@pytest.mark.parametrize("typed", ["UBND xã Thổ Sơn", "ủy ban nhân dân thổ sơn", "tho son ubnd", "uy ban", "UBND"])
def test_an_abbreviation_finds_the_name_in_full_and_the_name_in_full_finds_the_abbreviation(
    place: Place, typed: str
) -> None:
    register(place, "Ủy ban nhân dân xã Thổ Sơn", "UBND xã Thổ Sơn", "Sở Y tế")
    assert found(typed) == ["Ủy ban nhân dân xã Thổ Sơn", "UBND xã Thổ Sơn"]


@pytest.mark.parametrize(
    "typed", ['"', "a' OR 1=1 --", "a AND b", "NEAR(a b)", "a*", "x:y", "a_b", "%", "\\", "^a", "đ\x00"]
)
def test_the_words_of_a_query_language_are_only_words(place: Place, typed: str) -> None:
    register(place, "An Bình", "A B", "And Or")
    assert found(typed) == [name for name in ("An Bình", "A B", "And Or") if answers(name, typed)]


def test_a_corrected_name_is_found_and_the_old_one_no_more(place: Place) -> None:
    register(place, "Danh Sa Phol", "Danh Ny")
    party = Party.objects.get(name="Danh Sa Phol")
    party.name = "Danh Sa Phal"
    party.fill_derived(DAY)
    party.save()
    assert found("phol") == []
    assert found("danh sa phal") == ["Danh Sa Phal"]
    Party.objects.filter(pk=party.pk).update(name="Sơn Ươl", name_folded=search.searchable("Sơn Ươl"))
    assert found("phal") == []
    assert found("uol son") == ["Sơn Ươl"]


def test_who_is_deleted_or_was_never_committed_is_not_found(place: Place) -> None:
    register(place, "Danh Sa Phol", "Danh Ny")
    Party.objects.get(name="Danh Ny").delete()
    with transaction.atomic():
        register(place, "Danh Rinh")
        transaction.set_rollback(True)
    assert found("danh") == ["Danh Sa Phol"]


def test_search_goes_with_other_conditions_orders_and_joins(place: Place) -> None:
    register(place, "Trần Thị Bé", "Trần Văn Út", "Lê Thị Sáu")
    rows = Party.objects.filter(area_path__gte="0").search("tran").filter(kind=PartyKind.PERSON)
    assert [p.name for p in rows.order_by("-name_folded", "id")[:1]] == ["Trần Văn Út"]
    managed = Party.objects.filter(managing_unit__in=Party.objects.search("tran thi"))
    assert list(managed) == []
    Party.objects.filter(name="Lê Thị Sáu").update(managing_unit=Party.objects.get(name="Trần Thị Bé"))
    assert [p.name for p in managed.all()] == ["Lê Thị Sáu"]


def test_the_names_are_read_anew_where_a_trigger_was_lost(place: Place) -> None:
    register(place, "Trần Thị Bé")
    assert name_index.missing(connection) == []
    lost = name_index.TRIGGERS[connection.vendor][0]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {lost}" + (" ON parties_party" if connection.vendor == "postgresql" else ""))
    register(place, "Lê Thị Kha")
    assert name_index.missing(connection) == [lost]
    name_index.install(connection)
    assert name_index.missing(connection) == []
    assert found("kha") == ["Lê Thị Kha"]
    assert found("tran be") == ["Trần Thị Bé"]


NEAR_MISSES = (
    "Nguyễn",
    "Nguyên",
    "Ngọc",
    "Đặng",
    "Đan",
    "Dân",
    "dạng",
    "Thị",
    "Thi",
    "Thịnh",
    "Văn",
    "Vân",
    "Vạn",
    "An",
)
OTHERS = ("Ánh", "ă", "UBND", "Ủy", "ban", "nhân", "MTTQ", "xã", "1", "12", "12a")
SYLLABLES = st.sampled_from([*NEAR_MISSES, *OTHERS])
NAMES = st.lists(SYLLABLES, min_size=1, max_size=5).map(" ".join)


@st.composite
def queries(draw: st.DrawFn) -> str:
    words = draw(st.lists(SYLLABLES, max_size=4))
    is_begun = draw(st.booleans())
    if words and is_begun:
        words[-1] = words[-1][: draw(st.integers(1, 3))]
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), " ".join(words))


@pytest.mark.parametrize("limits", [(40, 3000), (40, 1), (2, 3000), (2, 1)])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES, min_size=1, max_size=8), texts=st.lists(queries(), min_size=1, max_size=4))
def test_the_database_answers_as_plain_python_does_whichever_way_it_looks(
    place: Place, limits: tuple[int, int], names: list[str], texts: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(search, "ENDINGS", limits[0])
        patch.setattr(search, "RARE", limits[1])
        register(place, *names)
        for text in texts:
            assert found(text) == [name for name in names if answers(name, text)], text
        transaction.set_rollback(True)


def test_a_search_asks_the_database_a_fixed_number_of_times(place: Place, django_assert_max_num_queries: Any) -> None:
    register(place, *(f"Trần Thị {chr(97 + n % 26)}{n}" for n in range(60)))
    for text in ("tran", "t", "tran thi", "khong co ai", "thi tran a1"):
        with django_assert_max_num_queries(3):
            list(Party.objects.search(text).order_by("id")[:5])
