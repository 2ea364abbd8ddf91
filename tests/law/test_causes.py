"""The eight causes of poverty, kept as one number."""

import pytest

from chungtay.law import causes


def test_there_are_eight_causes_and_each_has_its_own_bit() -> None:
    assert len(causes.CAUSES) == 8
    assert sum(one.bit for one in causes.CAUSES.values()) == 255


def test_a_set_of_causes_survives_as_a_number_and_reads_in_the_order_of_the_report() -> None:
    for value in range(256):
        assert causes.mask(causes.unmask(value)) == value
    several = causes.mask(["illness", "land"])
    assert causes.in_words(several) == "không có đất sản xuất, có người ốm đau, bệnh nặng, tai nạn"
    assert causes.in_words(0) == ""


@pytest.mark.parametrize("value", [-1, 256])
def test_a_bit_that_stands_for_nothing_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="no cause"):
        causes.unmask(value)


def test_a_cause_nobody_knows_has_no_bit() -> None:
    with pytest.raises(KeyError):
        causes.mask(["bad_luck"])


def test_the_source_says_that_the_form_was_not_read() -> None:
    assert causes.SOURCE.trust.label.startswith("chưa đọc")
    assert "chưa đọc" in causes.ASSUMED
