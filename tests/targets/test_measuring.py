"""Each goal measured: its value with part and whole, or the honest reason why there is none."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from chungtay.law.targets import Track
from chungtay.places.models import Coverage, Difficulty, Succession
from chungtay.reviews.models import Figures
from chungtay.targets import judging, measuring, sums
from chungtay.targets.ground import Ground
from chungtay.targets.judging import Standing
from chungtay.targets.measuring import NO_GIFTS, Facts, Measured
from chungtay.targets.models import IncomeSurvey, Infrastructure
from tests.contributions import doing as gifts
from tests.make import TODAY, Province
from tests.targets.made import COMMUNES

D = Decimal
Write = Callable[..., Figures]
END = date(2021, 3, 1)


def gathered(province: Province, on: date = TODAY) -> Facts:
    ground = Ground(province.places["kg"], on)
    return measuring.gather(ground, list(ground.units.values()), base_year=2015)


def measured(province: Province, way: str, key: str = "kg", year: int = 2019) -> Measured:
    facts = gathered(province)
    unit = facts.ground.by_key(key)
    assert unit is not None
    return measuring.measure(facts, way, [unit], [year])[unit.pk][year]


def standing(province: Province, goal: str, key: str = "kg", on: date = TODAY) -> Standing:
    facts = gathered(province, on)
    unit = facts.ground.by_key(key)
    assert unit is not None
    plan = province.movement.plan_on(on).plan
    return judging.judge(facts, plan, plan.goal(goal), [unit], {}, on=on)[0]


@pytest.mark.clause("KH I.1.b")
def test_the_poverty_rate_of_a_place_is_that_of_all_its_households_not_the_mean_of_its_communes(
    province: Province, write: Write
) -> None:
    write("kg-30847", 2019, poor=30, households_all=100)
    write("kg-30850", 2019, poor=10, households_all=900)
    write("kg-30985", 2019, poor=0, households_all=500)
    district = measured(province, "poverty_rate", "kg-903")
    assert (district.value, district.part, district.whole) == (D("4.00"), 40, 1000)
    assert measured(province, "poverty_rate").value == D("2.67")
    assert measured(province, "poverty_rate", "kg-30847").value == D("30.00")
    assert (district.as_of, district.source) == (date(2019, 12, 31), "Quyết định phê duyệt 2019")


def test_a_year_without_a_locked_round_is_a_gap_and_says_so(province: Province, five_years: None) -> None:
    found = measured(province, "poverty_rate", year=2020)
    assert found.value is None
    assert found.why == "Chưa có số liệu rà soát đã khóa của năm 2020."


def test_figures_of_some_communes_are_not_the_rate_of_the_whole(province: Province, write: Write) -> None:
    write("kg-30847", 2019, poor=30)
    found = measured(province, "poverty_rate", "kg-903")
    assert found.value is None
    assert found.why == "Mới có số liệu năm 2019 của 1 trong 2 xã, phường, thị trấn."
    assert measured(province, "poverty_rate", "kg-30847").value == D("3.00")


def test_a_correction_after_the_lock_counts_at_once_and_once(province: Province, five_years: None) -> None:
    """What the pages add up is what a fresh GROUP BY over the rows in force gives, before and after."""

    def fresh(year: int) -> int:
        told = Figures.objects.filter(replaced=False).values("year").order_by("year").annotate(total=Sum("poor"))
        return {row["year"]: row["total"] for row in told}[year]

    assert measured(province, "poverty_rate").part == fresh(2019) == 180
    old = Figures.objects.get(place=province.places["kg-30847"], year=2019)
    Figures.objects.filter(pk=old.pk).update(replaced=True)
    old.pk, old.poor, old.replaced = None, 55, False
    old._state.adding = True
    old.save()
    assert measured(province, "poverty_rate").part == fresh(2019) == 175


@pytest.mark.clause("KH I.1.b")
def test_the_rate_of_special_communes_counts_only_those_that_had_the_status_that_year(
    province: Province, write: Write
) -> None:
    for key in COMMUNES:
        write(key, 2019, poor=50, households_all=500)
    special(province, "kg-30985", 2019)
    special(province, "kg-30985", 2019, programme="p135")
    special(province, "kg-30847", 2018)
    found = measured(province, "poverty_rate_special_communes")
    assert (found.value, found.part, found.whole) == (D("10.00"), 50, 500)
    assert "chưa đầy đủ" in found.caution
    whys = {key: measured(province, "poverty_rate_special_communes", key).why for key in ("kg-903", "kg-30847")}
    assert whys == {
        "kg-903": "Địa bàn này không có xã được ghi là đặc biệt khó khăn trong năm 2019.",
        "kg-30847": "Xã này không được ghi là đặc biệt khó khăn trong năm 2019.",
    }


@pytest.mark.clause("KH I.1.b")
def test_a_commune_entered_in_the_list_after_the_lock_is_counted_by_every_goal(
    province: Province, write: Write
) -> None:
    """One dated list for all: what stood in it when the round was locked does not matter."""
    for key, poor in zip(COMMUNES, (50, 80, 5), strict=True):
        write(key, 2019, poor=poor, households_all=500)
    special(province, "kg-30985", 2019)
    assert measured(province, "poverty_rate_special_communes").value == D("1.00")
    special(province, "kg-30850", 2019)
    found = measured(province, "poverty_rate_special_communes")
    assert (found.value, found.part, found.whole) == (D("8.50"), 85, 1000)
    assert measured(province, "poverty_rate_special_communes", "kg-30850").value == D("16.00")
    facts = gathered(province)
    commune = facts.ground.by_key("kg-30850")
    assert commune is not None
    assert facts.special_years(commune) == {2019}
    assert "chưa nhập" in measured(province, "essential_infrastructure", "kg-30850").why


@pytest.mark.clause("KH I.1.b")
def test_the_minority_rate_needs_the_number_of_all_minority_households(province: Province, write: Write) -> None:
    for key in COMMUNES:
        write(key, 2019, minority_all=200, minority_poor=17)
    found = measured(province, "poverty_rate_ethnic_minority")
    assert (found.value, found.part, found.whole) == (D("8.50"), 51, 600)
    Figures.objects.filter(place=province.places["kg-30985"]).update(replaced=True)
    write("kg-30985", 2019, minority_all=None)
    gap = measured(province, "poverty_rate_ethnic_minority")
    assert gap.value is None
    assert "1 xã, phường, thị trấn chưa nhập" in gap.why


def test_a_place_without_minority_households_has_no_minority_rate(province: Province, write: Write) -> None:
    write("kg-30985", 2019, minority_all=0)
    assert measured(province, "poverty_rate_ethnic_minority", "kg-30985").value is None


@pytest.mark.clause("KH I.1.b")
def test_the_two_lists_of_2015_are_followed_household_by_household(province: Province, five_years: None) -> None:
    income = measured(province, "income_poor_households")
    assert (income.value, income.part, income.whole) == (D(90), 90, 210)
    service = measured(province, "service_poor_households", "kg-903")
    assert (service.value, service.whole) == (D(60), 60)


def test_without_the_first_list_nobody_can_be_followed(province: Province, write: Write) -> None:
    for key in COMMUNES:
        write(key, 2019, poor=5, income_poor=5, of_first_income_poor=5)
    found = measured(province, "income_poor_households")
    assert found.value is None
    assert "không có danh sách cuối năm 2015" in found.why


def survey(province: Province, year: int, per_head: int, key: str = "kg") -> None:
    place = province.places[key]
    IncomeSurvey.objects.create(
        place=place, area_path=place.path_on(TODAY), year=year, households=400, per_head=per_head,
        method="chọn mẫu ngẫu nhiên", source="Báo cáo 12/BC-LĐTBXH", entered_on=TODAY,
    )  # fmt: skip


@pytest.mark.clause("KH I.1.b")
def test_income_is_measured_by_two_surveys_and_by_nothing_else(province: Province, five_years: None) -> None:
    assert "Phiếu rà soát chấm điểm" in measured(province, "income_of_the_poor").why
    survey(province, 2019, 1_260_000)
    assert "điều tra thu nhập cuối năm 2015" in measured(province, "income_of_the_poor").why
    survey(province, 2015, 700_000)
    found = measured(province, "income_of_the_poor")
    assert (found.value, found.part, found.whole) == (D("1.80"), 1_260_000, 700_000)
    assert "điều tra 400 hộ" in found.caution
    assert measured(province, "income_of_the_poor", "kg-903").value is None


def special(province: Province, key: str, *years: int, programme: str = "coastal") -> None:
    for year in years:
        Difficulty.objects.create(place=province.places[key], year=year, programme=programme, source="QĐ 131")


def complete_list() -> None:
    Coverage.objects.create(topic="difficulty", complete=True, note="Đủ danh sách.")


@pytest.mark.clause("KH I.1.b")
def test_communes_that_left_the_status_are_counted_against_the_list_of_the_start(province: Province) -> None:
    special(province, "kg-30847", 2015, 2016, 2019)
    special(province, "kg-30850", 2015, 2016, programme="p135")
    special(province, "kg-30985", 2015, programme="border")
    assert "chưa đầy đủ" in measured(province, "special_communes_leaving").why
    complete_list()
    found = measured(province, "special_communes_leaving")
    assert (found.value, found.part, found.whole) == (D("50.00"), 1, 2)  # a border commune is not of this goal
    assert measured(province, "special_communes_leaving", year=2016).value == D("0.00")
    assert "Không có xã" in measured(province, "special_communes_leaving", "kg-908").why


@pytest.mark.clause("KH I.1.b")
def test_infrastructure_is_measured_once_every_question_of_the_year_is_answered(province: Province) -> None:
    place = province.places["kg-30985"]
    special(province, "kg-30985", 2019)
    assert "chưa nhập" in measured(province, "essential_infrastructure").why
    for hamlet in ("", "Bảy Biển"):
        for criterion in Infrastructure.Criterion:
            if (hamlet, criterion) == ("Bảy Biển", Infrastructure.Criterion.WATER):
                assert "mới nhập 5 trong 6" in measured(province, "essential_infrastructure").why
            Infrastructure.objects.create(
                place=place, area_path=place.path_on(TODAY), hamlet=hamlet, criterion=criterion, year=2019,
                met=hamlet == "", source="Báo cáo xã", entered_on=TODAY,
            )  # fmt: skip
    found = measured(province, "essential_infrastructure")
    assert (found.value, found.part, found.whole) == (D("50.00"), 3, 6)
    assert "không có xã" in measured(province, "essential_infrastructure", "kg-903").why


@pytest.mark.clause("KH I.1.b", "T9")
def test_charity_is_not_measured_in_a_year_without_a_confirmed_gift(province: Province, five_years: None) -> None:
    gifts.recorded(province)
    assert measured(province, "contributions").why == NO_GIFTS.format(year=2019)
    assert standing(province, "T9").progress.track is Track.NOT_MEASURED


@pytest.mark.clause("KH I.1.b", "T9")
def test_charity_is_measured_by_what_was_received_and_confirmed_in_the_year_by_kind(
    province: Province, five_years: None
) -> None:
    last, first = date(2019, 12, 31), date(2019, 1, 1)
    gifts.confirmed(province, day=first, received_on=first, value=3_000_000)
    gifts.confirmed(province, day=first, received_on=last, value=4_000_000, nature="goods", method="market")
    gifts.confirmed(province, commune="kg-30985", seat="commune_c", value=5_000_000)
    gifts.confirmed(province, day=last, received_on=date(2020, 1, 1), value=8_000_000)
    whole = measured(province, "contributions")
    assert (whole.value, whole.as_of) == (D(12_000_000), last)
    assert "tiền 8.000.000 đồng; hiện vật 4.000.000 đồng" in whole.source
    values = {key: measured(province, "contributions", key).value for key in ("kg-903", "kg-908", "kg-30850")}
    assert values == {"kg-903": D(7_000_000), "kg-908": D(5_000_000), "kg-30850": None}


def test_a_measure_that_nobody_knows_is_not_measured(province: Province) -> None:
    assert "chưa biết cách đo" in measured(province, "happiness").why


@pytest.mark.clause("KH I.1.b")
def test_the_province_starts_from_the_plan_and_a_district_from_its_own_list(
    province: Province, five_years: None
) -> None:
    whole, part = standing(province, "T1"), standing(province, "T1", "kg-903")
    assert (whole.baseline, whole.baseline_source) == (D("9.78"), "Báo Kiên Giang, 15/12/2020")
    assert part.baseline == D("10.00")
    assert part.baseline_source.endswith("danh sách cuối năm 2015 trong hệ thống; kế hoạch chỉ nêu số của tỉnh.")
    minority = standing(province, "T3")
    assert minority.baseline == D("20.00")
    assert minority.baseline_source.endswith("trong hệ thống; kế hoạch không nêu số liệu gốc.")
    assert standing(province, "T4").baseline == D(28_151)
    assert standing(province, "T4", "kg-908").baseline == D(70)


@pytest.mark.clause("KH I.1.b")
def test_a_commune_follows_the_harder_pace_in_its_years_of_special_difficulty(
    province: Province, five_years: None
) -> None:
    special(province, "kg-30985", 2016, 2017)
    ends = {key: standing(province, "T1", key).progress.years[-1].slow for key in ("kg-30985", "kg-30847", "kg-908")}
    assert ends == {"kg-30985": D("3.00"), "kg-30847": D("5.00"), "kg-908": D("5.00")}


def test_the_year_under_way_is_not_measured_yet(province: Province, five_years: None, write: Write) -> None:
    for key in COMMUNES:
        write(key, 2020, poor=1)
    assert standing(province, "T1").progress.latest_year == 2019
    assert standing(province, "T1", on=END).progress.latest_year == 2020


@pytest.mark.parametrize("deep", [False, True])
def test_all_goals_take_the_same_few_queries_for_one_unit_and_for_all(
    province: Province, five_years: None, deep: bool
) -> None:
    ground = Ground(province.places["kg"], TODAY)
    units = list(ground.units.values()) if deep else [ground.province]
    plan = province.movement.plan_on(TODAY).plan
    with CaptureQueriesContext(connection) as queries:
        facts = measuring.gather(ground, units, base_year=2015)
        for goal in plan.goals:
            judging.judge(facts, plan, goal, units, {}, on=TODAY)
    assert len(queries) == 6


def test_a_merged_commune_brings_its_years_to_its_heir(province: Province, write: Write) -> None:
    write("kg-30847", 2019, poor=10)
    write("kg-30850", 2019, poor=20)
    write("kg-30985", 2019, poor=5)
    old = province.places["kg-30850"]
    type(old).objects.filter(pk=old.pk).update(until=date(2020, 1, 1))
    old.versions.update(until=date(2020, 1, 1))
    Succession.objects.create(
        predecessor=old, successor=province.places["kg-30847"], on=date(2020, 1, 1), kind="merged", source="NQ"
    )
    ground = Ground(province.places["kg"], TODAY)
    heir = ground.by_key("kg-30847")
    assert heir is not None
    assert ground.by_key("kg-30850") is None
    table = sums.read(ground, [heir])
    assert table[heir.pk][2019].poor == 30
    assert table[ground.province.pk][2019].poor == 35
    assert ground.expected(heir, 2019) == 2
