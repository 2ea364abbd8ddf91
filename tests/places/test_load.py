"""Loading is repeatable: what the files say is what the tables say, and everything wrong is told at once."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.places import actions
from chungtay.places.management.commands.load_places import FOLDER
from chungtay.places.models import Boundary, Coverage, Difficulty, Island, Level, Place, PlaceVersion, Succession
from chungtay.places.reading import Book, read
from chungtay.places.tables import BadFiles, polygon

MODELS = (Place, PlaceVersion, Succession, Difficulty, Island, Boundary, Coverage)


def everything() -> list[str]:
    """Every row of this room, ids included, as text."""
    return [
        json.dumps(list(row.values()), default=str) for model in MODELS for row in model.objects.order_by("pk").values()
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's files, to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "places"))


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old` in a file and say in which line it stood."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path) -> list[str]:
    with pytest.raises(BadFiles) as caught:
        read(folder)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.django_db
def test_a_second_load_changes_no_row_and_writes_nothing(places: None, book: Book) -> None:
    before = everything()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        loaded = actions.load(book)
    assert loaded.changed_nothing
    assert sum(count.same for count in loaded.counts.values()) == len(before)
    assert everything() == before
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(queries) <= 12


@pytest.mark.django_db
def test_a_changed_file_changes_its_rows_and_keeps_every_id_and_path(places: None, folder: Path) -> None:
    paths = dict(PlaceVersion.objects.values_list("pk", "path"))
    place = Place.objects.get(key="kg-30808")
    change(
        folder,
        "versions.csv",
        "kg-30808,2010-01-01,2025-07-01,30808,xa,Bình An",
        "kg-30808,2010-01-01,2025-07-01,30808,xa,Bình Yên",
    )
    loaded = actions.load(read(folder))
    assert (loaded.counts["versions"].changed, loaded.counts["places"].changed) == (1, 1)
    place.refresh_from_db()
    assert (place.title, place.name_on(date(2017, 1, 1))) == ("Xã Bình Yên, Huyện Kiên Lương", "Xã Bình Yên")
    assert list(Place.objects.search("binh yen")) == [place]
    assert dict(PlaceVersion.objects.values_list("pk", "path")) == paths


@pytest.mark.django_db
def test_rows_that_left_the_files_leave_the_tables_but_a_place_stays(places: None, book: Book) -> None:
    shorter = replace(
        book,
        places=[row for row in book.places if row["key"] != "kg-31115"],
        versions=[row for row in book.versions if row["place"] != "kg-31115"],
        successions=[row for row in book.successions if row["predecessor"] != "kg-31115"],
        boundaries=[row for row in book.boundaries if row["place"] != "kg-31115"],
        difficulties=book.difficulties[1:],
        islands=[row for row in book.islands if row["place"] != "kg-31115"],
    )
    loaded = actions.load(shorter)
    assert loaded.forgotten == ["kg-31115"]
    assert loaded.counts["difficulties"].removed == 1
    assert Place.objects.get(key="kg-31115").name_on(date(2017, 1, 1)) == "Xã Nam Du"


@pytest.mark.django_db
def test_a_load_leaves_the_communes_own_hamlets_alone(get: Callable[[str], Place], book: Book) -> None:
    hamlet = Place.objects.create(level=Level.HAMLET, key="kg-30808-ap-1", since=date(2017, 1, 1))
    version = PlaceVersion(
        place=hamlet, since=hamlet.since, kind="ap", name="Ba Núi", parent=get("kg-30808"), source="xã"
    )
    version.fill_derived(get("kg-30808").path)
    version.save()
    loaded = actions.load(book)
    assert loaded.changed_nothing
    assert loaded.forgotten == []
    assert hamlet.on(date(2017, 1, 1)).full_name == "Ấp Ba Núi"


@pytest.mark.django_db
def test_the_command_loads_and_prints_what_it_did() -> None:
    out = StringIO()
    call_command("load_places", stdout=out)
    assert "places: 206 created, 0 changed, 0 removed, 0 unchanged" in out.getvalue()
    out = StringIO()
    call_command("load_places", stdout=out)
    assert "versions: 0 created, 0 changed, 0 removed, 216 unchanged" in out.getvalue()


@pytest.mark.django_db
def test_the_command_refuses_bad_files_and_loads_nothing(folder: Path) -> None:
    change(folder, "places.csv", "kg-899,district", "kg-899,quarter")
    with pytest.raises(CommandError, match=r"nothing was loaded, 1 fault\(s\)[\s\S]*places.csv:4: level: 'quarter'"):
        call_command("load_places", folder=folder, stdout=StringIO())
    assert not Place.objects.exists()


def test_every_fault_of_every_file_is_told_at_once_with_its_line(folder: Path) -> None:
    place = change(folder, "places.csv", "kg-899,district,2010-01-01", "kg-899,quarter,2010-13-01")
    version = change(folder, "versions.csv", "phuong,Mỹ Đức", "phuong,")
    year = change(folder, "difficulties.csv", "kg-31003,2019", "kg-31003,219")
    outline = change(folder, "communes-2025.geojson", '"licence":"MIT', '"permit":"MIT')
    (folder / "coverage.csv").unlink()
    told = faults(folder)
    assert [text.split(" ")[0] for text in told] == [
        f"communes-2025.geojson:{outline}:",
        "coverage.csv:",
        f"difficulties.csv:{year}:",
        f"places.csv:{place}:",
        f"places.csv:{place}:",
        f"versions.csv:{version}:",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("places.csv", "key,level", "code,level", "the columns must be key,level,since"),
        ("places.csv", "kg-900,district", "kg-899,district", "kg-899 already stands in line 4"),
        (
            "places.csv",
            "kg-899,district,2010-01-01,2025-07-01",
            "kg-899,district,2010-01-01,2009-01-01",
            "is not after since",
        ),
        ("places.csv", "kg-899,district,2010-01-01", "kg-899,district,2010-01-02", "must go on from 2010-01-02"),
        (
            "places.csv",
            "kg-30730,commune,2010-01-01,2024-12-01",
            "kg-30730,commune,2010-01-01,2024-12-02",
            "its life at 2024-12-02",
        ),
        ("versions.csv", "kg-900,2018-11-01", "kg-900,2018-11-02", "must go on from 2018-11-01, not from 2018-11-02"),
        ("versions.csv", "kg-900,2018-11-01", "kg-900,2018-10-31", "must go on from 2018-11-01, not from 2018-10-31"),
        ("versions.csv", "899,thanh_pho", "899,phuong", "a district is no phuong"),
        ("versions.csv", "Rạch Giá,kg,", "Rạch Giá,kg-900,", "a district cannot stand under a district"),
        ("versions.csv", "Rạch Giá,kg,", "Rạch Giá,,", "a district must have one"),
        ("versions.csv", "Rạch Giá,kg,", "Rạch Giá,ag,", "ag does not exist over this whole time"),
        ("versions.csv", "Rạch Giá,kg,", "Rạch Giá,vn,", "places.csv has no 'vn'"),
        ("versions.csv", "2025-07-01,30733,", "2025-07-01,30736,", "code: the same as kg-30733"),
        ("versions.csv", "phuong,Vĩnh Quang", "phuong,Vinh Thành", "kind, name, parent: the same as kg-30733"),
        (
            "successions.csv",
            "kg-31099,kg-31081,2021-01-01",
            "kg-31099,kg-31081,2021-03-01",
            "kg-31099 ends at 2021-01-01",
        ),
        ("successions.csv", "kg-31099,kg-31081", "kg-31099,kg-31099", "a unit does not succeed itself"),
        ("successions.csv", "kg-31099,kg-31081", "kg-31099,ag-31108", "ag-31108 did not exist on 2021-01-01"),
        ("difficulties.csv", "kg-31045,2019", "ag-31036,2019", "ag-31036 did not exist on 2019-12-31"),
        ("islands.csv", "kg-31099,2010-01-01,2021-01-01", "kg-31099,2010-01-01,", "kg-31099 ends at 2021-01-01"),
        ("islands.csv", "kg-31099,2010-01-01,2021-01-01", "kg-31099,2010-01-01,2009-01-01", "is not after since"),
        ("islands.csv", "kg-31099,2010-01-01", "kg-31099,2021-01-01", "kg-31099 did not exist on 2021-01-01"),
        ("islands.csv", "kg-31099,2010-01-01", "kg-912,2010-01-01", "kg-912 is a district, not a commune"),
        ("islands.csv", "kg-31099,2010-01-01", "kg-31096,2010-01-01", "kg-31096, 2010-01-01 already stands in line"),
        ("coverage.csv", "an_giang,no", "an_giang,maybe", "'maybe' is neither yes nor no"),
        ("communes-2009.geojson", '"place":"kg-30730"', '"place":"kg-1"', "places.csv has no 'kg-1'"),
        (
            "communes-2009.geojson",
            '"place":"kg-30733"',
            '"place":"kg-30730"',
            "kg-30730, 2010-01-01 already stands in line 2",
        ),
        ("communes-2009.geojson", "[105.08922,10.00955]", "[10.00955,105.08922]", "is no longitude and latitude"),
    ],
)
def test_a_file_that_cannot_be_true_is_refused(folder: Path, file: str, old: str, new: str, expected: str) -> None:
    line = change(folder, file, old, new)
    told = [text for text in faults(folder) if expected in text]
    assert told
    assert all(text.startswith(f"{told[0].split(':')[0]}:") for text in told)
    assert line > 0


def test_a_superior_that_moves_asks_for_a_new_version_below(folder: Path) -> None:
    text = (folder / "versions.csv").read_text(encoding="utf-8")
    district = next(line for line in text.splitlines() if line.startswith("kg-914,"))
    moved = district.replace("2025-07-01", "2019-01-01", 1), district.replace("2010-01-01", "2019-01-01", 1)
    moved = moved[0], moved[1].replace(",kg,", ",hg,", 1)
    (folder / "versions.csv").write_text(
        text.replace(district, "\n".join(moved)) + "hg,2010-01-01,2025-07-01,93,tinh,Hậu Giang,,bài thử,\n",
        encoding="utf-8",
    )
    with (folder / "places.csv").open("a", encoding="utf-8") as file:
        file.write("hg,province,2010-01-01,2025-07-01,bài thử,\n")
    told = faults(folder)
    assert len(told) == 5  # one for each commune of the district
    assert all("kg-914 moves in this time" in text for text in told)


def test_a_polygon_must_be_one() -> None:
    square = [[105.0, 10.0], [105.1, 10.0], [105.1, 10.1], [105.0, 10.0]]
    assert polygon({"type": "Polygon", "coordinates": [square]})["coordinates"] == [square]
    for wrong in ({"type": "Point", "coordinates": [105, 10]}, {"type": "Polygon", "coordinates": [square[:3]]}):
        with pytest.raises(ValueError, match=r"Polygon|ring"):
            polygon(wrong)


@pytest.mark.django_db
def test_every_unit_of_the_movement_and_of_the_merger_has_an_outline(places: None) -> None:
    day = date(2017, 10, 15)
    outlined = Boundary.objects.as_of(day).values("place")
    assert Place.objects.communes(day).filter(pk__in=outlined).count() == 145
    assert Place.objects.as_of(day).filter(level=Level.DISTRICT, pk__in=outlined).count() == 15
    merged = date(2025, 7, 1)
    assert Place.objects.communes(merged).filter(pk__in=Boundary.objects.as_of(merged).values("place")).count() == 48


@pytest.mark.django_db
def test_the_outline_of_a_day_is_the_latest_one_up_to_it(get: Callable[[str], Place]) -> None:
    own = Boundary.objects.filter(place=get("kg-30781"))
    assert own.as_of(date(2025, 6, 30)).get().since == date(2010, 1, 1)
    assert own.as_of(date(2025, 7, 1)).get().since == date(2025, 7, 1)
    assert not own.as_of(date(2009, 12, 31)).exists()


@pytest.mark.clause("KH I.1.b")
@pytest.mark.django_db
def test_only_what_a_source_names_is_known_of_special_difficulty_and_the_gap_is_said(places: None) -> None:
    known = Difficulty.objects.order_by("place__key").values_list("place__title", "year", "programme")
    assert list(known) == [
        ("Xã Phú Lợi, Huyện Giang Thành", 2019, "border"),
        ("Xã Phú Mỹ, Huyện Giang Thành", 2019, "border"),
        ("Xã Nam Thái A, Huyện An Biên", 2019, "coastal"),
        ("Xã Vân Khánh Đông, Huyện An Minh", 2019, "coastal"),
    ]
    assert all(row.source and row.assumed for row in Difficulty.objects.all())
    assert not Coverage.objects.get(topic="difficulty").complete


@pytest.mark.django_db
def test_every_row_names_its_source(places: None) -> None:
    for model in (Place, PlaceVersion, Succession, Difficulty, Boundary):
        assert not model.objects.filter(source="").exists()


@pytest.mark.django_db
def test_the_seventeen_island_communes_are_marked_by_their_days(places: None) -> None:
    def marked(day: date) -> set[str]:
        return set(Island.objects.on(day).values_list("place__key", flat=True))

    mainland_districts = {"kg-30781", "kg-30811", "kg-30814"}  # Tiên Hải, Sơn Hải, Hòn Nghệ
    last = date(2020, 12, 31)
    assert len(marked(last)) == 17
    inside = {v.place.key for v in PlaceVersion.objects.as_of(last).filter(parent__key__in=("kg-911", "kg-912"))}
    assert marked(last) == inside | mainland_districts
    assert marked(last) - marked(date(2021, 1, 1)) == {"kg-31099"}
    assert len(marked(date(2025, 6, 30))) == 16
    assert marked(date(2025, 7, 1)) == mainland_districts | {"ag-31078", "ag-31105", "ag-31108"}
    assert all(row.source and row.assumed for row in Island.objects.all())
    assert not Coverage.objects.get(topic="island").complete
