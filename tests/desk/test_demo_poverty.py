"""The demo's poor and near-poor households: the published totals to the last household, and moves that close."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from pytest_django import DjangoDbBlocker

from chungtay.desk.demo import poverty, poverty_cells, poverty_lives, poverty_points, poverty_totals
from chungtay.desk.demo.poverty_lives import Life
from chungtay.desk.demo.poverty_series import KINH, SERIES, WEIGHTS, YEARS
from chungtay.desk.management.commands import make_demo
from chungtay.law.classifying import Facts, Scores, classify
from chungtay.law.deprivations import unmask
from chungtay.law.poverty import Class, area_of
from chungtay.movements.actions import load_plan
from chungtay.places.models import Difficulty, Place, PlaceVersion
from chungtay.records.journal import System
from chungtay.reviews.columns import FORMS
from chungtay.reviews.models import Assessment, Figures
from chungtay.targets import published
from tests.make import plan_bytes

pytestmark = pytest.mark.django_db
TABLES = ("poor", "near_poor", "poor_persons", "near_poor_persons")
FEW = ("kg-31111", "kg-30736")
PAIRS = [(f"kg-{n}{at}", district) for n, district in enumerate(WEIGHTS) for at in range(6)]
PAIRS.append((poverty_cells.HOME_OF_OTHERS, "kg-914"))


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    """Every household of a province of ninety communes."""
    communes = poverty_cells.weigh(PAIRS, Random(1))
    return poverty_lives.play(poverty_cells.cells(communes), 1)


@pytest.mark.parametrize("year", YEARS)
def test_every_class_and_people_of_a_year_has_as_many_households_as_the_series(lives: list[Life], year: int) -> None:
    told = SERIES[year]
    standing = [(life, life.states.get(year)) for life in lives]
    assert Counter(life.people for life, one in standing if one and one.is_poor) == +Counter(told.poor)
    assert Counter(life.people for life, one in standing if one is Class.NEAR_POOR) == +Counter(told.near_poor)
    assert sum(one is Class.INCOME_POOR for _, one in standing) == told.income_poor


def test_the_persons_of_2020_are_the_published_ones(lives: list[Life]) -> None:
    poor = sum(life.size for life in lives if (one := life.states.get(2020)) and one.is_poor)
    near = sum(life.size for life in lives if life.states.get(2020) is Class.NEAR_POOR)
    assert (poor, near) == (28_070, 71_801)
    assert all(1 <= life.size <= poverty_lives.LARGEST for life in lives)


def test_the_published_districts_of_2020_are_the_most_and_the_fewest() -> None:
    communes = poverty_cells.weigh(PAIRS, Random(1))
    district = {one.key: one.district for one in communes}
    poor: Counter[str] = Counter()
    for cell in poverty_cells.cells(communes):
        poor[district[cell.commune]] += cell.poor[2020]
    assert (poor["kg-903"], poor["kg-912"]) == (1_273, 1)
    assert poor.most_common(1)[0][0] == "kg-903"
    assert min(poor.values()) == 1
    assert poor.total() == 8_790


@pytest.mark.parametrize(("total", "weights"), [(10, [1, 1, 1]), (0, [1, 2]), (7, [0, 3, 0.5]), (1, [5, 5])])
def test_a_total_is_shared_out_to_the_last_one(total: int, weights: list[float]) -> None:
    found = poverty_cells.share_out(total, weights)
    assert sum(found) == total
    assert all(size == 0 for size, weight in zip(found, weights, strict=True) if not weight)


def test_nothing_can_be_given_to_nobody() -> None:
    assert poverty_cells.share_out(0, [0.0]) == [0]
    with pytest.raises(ValueError, match="nobody to give 3 to"):
        poverty_cells.share_out(3, [0.0])


@pytest.fixture(scope="module")
def six_years(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[poverty.Register]:
    """All rounds to 2020, two communes household by household, the others counted; taken back after the module."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(live_settings, "WORKING_DAY", date(2021, 3, 1))
        call_command("load_places", stdout=StringIO())
        load_plan(plan_bytes(), by=System("test"), on=date(2017, 9, 15), name="kien-giang-2016-2020.yaml")
        register = poverty.Register(by=System("test"), one_by_one=FEW)
        for year, day in poverty.WRITTEN.items():
            register.write(day, year=year)
        yield register
        transaction.set_rollback(True)


