"""Goals measured: the planned path, the track, the forecast, and whether the children's plans reach the parent's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.law.rates import figure as written
from chungtay.law.targets import (
    MEAN,
    STRAIGHT,
    Child,
    Direction,
    Goal,
    Pace,
    Track,
    against_assigned,
    by_status,
    children_add_up,
    children_reach,
    path,
    progress,
    steady,
)

D = Decimal
GENERAL, SPECIAL, MINORITY = Pace(D(1), D("1.5")), Pace(D(2), D(2)), Pace(D("1.5"), D(2))
T1 = Goal(Direction.DOWN, 2015, 2020, D("9.78"), steady(GENERAL, 2016, 2020))
T4 = Goal(Direction.DOWN, 2015, 2020, D(28_151), end=D(0))
T6 = Goal(Direction.UP, 2015, 2020, D(1), end=D(2))
T9 = Goal(Direction.UP, 2015, 2020, None)
PUBLISHED = {2016: D("8.32"), 2019: D("2.69"), 2020: D("1.91")}
END = date(2020, 12, 31)


@pytest.mark.clause("KH I.1.b")
def test_the_province_fell_by_7_87_points_that_is_1_574_a_year_and_beat_its_plan() -> None:
    done = progress(T1, PUBLISHED, on=END)
    assert (done.change, done.per_year) == (D("-7.87"), D("-1.574"))
    assert done.track is done.forecast_track is Track.AHEAD
    assert done.forecast == done.latest == D("1.91")
    assert done.lines == (
        "Cuối năm 2020 là 1,91: vượt kế hoạch.",
        "Từ 9,78 cuối năm 2015: bình quân mỗi năm giảm 1,574.",
    )


def test_years_without_a_published_figure_stay_gaps() -> None:
    years = {year.year: year for year in progress(T1, PUBLISHED, on=END).years}
    assert [years[year].measured for year in (2017, 2018)] == [None, None]
    assert years[2017].track is Track.NOT_MEASURED
    assert (years[2017].slow, years[2017].fast) == (D("7.78"), D("6.78"))


def test_the_planned_path_falls_by_one_to_one_and_a_half_points_a_year() -> None:
    assert path(T1, 2016) == (D("8.78"), D("8.28"))
    assert path(T1, 2020) == (D("4.78"), D("2.28"))


@pytest.mark.parametrize(
    ("rate", "track"),
    [
        ("8.79", Track.BEHIND),
        ("8.78", Track.ON),
        ("8.28", Track.ON),
        ("8.27", Track.AHEAD),
    ],
)
def test_both_sides_of_the_path(rate: str, track: Track) -> None:
    assert progress(T1, {2016: D(rate)}, on=date(2016, 12, 31)).track is track


def test_a_forecast_draws_the_mean_change_on_and_says_so() -> None:
    early = progress(T1, PUBLISHED, on=date(2018, 6, 1))
    assert early.latest_year == 2016
    assert early.forecast == D("2.48")
    assert early.forecast_track is Track.ON
    assert MEAN in early.assumed
    assert early.lines[-1] == "Với mức này, dự báo cuối năm 2020 là 2,48."


def test_a_forecast_never_falls_below_nothing() -> None:
    assert progress(T1, {2016: D(5)}, on=date(2016, 12, 31)).forecast == D(0)
    assert path(replace(T1, baseline=D(3)), 2020) == (D(0), D(0))


def test_a_figure_counts_from_the_end_of_its_year() -> None:
    assert progress(T1, PUBLISHED, on=date(2016, 12, 30)).track is Track.NOT_MEASURED
    assert progress(T1, PUBLISHED, on=date(2016, 12, 31)).latest == D("8.32")


def test_a_goal_that_nobody_measured_is_not_measured_and_no_number_is_made_up() -> None:
    done = progress(T6, {}, on=END)
    assert done.track is done.forecast_track is Track.NOT_MEASURED
    assert (done.latest, done.change, done.per_year, done.forecast) == (None, None, None, None)
    assert done.lines == ("Chưa đo được: chưa có số liệu của năm nào.",)


def test_without_a_baseline_a_rate_is_shown_and_not_judged() -> None:
    done = progress(replace(T1, baseline=None), {2019: D("4.70"), 2020: D("3.40")}, on=END)
    assert done.latest == D("3.40")
    assert done.track is Track.NOT_MEASURED
    assert done.lines == ("Cuối năm 2020 là 3,4.", "Chưa có mức để so: chưa có số liệu gốc cuối năm 2015.")
    assert [year.slow for year in done.years] == [None] * 5


@pytest.mark.clause("KH I.1.b")
def test_a_goal_with_an_end_only_has_a_straight_path_that_is_assumed() -> None:
    assert path(T4, 2020) == (D(0), D(0))
    assert path(T6, 2018) == (D("1.60"), D("1.60"))
    assert STRAIGHT in progress(T4, {}, on=END).assumed
    assert progress(T6, {2018: D("1.59")}, on=END).track is Track.BEHIND
    assert progress(T6, {2018: D("1.60")}, on=END).track is Track.ON
    assert progress(T6, {2018: D("1.61")}, on=END).track is Track.AHEAD


@pytest.mark.clause("KH I.1.b")
def test_a_goal_that_only_grows_is_measured_against_the_year_before() -> None:
    done = progress(T9, {2016: D(5), 2017: D(7), 2019: D(7)}, on=END)
    assert [year.track for year in done.years] == [
        Track.NOT_MEASURED,
        Track.ON,
        Track.NOT_MEASURED,
        Track.BEHIND,
        Track.NOT_MEASURED,
    ]
    assert done.track is Track.BEHIND


@pytest.mark.clause("KH I.1.b")
def test_a_commune_goes_by_the_special_pace_in_the_years_of_special_difficulty_only() -> None:
    paces = by_status(GENERAL, SPECIAL, {2016, 2017}, 2016, 2020)
    assert [paces[year].least for year in range(2016, 2021)] == [2, 2, 1, 1, 1]
    assert path(Goal(Direction.DOWN, 2015, 2020, D(20), paces), 2018) == (D(15), D("14.5"))


@pytest.mark.clause("KH I.1.b")
def test_minority_households_fell_less_than_planned_in_2020() -> None:
    goal = Goal(Direction.DOWN, 2019, 2020, D("4.70"), steady(MINORITY, 2020, 2020))
    assert progress(goal, {2020: D("3.40")}, on=END).track is Track.BEHIND
    assert progress(goal, {2020: D("3.20")}, on=END).track is Track.ON


@pytest.mark.parametrize(("least", "most"), [(2, 1), (-1, 1)])
def test_a_pace_is_positive_and_in_order(least: int, most: int) -> None:
    with pytest.raises(ValueError, match="a pace goes from"):
        Pace(D(least), D(most))


def test_the_childrens_rates_are_weighed_by_their_households() -> None:
    children = [Child("Hòn Đất", D(6), 3_000), Child("Rạch Giá", D(2), 1_000)]
    even = children_reach(D(5), children, direction=Direction.DOWN)
    assert (even.enough, even.shown) == (True, D("5.00"))
    short = children_reach(D("4.99"), children, direction=Direction.DOWN)
    assert not short.enough
    assert short.sentence == ("Mức giao cấp dưới bình quân theo số hộ là 5, chưa đủ để đạt mức 4,99 của cấp trên.")
    assert children_reach(D("4.99"), children, direction=Direction.UP).enough


def test_a_shortfall_that_rounding_would_hide_is_found() -> None:
    children = [Child("a", D("5.001"), 1)]
    assert not children_reach(D("5.00"), children, direction=Direction.DOWN).enough


def test_counts_are_added() -> None:
    children = [Child("a", D(600)), Child("b", D(400))]
    assert children_add_up(D(1_000), children, direction=Direction.UP).enough
    assert not children_add_up(D(1_001), children, direction=Direction.UP).enough


def test_a_mean_of_nobody_is_a_mistake() -> None:
    for children in ([], [Child("a", D(1), 0)], [Child("a", D(1), -1), Child("b", D(1), 5)]):
        with pytest.raises(ValueError, match="children with households"):
            children_reach(D(1), children, direction=Direction.DOWN)


rates = st.decimals(D(0), D(30), places=2)


@settings(max_examples=50)
@given(rates, rates, st.integers(2016, 2020))
def test_a_lower_rate_is_never_worse_on_track(one: D, other: D, year: int) -> None:
    order = [Track.AHEAD, Track.ON, Track.BEHIND]
    low, high = (progress(T1, {year: rate}, on=date(year, 12, 31)).track for rate in (min(one, other), max(one, other)))
    assert order.index(low) <= order.index(high)


@settings(max_examples=50)
@given(st.lists(st.tuples(rates, st.integers(1, 5_000)), min_size=1, max_size=15))
def test_children_who_all_keep_the_parents_rate_reach_it(rows: list[tuple[D, int]]) -> None:
    parent = max(rate for rate, _ in rows)
    children = [Child(str(place), rate, weight) for place, (rate, weight) in enumerate(rows)]
    assert children_reach(parent, children, direction=Direction.DOWN).enough


@pytest.mark.clause("KH IV.1.2.c")
@pytest.mark.parametrize(
    ("measured", "track"),
    [(D("2.69"), Track.AHEAD), (D("2.70"), Track.ON), (D("2.71"), Track.BEHIND), (None, Track.NOT_MEASURED)],
)
def test_an_assigned_rate_is_beaten_below_it_met_at_it_and_missed_above_it(measured: D | None, track: Track) -> None:
    assert against_assigned(D("2.7"), measured, direction=Direction.DOWN) is track


def test_an_assigned_figure_that_must_rise_is_beaten_above_it() -> None:
    assert against_assigned(D(2), D("2.1"), direction=Direction.UP) is Track.AHEAD
    assert against_assigned(D(2), D("1.9"), direction=Direction.UP) is Track.BEHIND


# --- below the plan's own province ---

OF_A_TOWN = replace(T1, baseline=D("2.54"), word="%")
FALLEN = {2016: D("1.9"), 2019: D("0.67")}


@pytest.mark.clause("KH I.1.b")
def test_a_unit_that_was_assigned_nothing_is_neither_late_nor_in_time_however_far_it_fell() -> None:
    done = progress(OF_A_TOWN, FALLEN, on=date(2020, 6, 1), assigned={})
    assert done.track is done.forecast_track is Track.NOT_ASSIGNED
    assert done.says(done.track) == "Chưa giao mức"
    assert done.lines[0] == "Cuối năm 2019 là 0,67%: chưa giao mức."
    assert [year.track for year in done.years][:2] == [Track.NOT_ASSIGNED, Track.NOT_MEASURED]
    assert progress(OF_A_TOWN, FALLEN, on=date(2020, 6, 1)).track is Track.BEHIND  # as the province's it would be late


@pytest.mark.clause("KH I.1.b", "KH IV.1.2.c")
@pytest.mark.parametrize(
    ("figure", "track", "said"),
    [
        ("0.68", Track.AHEAD, "Vượt mức giao"),
        ("0.67", Track.ON, "Đạt mức giao"),
        ("0.66", Track.BEHIND, "Chưa đạt mức giao"),
    ],
)
def test_a_unit_stands_to_what_it_was_assigned_for_the_latest_year(figure: str, track: Track, said: str) -> None:
    done = progress(OF_A_TOWN, FALLEN, on=date(2020, 6, 1), assigned={2019: D(figure)})
    assert (done.track, done.says(done.track)) == (track, said)
    assert done.forecast_track is Track.NOT_ASSIGNED


def test_a_forecast_of_a_unit_stands_to_the_figure_assigned_for_the_last_year() -> None:
    forecast = progress(OF_A_TOWN, FALLEN, on=date(2020, 6, 1)).forecast
    assert forecast is not None
    for asked, track in ((forecast, Track.ON), (forecast - D("0.01"), Track.BEHIND)):
        done = progress(OF_A_TOWN, FALLEN, on=date(2020, 6, 1), assigned={2020: asked})
        assert (done.track, done.forecast_track) == (Track.NOT_ASSIGNED, track)


@pytest.mark.clause("KH I.1.b")
def test_the_reference_of_a_unit_is_told_only_while_it_leaves_something() -> None:
    years = progress(OF_A_TOWN, {}, on=END, assigned={}).years
    assert [year.slow for year in years] == [D("1.54"), D("0.54"), None, None, None]
    assert [year.fast for year in years] == [D("1.04"), None, None, None, None]
    assert [year.slow for year in progress(OF_A_TOWN, {}, on=END).years][-1] == D(0)
    at_nothing = progress(replace(OF_A_TOWN, baseline=D(1)), {}, on=END, assigned={}).years[0]
    assert (at_nothing.slow, at_nothing.fast) == (None, None)


@pytest.mark.parametrize(
    ("value", "word", "places", "said"),
    [
        ("767144000", "đồng", 0, "767.144.000 đồng"),
        ("28151", "hộ", 0, "28.151 hộ"),
        ("777.25", "hộ", 0, "777 hộ"),
        ("16890.60", "hộ", 0, "16.891 hộ"),
        ("2.70", "%", 2, "2,7%"),
        ("1.80", "lần", None, "1,8 lần"),
        ("-1234.5", "", None, "-1.234,5"),
    ],
)
def test_a_figure_is_written_with_its_unit_and_groups_of_three(
    value: str, word: str, places: int | None, said: str
) -> None:
    assert written(D(value), word, places) == said


def test_sentences_say_households_whole_and_rates_in_points() -> None:
    households = Goal(Direction.DOWN, 2015, 2020, D(28151), end=D(0), word="hộ", places=0)
    done = progress(households, {2019: D(6252)}, on=END)
    assert done.lines == (
        "Cuối năm 2019 là 6.252 hộ: chậm so với kế hoạch.",
        "Từ 28.151 hộ cuối năm 2015: bình quân mỗi năm giảm 5.475 hộ.",
        "Với mức này, dự báo cuối năm 2020 là 777 hộ.",
    )
    assert done.forecast == D(777)
    assert path(households, 2017) == (D(16891), D(16891))
    rates = progress(replace(T1, word="%"), {2019: D("2.69")}, on=END)
    assert rates.lines[1] == "Từ 9,78% cuối năm 2015: bình quân mỗi năm giảm 1,773 điểm phần trăm."
    short = children_add_up(D(1100), [Child("A", D(1200))], direction=Direction.DOWN, word="hộ")
    assert "là 1.200 hộ, chưa đủ để đạt mức 1.100 hộ của cấp trên" in short.sentence
