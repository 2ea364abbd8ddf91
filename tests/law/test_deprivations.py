"""The lists of deprivations, their bits and their points."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.law.deprivations import (
    CUT,
    INDICATORS,
    LISTS,
    POINTS,
    POINTS_CUT,
    definitions,
    in_words,
    mask,
    strangers,
    unmask,
)
from chungtay.law.refusals import NoRule

OLD, NEW, NEXT = date(2021, 12, 31), date(2022, 1, 1), date(2027, 1, 1)


@pytest.mark.clause("QĐ 59/2015")
def test_the_standard_of_2016_asks_ten_indicators_of_five_services() -> None:
    asked = [INDICATORS[name] for name in LISTS.on(OLD).value]
    assert len(asked) == 10
    assert list(dict.fromkeys(indicator.service for indicator in asked)) == [
        "Y tế",
        "Giáo dục",
        "Nhà ở",
        "Nước sạch và vệ sinh",
        "Thông tin",
    ]


@pytest.mark.clause("NĐ 07/2021")
def test_from_2022_twelve_are_asked_and_access_to_care_no_more() -> None:
    old, new = set(LISTS.on(OLD).value), set(LISTS.on(NEW).value)
    assert len(new) == 12
    assert new - old == {"employment", "dependants", "nutrition"}
    assert old - new == {"care"}
    assert LISTS.on(date(2026, 12, 31)).value == LISTS.on(NEW).value


@pytest.mark.clause("NĐ 351/2025")
def test_from_2027_information_means_give_way_to_digital_services_and_waste_and_the_list_is_assumed() -> None:
    before, version = set(LISTS.on(date(2026, 12, 31)).value), LISTS.on(NEXT)
    assert len(version.value) == 12
    assert set(version.value) - before == {"digital", "waste"}
    assert before - set(version.value) == {"telecom", "information_means"}
    assert "dự thảo" in version.assumed


@pytest.mark.parametrize("on", [date(2016, 1, 1), OLD, NEW, date(2026, 12, 31), NEXT, date(2030, 12, 31)])
def test_three_is_the_cut_of_every_standard(on: date) -> None:
    assert CUT.on(on).value == 3


@pytest.mark.parametrize("on", [date(2016, 1, 1), OLD, NEW, date(2026, 12, 31)])
def test_thirty_points_are_three_indicators(on: date) -> None:
    assert POINTS_CUT.on(on).value == CUT.on(on).value * POINTS.on(on).value


def test_no_points_are_known_from_2027_and_no_list_from_2031() -> None:
    for timeline in (POINTS, POINTS_CUT):
        with pytest.raises(NoRule):
            timeline.on(NEXT)
    with pytest.raises(NoRule):
        LISTS.on(date(2031, 1, 1))


def test_every_definition_says_that_it_was_not_read_and_is_empty_where_none_was_found() -> None:
    old, new = definitions(on=OLD), definitions(on=NEW)
    assert all(known.deprived_when and "chưa đọc bản gốc" in known.assumed for known in old)
    assert all(not known.deprived_when and "Chưa tìm thấy" in known.assumed for known in new)
    assert [known.indicator.id for known in new] == list(LISTS.on(NEW).value)


def test_no_two_indicators_share_a_bit() -> None:
    assert len({indicator.bit for indicator in INDICATORS.values()}) == len(INDICATORS) == 15


def test_the_bits_of_kept_rows_stay_what_they_were() -> None:
    assert mask(["care", "water", "information_means"]) == 1 + 64 + 512


@settings(max_examples=50)
@given(st.sets(st.sampled_from(sorted(INDICATORS))))
def test_a_set_comes_back_from_its_mask(names: set[str]) -> None:
    assert unmask(mask(names)) == names
    assert mask(names).bit_count() == len(names)


@pytest.mark.parametrize("value", [-1, 1 << 15])
def test_a_mask_with_a_bit_for_nothing_is_a_mistake(value: int) -> None:
    with pytest.raises(ValueError, match="no indicator"):
        unmask(value)


def test_an_indicator_of_another_standard_is_a_reason_to_refuse() -> None:
    assert strangers({"water", "care"}, on=OLD) == []
    (reason,) = strangers({"water", "care"}, on=NEW)
    assert (reason.field, reason.clause) == ("lacking", "NĐ 07/2021")
    assert "tiếp cận các dịch vụ y tế" in reason.text


def test_deprivations_in_words_come_in_the_order_of_the_form() -> None:
    assert in_words({"water", "insurance"}) == "bảo hiểm y tế, nguồn nước sinh hoạt"