@pytest.mark.clause("KH I.1.b")
def test_the_published_series_is_reproduced_and_its_gaps_stay_gaps(six_years: poverty.Register) -> None:
    said = StringIO()
    call_command("compare_published", stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[-1] == "26 figures known to both, 0 differ"
    assert [line.split() for line in lines if "8,790" in line] == [["poor", "8,790", "8,790", "same"]]
    gaps = [one for one in published.read_series() if one.year in (2017, 2018)]
    assert [set(one.figures.values()) for one in gaps] == [{None}, {None}]
    _closes()
    keys = [f"kg-{code}" for code in (31108, 31111, 31114, 31115)]
    kien_hai = list(Place.objects.filter(key__in=keys).values_list("pk", flat=True))
    assert Figures.objects.filter(place__in=kien_hai, year=2020, poor=1).update(replaced=True) == 1
    said = StringIO()
    with pytest.raises(CommandError, match="differs from the published series"):
        call_command("compare_published", "--year", "2020", stdout=said)
    assert [line.split()[3:] for line in said.getvalue().splitlines() if "(Huyện" in line] == [
        ["same", "(Huyện", "Hòn", "Đất)"], ["DIFFERS", "(Huyện", "Kiên", "Hải)"]
    ]  # fmt: skip


def printed(*asked: str) -> dict[str, dict[str, list[str]]]:
    """What the command prints: by year, then by column and district, published, ours and the verdict."""
    said = StringIO()
    call_command("compare_published", *asked, stdout=said)
    found: dict[str, dict[str, list[str]]] = {}
    for line in said.getvalue().splitlines()[:-1]:
        if not line.startswith(" "):
            told = found.setdefault(line[:4], {})
        else:
            column, *cells = line.split()
            told[" ".join([column, *cells[3:]])] = cells[:3]
    return found


@pytest.mark.clause("KH I.1.b")
@pytest.mark.parametrize(
    ("year", "figures"),
    [
        ("2015", {"poor": "41,202", "income_poor": "28,151", "service_poor": "13,051", "poor_rate": "9.78"}),
        ("2016", {"poor": "35,233", "poor_rate": "8.32", "near_poor": "19,135"}),
        (
            "2020",
            {
                "poor": "8,790", "income_poor": "8,037", "service_poor": "753", "minority_poor": "2,393",
                "poor_rate": "1.91", "minority_rate": "3.40", "poor (Huyện Hòn Đất)": "1,273",
                "poor (Huyện Kiên Hải)": "1",
            },
        ),
    ],
)  # fmt: skip
def test_the_command_prints_the_published_figures_of_the_real_places_beside_the_same_of_ours(
    six_years: poverty.Register, year: str, figures: dict[str, str]
) -> None:
    told = printed("--year", year)[year]
    assert {name: told[name] for name in figures} == {name: [value, value, "same"] for name, value in figures.items()}


def test_what_nobody_published_is_printed_as_a_gap_beside_our_own_figure(six_years: poverty.Register) -> None:
    told = printed()
    for year in ("2017", "2018"):
        assert {(cells[0], cells[2]) for cells in told[year].values()} == {("gap", "-")}
        assert "gap" not in {cells[1] for cells in told[year].values()}
    assert told["2015"]["near_poor"] == ["gap", "20,310", "-"]
    assert told["2019"]["poor"] == ["gap", "12,113", "-"]
    assert all(cells[0] not in ("0", "0.00") for columns in told.values() for cells in columns.values())


def test_no_real_district_has_more_poor_households_in_2020_than_hon_dat_or_fewer_than_kien_hai(
    six_years: poverty.Register,
) -> None:
    poor: Counter[str] = Counter()
    versions = PlaceVersion.objects.as_of(date(2020, 12, 31)).filter(place__level="district")
    names = dict(versions.values_list("path", "name"))
    for path, count in Figures.objects.in_force().filter(year=2020).values_list("area_path", "poor"):
        poor[next(name for above, name in names.items() if path.startswith(above))] += count
    assert len(poor) == 15
    assert (poor["Hòn Đất"], max(poor.values())) == (1_273, 1_273)
    assert [name for name, count in poor.items() if count == min(poor.values())] == ["Kiên Hải"]
    assert (poor["Kiên Hải"], poor.total()) == (1, 8_790)


@pytest.mark.parametrize("year", [2015, 2016, 2020])
def test_every_household_written_one_by_one_comes_to_the_published_totals_by_the_law(
    six_years: poverty.Register, year: int
) -> None:
    """`--every-household` writes these rows, each with the class that the law gives its points."""
    day = poverty_points.review_day(year)
    kinds = {key: place.on(day).kind for key, place in six_years.places.items()}
    found: Counter[tuple[Class, str]] = Counter()
    in_district: Counter[str] = Counter()
    districts = {one.key: one.district for one in six_years.communes}
    for commune, lives in six_years.lives.items():
        for life in lives:
            if year in life.states:
                area = area_of(kinds[commune], on=day)
                b1, b2, lacking = poverty_points.points(life, life.states[year], area, year)
                outcome = classify(Facts(area, Scores(b1, b2), unmask(lacking)), on=day).outcome
                found[outcome, life.people] += 1
                in_district[districts[commune]] += outcome.is_poor
    told = {
        "income_poor": sum(count for (one, _), count in found.items() if one is Class.INCOME_POOR),
        "service_poor": sum(count for (one, _), count in found.items() if one is Class.SERVICE_POOR),
        "near_poor": sum(count for (one, _), count in found.items() if one is Class.NEAR_POOR),
        "minority_poor": sum(count for (one, people), count in found.items() if one.is_poor and people != KINH),
    }
    told["poor"] = told["income_poor"] + told["service_poor"]
    (series,) = (one for one in published.read_series() if one.year == year)
    known = {name: series.figures[name] for name in told if series.figures[name] is not None}
    assert {name: told[name] for name in known} == known
    assert len(known) >= 2
    if year == 2020:
        assert (in_district["kg-903"], in_district["kg-912"]) == (1_273, 1)


def test_every_household_means_every_commune(
    six_years: poverty.Register, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    asked: list[bool] = []
    settings.IS_DEMO = True
    monkeypatch.setattr(make_demo, "build", lambda *, everywhere: asked.append(everywhere))
    for more in ([], ["--every-household"]):
        call_command("make_demo", *more, stdout=StringIO())
    assert asked == [False, True]
    register = poverty.Register(by=System("test"), one_by_one=None)
    assert len(register.known) == 145
    assert {key: len(lives) for key, lives in register.lives.items()} == {
        key: len(lives) for key, lives in six_years.lives.items()
    }


def _closes() -> None:
    """Every commune's tables close, and start where the year before ended, counted or one by one."""
    ends: dict[int, dict[str, int]] = {}
    listed = set(Difficulty.objects.values_list("place", "year"))
    rows = Figures.objects.in_force().order_by("year", "area_path")
    assert rows.count() == 6 * Place.objects.communes(date(2018, 1, 1)).count()
    for row in rows:
        for name, flow in row.flows.items():
            assert flow["start"] == ends[row.place_id][name], (row, name)
            gone = flow["to_other"] + flow["above"] + flow["other_decrease"]
            come = flow["from_other"] + flow["relapsed"] + flow["newly_arising"] + flow["other_increase"]
            assert flow["end"] == flow["start"] - gone + come == getattr(row, name)
        assert bool(row.flows) is (row.year > YEARS[0])
        assert row.special is ((row.place_id, row.year) in listed)
        assert row.of_first_income_poor + row.of_first_service_poor <= row.poor
        assert row.minority_poor + row.minority_near_poor <= (row.minority_all or 0)
        listed.discard((row.place_id, row.year))
        ends[row.place_id] = {
            name: getattr(row, name) for name in ("poor", "near_poor", "poor_persons", "near_poor_persons")
        }
    assert not listed
    assert Assessment.objects.exists()
    honest = set(rows.exclude(place__key__in=FEW).values_list("source", flat=True))
    assert honest == {poverty.ONLY_COUNTED}


@pytest.mark.parametrize("year", [2016, 2018, 2019, 2020])
def test_the_newly_escaped_of_a_commune_are_those_of_three_years_named_or_only_counted(
    six_years: poverty.Register, year: int
) -> None:
    column = next(one for one in FORMS["ket-qua"].columns if one.key == "newly_escaped")
    moves = poverty_totals.histories(life for key in FEW for life in six_years.lives[key])
    for figures in Figures.objects.in_force().filter(year=year, place__key__in=FEW).select_related("place", "round"):
        lives = six_years.lives[figures.place.key]
        rows = Assessment.objects.in_force().filter(review__round=figures.round, review__place=figures.place)
        assert figures.newly_escaped == poverty_totals.tell(lives, moves, year).newly_escaped
        assert figures.newly_escaped == column.households(rows, figures.round).count()
        left_now = rows.filter(move__in=["escaped_above", "left_near_poor"]).count()
        assert (figures.newly_escaped > left_now) is (year > 2016)


def test_a_round_classified_anew_from_the_database_has_the_counts_of_its_figures(
    six_years: poverty.Register, tmp_path: Path
) -> None:
    said = StringIO()
    call_command("classify_database", "2019", "--out", str(tmp_path), "--keep", str(tmp_path / "files"), stdout=said)
    assert said.getvalue().splitlines()[-1].startswith("2 communes have the same poor and near-poor")
    assert sorted(one.name for one in (tmp_path / "files").iterdir()) == [
        "2018.parquet", "2019.parquet", "first.parquet", "special.csv"
    ]  # fmt: skip
    ours = Figures.objects.in_force().filter(year=2019, place__key__in=FEW)
    rate = [line for line in said.getvalue().splitlines() if line.startswith("poverty_rate")]
    poor, every = sum(row.poor for row in ours), sum(row.households_all for row in ours)
    assert rate == [f"poverty_rate: {round(100 * poor / every, 2):.2f}"]
    table = (tmp_path / "movement.csv").read_text().splitlines()
    head = table[0].split(",")
    whole = dict(zip(head, next(line for line in table if ",all," in line).split(","), strict=True))
    told = [row.flows["poor"] for row in ours]
    for column in ("start", "above", "relapsed", "newly_arising", "end"):
        assert int(whole[column]) == sum(flow[column] for flow in told), column
    with pytest.raises(CommandError, match="no locked round"):
        call_command("classify_database", "2014", "--out", str(tmp_path), stdout=StringIO())
