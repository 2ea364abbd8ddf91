"""Timelines: no gap, no overlap, and silence is a refusal."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from datetime import date, timedelta
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay import law
from chungtay.law import rulebook
from chungtay.law.clauses import Trust, cite, stand_in
from chungtay.law.refusals import NoRule, Refused
from chungtay.law.timeline import Timeline, Version

DAY = timedelta(days=1)
MOVEMENT = (date(2016, 1, 1), date(2020, 12, 31))
KNOWN_TO = date(2026, 12, 31)
RULES = rulebook.timelines()
SOURCE = cite("NĐ 91/2017", "Điều 73.1")


def two() -> Timeline[int]:
    return Timeline(
        "mức thử",
        Version(date(2016, 1, 1), 1, SOURCE),
        Version(date(2018, 7, 1), 2, SOURCE),
        Version(date(2020, 1, 1), None, cite("NĐ 30/2020")),
    )


def test_a_version_holds_from_its_first_day_to_the_day_before_the_next() -> None:
    assert two().on(date(2016, 1, 1)).value == 1
    assert two().on(date(2018, 6, 30)).value == 1
    assert two().on(date(2018, 7, 1)).value == 2
    assert two().on(date(2019, 12, 31)).value == 2


def test_before_the_first_version_there_is_no_rule_and_the_refusal_says_which() -> None:
    with pytest.raises(NoRule, match=r"mức thử áp dụng cho ngày 31/12/2015: quy định sớm nhất là NĐ 91/2017"):
        two().on(date(2015, 12, 31))


def test_after_a_repeal_there_is_no_rule() -> None:
    with pytest.raises(NoRule, match=r"mức thử.*01/01/2020.*hết hiệu lực.*NĐ 30/2020"):
        two().on(date(2020, 1, 1))


def test_no_rule_is_a_refusal_that_pages_can_show() -> None:
    with pytest.raises(Refused) as refusal:
        two().on(date(2015, 12, 31))
    assert refusal.value.reasons[0].text.endswith(".")


@pytest.mark.parametrize("second", [date(2016, 1, 1), date(2015, 12, 31)])
def test_versions_out_of_order_or_on_the_same_day_are_refused(second: date) -> None:
    with pytest.raises(ValueError, match="does not come after"):
        Timeline("sai", Version(date(2016, 1, 1), 1, SOURCE), Version(second, 2, SOURCE))


def test_a_timeline_needs_a_version_and_does_not_start_with_a_repeal() -> None:
    with pytest.raises(ValueError, match="no version"):
        Timeline("trống")
    with pytest.raises(ValueError, match="starts with a repeal"):
        Timeline("sai", Version(date(2016, 1, 1), None, SOURCE))


def test_a_false_or_zero_value_is_a_value_and_not_a_repeal() -> None:
    assert Timeline("không", Version(date(2016, 1, 1), 0, SOURCE)).on(MOVEMENT[0]).value == 0
    assert Timeline("không", Version(date(2016, 1, 1), False, SOURCE)).on(MOVEMENT[0]).value is False


def test_periods_touch_without_gap_or_overlap() -> None:
    periods = list(two().periods())
    assert [(first, last) for first, last, _ in periods] == [
        (date(2016, 1, 1), date(2018, 6, 30)),
        (date(2018, 7, 1), date(2019, 12, 31)),
        (date(2020, 1, 1), None),
    ]


def test_the_rulebook_holds_every_timeline_of_every_module() -> None:
    """A timeline that is not in the rulebook would escape the tests below."""
    held = {id(timeline) for timeline in RULES.values()}
    missing = []
    for module in pkgutil.iter_modules(law.__path__):
        for name, value in vars(import_module(f"chungtay.law.{module.name}")).items():
            members = value.values() if isinstance(value, Mapping) else (value,)
            missing += [f"{module.name}.{name}" for m in members if isinstance(m, Timeline) and id(m) not in held]
    assert missing == []
    assert len(RULES) >= 40


@pytest.mark.parametrize("name", RULES)
def test_every_rule_covers_the_movement_and_up_to_2026_with_exactly_one_version(name: str) -> None:
    """On the border days, where a gap or an overlap would show, and on the first and last day."""
    timeline = RULES[name]
    borders = [version.since for version in timeline.versions]
    days = {*MOVEMENT, KNOWN_TO, *borders, *(day - DAY for day in borders)}
    for day in sorted(day for day in days if MOVEMENT[0] <= day <= KNOWN_TO):
        covering = [v for first, last, v in timeline.periods() if first <= day and (last is None or day <= last)]
        assert covering == [timeline.on(day)]


@given(st.sampled_from(sorted(RULES)), st.dates(MOVEMENT[0], KNOWN_TO))
def test_no_rule_has_a_gap_or_an_overlap_on_any_day(name: str, day: date) -> None:
    timeline = RULES[name]
    covering = [v for first, last, v in timeline.periods() if first <= day and (last is None or day <= last)]
    assert covering == [timeline.on(day)]


@pytest.mark.parametrize("name", RULES)
def test_no_rule_reaches_back_before_its_first_day(name: str) -> None:
    with pytest.raises(NoRule):
        RULES[name].on(RULES[name].versions[0].since - DAY)


@pytest.mark.parametrize("name", RULES)
def test_a_value_from_no_text_says_so_and_a_sentence_ends_with_a_full_stop(name: str) -> None:
    for version in RULES[name].versions:
        if version.source.trust is Trust.ASSUMED:
            assert version.assumed, f"{name} from {version.since} rests on nothing read but does not say so"
        if version.assumed:
            assert version.assumed.endswith(".")
            assert not version.assumed[0].islower()


def test_a_version_prints_its_source_and_first_day() -> None:
    assert str(Version(date(2017, 10, 1), 1, stand_in("NĐ 91/2017"))) == "NĐ 91/2017, từ ngày 01/10/2017"
    assert repr(two()) == "<Timeline mức thử: 2016-01-01, 2018-07-01, 2020-01-01>"
