"""Số hộ nghèo, cận nghèo của tỉnh mẫu theo năm: the published totals where there are any, invented ones between them.

Published (see data/published/poverty.csv): all of 2020, the two kinds of poor of 2015, poor and near-poor of 2016, the
rates of 2015, 2016 and 2019. Nothing was published for 2017, and for 2018 only whom a gift programme reached: the
numbers of those years, and every number of a district but two, are the demo's own.
"""

from dataclasses import dataclass

KINH, KHMER, HOA, OTHER = "Kinh", "Khmer", "Hoa", "Chăm"
PEOPLES = (KINH, KHMER, HOA, OTHER)
YEARS = (2015, 2016, 2017, 2018, 2019, 2020)


@dataclass(frozen=True)
class Year:
    """One year's end: households of all kinds; poor and near-poor by people; the poor by income among all poor."""

    households: int
    persons: int
    minority: int
    poor: dict[str, int]
    near_poor: dict[str, int]
    income_poor: int


def _year(
    households: int, persons: int, minority: int, poor: tuple[int, int, int, int], near: tuple[int, int, int, int],
    income_poor: int,
) -> Year:  # fmt: skip
    """`poor` and `near`: all of the province, then Khmer, Hoa and others; the Kinh are the rest."""
    return Year(households, persons, minority, _split(poor), _split(near), income_poor)


def _split(told: tuple[int, int, int, int]) -> dict[str, int]:
    whole, *minority = told
    return dict(zip(PEOPLES, (whole - sum(minority), *minority), strict=True))


SERIES = {
    2015: _year(421_288, 1_613_000, 66_300, (41_202, 8_190, 228, 2), (20_310, 5_110, 128, 2), 28_151),
    2016: _year(423_474, 1_621_000, 67_100, (35_233, 6_990, 188, 2), (19_135, 5_050, 128, 2), 25_480),
    2017: _year(432_600, 1_656_000, 68_000, (27_420, 5_680, 148, 2), (19_800, 5_005, 123, 2), 21_310),
    2018: _year(441_700, 1_691_000, 68_900, (18_940, 4_366, 112, 2), (20_240, 4_938, 120, 2), 15_690),
    2019: _year(450_300, 1_723_067, 69_000, (12_113, 3_162, 80, 1), (20_669, 4_870, 117, 2), 10_640),
    2020: _year(460_209, 1_741_000, 70_382, (8_790, 2_339, 53, 1), (19_378, 4_425, 112, 2), 8_037),
}
PERSONS_2020 = {"poor": 28_070, "near_poor": 71_801}
DISTRICTS_2020 = {"kg-903": 1_273, "kg-912": 1}
"""Hòn Đất and Kiên Hải: the most and the fewest poor households, the only two districts that were published."""

WEIGHTS: dict[str, tuple[float, float, float, float]] = {
    # district: households (thousands), poverty beside the province's, share of Khmer, share of Hoa among households
    "kg-899": (60, 0.25, 0.06, 0.05), "kg-900": (12, 0.4, 0.08, 0.04), "kg-902": (20, 0.5, 0.12, 0.02),
    "kg-903": (43, 1.45, 0.14, 0.01), "kg-904": (35, 0.5, 0.01, 0.005), "kg-905": (39, 1.0, 0.33, 0.02),
    "kg-906": (55, 1.0, 0.17, 0.01), "kg-907": (34, 1.25, 0.33, 0.01), "kg-908": (31, 1.45, 0.11, 0.01),
    "kg-909": (29, 1.6, 0.02, 0.005), "kg-910": (22, 1.1, 0.12, 0.01), "kg-911": (38, 0.2, 0.01, 0.01),
    "kg-912": (5, 0.15, 0.0, 0.0), "kg-913": (17, 1.7, 0.05, 0.005), "kg-914": (8, 2.3, 0.3, 0.005),
}  # fmt: skip
