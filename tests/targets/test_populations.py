"""A locked round classified anew from the database, each household by what was found of it, with the plan's targets."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chungtay.households.models import Household
from chungtay.law.deprivations import LISTS, mask
from chungtay.law.poverty import Basis
from chungtay.places.models import Coverage, Difficulty
from chungtay.reviews.bulk import Row
from chungtay.reviews.models import Assessment, CommuneReview, Figures, Round
from tests.make import Province
from tests.reviews.people import FOREIGN, NEAR, OUTSIDE, OWN, POOR, SERVICE, SIBLING, households, locked, row

pytestmark = pytest.mark.django_db
CODE = OWN[-5:]


def by_income(one: Household, a_head: int, lacking: int, year: int, **more: Any) -> Row:
    """A prepared row of a household reviewed by income, with so many of the year's deprivations."""
    found = mask(tuple(LISTS.on(date(year, 12, 1)).value)[:lacking])
    return row(one, None, income_total=a_head * one.persons, lacking=found, **more)


def classified(year: int, folder: Path) -> str:
    """What the command says of the round of that year; its tables are in `folder`."""
    said = StringIO()
    call_command("classify_database", str(year), "--out", str(folder), "--keep", str(folder / "files"), stdout=said)
    return said.getvalue()


def table(folder: Path, name: str, **where: str) -> list[dict[str, str]]:
    """The rows of a result that hold these values."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [one for one in csv.DictReader(file) if all(one[key] == value for key, value in where.items())]


def classes(folder: Path, code: str = CODE) -> dict[str, int]:
    return {one["class"]: int(one["households"]) for one in table(folder, "classes", commune_code=code)}


def poor_flow(folder: Path) -> dict[str, int]:
    (found,) = table(folder, "movement", level="all", list="poor", unit="households")
    return {name: int(found[name]) for name in ("start", "above", "newly_arising", "end")}


def test_a_round_of_points_is_classified_by_points(province: Province, tmp_path: Path) -> None:
    a, b, c, d = households(province, 4)
    locked(province, 2016, [row(a, POOR), row(b, SERVICE), row(c, NEAR), row(d, OUTSIDE)], size=6)
    assert "1 communes have the same poor and near-poor" in classified(2016, tmp_path)
    assert classes(tmp_path) == {"income_poor": 1, "service_poor": 1, "near_poor": 1, "outside": 3}


def test_a_round_of_incomes_is_classified_by_income_and_the_ten_deprivations(
    province: Province, tmp_path: Path
) -> None:
    a, b, c, d, e = households(province, 5)
    locked(
        province, 2016,
        [by_income(a, 700_000, 0, 2016), by_income(b, 700_001, 3, 2016), by_income(c, 1_000_000, 2, 2016),
         by_income(d, 1_000_001, 9, 2016), by_income(e, 700_001, 2, 2016)],
        size=6,
    )  # fmt: skip
    assert set(Assessment.objects.values_list("basis", flat=True)) == {Basis.INCOME.value}
    classified(2016, tmp_path)
    assert classes(tmp_path) == {"income_poor": 1, "service_poor": 1, "near_poor": 2, "average": 1, "outside": 1}


def test_a_round_with_both_goes_by_what_was_found_of_each_household_and_its_movement_closes(
    province: Province, tmp_path: Path
) -> None:
    a, b, c, d = households(province, 4)
    first = locked(province, 2016, [row(a, POOR), by_income(b, 600_000, 5, 2016), row(c, NEAR), row(d, OUTSIDE)])
    locked(
        province, 2017,
        [by_income(a, 1_000_001, 0, 2017), row(b, SERVICE), by_income(c, 650_000, 4, 2017), row(d, POOR)],
        previous=first,
    )  # fmt: skip
    said = classified(2017, tmp_path)
    assert "by income, else scores" in said
    assert "1 communes have the same poor and near-poor" in said
    assert classes(tmp_path) == {"income_poor": 2, "service_poor": 1, "average": 1, "outside": 996}
    assert poor_flow(tmp_path) == {"start": 2, "above": 1, "newly_arising": 1, "end": 3}
    assert sorted(one.name for one in (tmp_path / "files").glob("*.parquet")) == ["2016.parquet", "2017.parquet"]


def test_the_standard_of_2027_has_no_points_and_is_classified_by_income_with_movement(
    province: Province, tmp_path: Path
) -> None:
    a, b, c = households(province, 3)
    first = locked(province, 2026, [by_income(a, 1_500_000, 3, 2026), row(b, (300, 0)), row(c, (300, 0))])
    second = locked(
        province, 2027,
        [by_income(a, 2_200_000, 3, 2027), by_income(b, 2_200_000, 2, 2027), by_income(c, 2_200_001, 9, 2027)],
        previous=first,
    )  # fmt: skip
    said = classified(2027, tmp_path)
    assert "standard 2027-2030, by income, on" in said
    assert classes(tmp_path) == {"poor": 1, "near_poor": 1, "outside": 998}
    assert not (tmp_path / "movement.csv").exists()  # another standard the year before
    locked(
        province, 2028,
        [by_income(a, 2_200_001, 3, 2028), by_income(b, 2_200_000, 3, 2028), by_income(c, 3_000_000, 0, 2028)],
        previous=second,
    )  # fmt: skip
    classified(2028, tmp_path / "later")
    assert poor_flow(tmp_path / "later")["end"] == 1
    (t1, *_) = table(tmp_path / "later", "targets", goal="T1", level="all", year="2028")
    assert (t1["measured"], t1["track"]) == ("0.10", "not_measured")
    assert t1["why"] == "the plan has a path for 2016 to 2020 only"


def plan_rounds(province: Province) -> tuple[Round, Round]:
    """The end of 2015 and of 2016: of four poor ones, one escaped, one is near-poor, one moved next door."""
    a, b, c, d, e = households(province, 5)
    first = locked(
        province, 2015,
        [row(a, POOR, minority=True), row(b, POOR), row(c, SERVICE), row(d, SERVICE), row(e, OUTSIDE)],
        size=10, review_on=date(2016, 1, 1),
    )  # fmt: skip
    next_door = province.places[SIBLING].pk
    second = locked(
        province, 2016,
        [row(a, SERVICE, minority=True), row(b, OUTSIDE), row(c, None, gone="moved_out"), row(d, NEAR), row(e, POOR),
         row(c, SERVICE, place=next_door, came="moved_in")],
        previous=first, size=10,
    )  # fmt: skip
    return first, second


@pytest.mark.clause("KH I.1.b")
def test_the_targets_follow_the_first_list_household_by_household_as_the_figures_do(
    province: Province, tmp_path: Path
) -> None:
    _, second = plan_rounds(province)
    said = classified(2016, tmp_path)
    (t4,), (t5,) = (table(tmp_path, "targets", goal=goal, level="all", year="2016") for goal in ("T4", "T5"))
    ours = Figures.objects.in_force().filter(round=second)
    assert int(t4["part"]) == sum(one.of_first_income_poor for one in ours) == 1
    assert int(t5["part"]) == sum(one.of_first_service_poor for one in ours) == 1
    (of_own,) = table(tmp_path, "targets", goal="T4", code=CODE, year="2016")
    assert (of_own["baseline"], of_own["baseline_source"]) == ("2", "the first list given")
    assert (of_own["planned_least"], of_own["measured"], of_own["track"]) == ("2", "1", "not_assigned")
    (t1,) = table(tmp_path, "targets", goal="T1", code=CODE, year="2016")
    assert (t1["baseline"], t1["planned_least"], t1["planned_most"]) == ("40.00", "39.00", "38.50")
    assert (t1["measured"], t1["track"], t1["forecast"]) == ("20.00", "not_assigned", "0")
    (t3,) = table(tmp_path, "targets", goal="T3", code=CODE, year="2016")
    assert (t3["measured"], t3["baseline"], t3["track"]) == ("50.00", "50.00", "not_assigned")
    (t6,) = table(tmp_path, "targets", goal="T6", year="2016")
    assert (t6["level"], t6["measured"], t6["why"].split(":")[0]) == ("all", "", "not measured")
    assert f"T1 2016: {table(tmp_path, 'targets', goal='T1', level='all', year='2016')[0]['measured']}" in said
    assert (tmp_path / "files" / "first.parquet").exists()


def test_special_difficulty_quickens_a_communes_pace_and_an_incomplete_list_is_told(
    province: Province, tmp_path: Path
) -> None:
    for year in (2015, 2016):
        Difficulty.objects.create(place=province.places[OWN], year=year, programme="p135", source="thử")
    plan_rounds(province)
    classified(2016, tmp_path)
    (t1,) = table(tmp_path, "targets", goal="T1", code=CODE, year="2016")
    assert (t1["planned_least"], t1["planned_most"]) == ("38.00", "38.00")
    (t2,) = table(tmp_path, "targets", goal="T2", code=CODE, year="2016")
    assert (t2["measured"], t2["baseline"], t2["track"]) == ("20.00", "40.00", "not_assigned")
    assert "not whole" in t2["caution"]
    (sibling,) = table(tmp_path, "targets", goal="T2", code=SIBLING[-5:], year="2016")
    assert sibling["why"] == "not measured: no commune of this place is on the list of 2016"
    Coverage.objects.update_or_create(topic="difficulty", defaults={"complete": True, "note": "Đủ."})
    classified(2016, tmp_path)
    assert table(tmp_path, "targets", goal="T2", code=CODE, year="2016")[0]["caution"] == ""


def test_only_a_round_with_every_commune_has_the_figures_that_the_plan_states_of_the_province(
    province: Province, tmp_path: Path
) -> None:
    plan_rounds(province)
    classified(2016, tmp_path / "part")
    (t1,) = table(tmp_path / "part", "targets", goal="T1", level="all", year="2016")
    assert t1["baseline"] == ""  # the sibling had no household of its own on the first list
    a, b, c = (households(province, 1, key)[0] for key in (OWN, SIBLING, FOREIGN))
    first = Round.objects.get(year=2016)
    locked(province, 2017, [row(a, POOR), row(b, POOR), row(c, NEAR)], previous=None, size=10)
    assert first.year == 2016
    classified(2017, tmp_path / "whole")
    (t1,) = table(tmp_path / "whole", "targets", goal="T1", level="all", year="2017")
    assert (t1["baseline"], t1["measured"], t1["planned_least"]) == ("9.78", "6.67", "7.78")
    (t4,) = table(tmp_path / "whole", "targets", goal="T4", level="all", year="2017")
    assert (t4["baseline"], t4["measured"]) == ("28151", "")
    assert t4["why"].startswith("not measured: the list that the plan starts from was not given")


def test_a_commune_that_does_not_know_its_minority_households_has_no_rate_of_them(
    province: Province, tmp_path: Path
) -> None:
    plan_rounds(province)
    CommuneReview.objects.filter(place=province.places[OWN]).update(minority_all=None)
    classified(2016, tmp_path)
    (t3,) = table(tmp_path, "targets", goal="T3", code=CODE, year="2016")
    assert (t3["measured"], t3["track"]) == ("", "not_measured")
    assert t3["why"] == "not measured: 1 communes do not know all their ethnic-minority households"


def test_a_round_whose_figures_say_otherwise_is_named(province: Province, tmp_path: Path) -> None:
    plan_rounds(province)
    wrong = Figures.objects.in_force().get(round__year=2016, place=province.places[OWN])
    Figures.objects.filter(pk=wrong.pk).update(replaced=True)
    wrong.pk, wrong.poor = None, 3
    wrong.save()
    with pytest.raises(CommandError, match="2 and 1, its figures say 3 and 1"):
        classified(2016, tmp_path)
