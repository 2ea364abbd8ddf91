"""What cannot be assigned, what is taken back, and what the second of two is told at the very field."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chungtay.law.refusals import Conflict, Refused
from chungtay.law.targets import Track
from chungtay.places.models import Difficulty
from chungtay.records.models import Entry
from chungtay.reviews.models import Figures
from chungtay.targets import judging, measuring
from chungtay.targets.ground import Ground
from chungtay.targets.judging import Standing
from chungtay.targets.models import Assigned
from tests.make import TODAY, Province, post_form
from tests.targets.made import COMMUNES
from tests.targets.test_assigning import give

D = Decimal
Write = Callable[..., Figures]


def faults(province: Province, above: str, told: dict[str, Any], **more: Any) -> dict[str, str]:
    """What is said at which unit's field; "" stands for what is said above the form."""
    with pytest.raises(Refused) as refused:
        give(province, above, told, **more)
    names = {f"value-{place.pk}": key for key, place in province.places.items()}
    return {names.get(one.field, one.field): one.text for one in refused.value.reasons}


def standing(province: Province, key: str, goal: str = "T1", on: date = TODAY) -> Standing:
    ground = Ground(province.places["kg"], on)
    unit = ground.by_key(key)
    assert unit is not None
    facts = measuring.gather(ground, [unit], base_year=2015)
    given = judging.assigned_in(province.movement, [goal], ground.province.path, on=on)[goal]
    plan = province.movement.plan_on(on).plan
    return judging.judge(facts, plan, plan.goal(goal), [unit], given, on=on)[0]


# --- what a unit stands to ---


@pytest.mark.clause("KH I.1.b")
def test_below_the_province_nobody_is_late_by_the_plans_pace_alone(province: Province, write: Write) -> None:
    for year in range(2015, 2020):
        for key in COMMUNES:
            write(key, year, poor=25 - 4 * (year - 2015))
    tracks = {key: standing(province, key).progress.track for key in ("kg-903", "kg-30847")}
    assert set(tracks.values()) == {Track.NOT_ASSIGNED}
    page = province.client("labour").get("/chi-tieu/t1/kg/").content.decode()
    assert page.count("Chưa giao mức") == 2
    assert "Chậm so với kế hoạch" not in page
    mine = province.client("labour").get("/chi-tieu/t1/kg-903/").content.decode()
    assert "Mức giảm của kế hoạch (tham khảo)" in mine
    assert "Chậm so với kế hoạch" not in mine
    give(province, "kg", {"kg-903": "0.9"}, year=2019, document="QĐ 1")
    assert "Vượt mức giao" not in province.client("labour").get("/chi-tieu/t1/kg-903/").content.decode()
    assert standing(province, "kg-903").progress.track is Track.ON


@pytest.mark.clause("KH I.1.b")
def test_the_assign_page_offers_no_plan_that_comes_to_nothing(province: Province, write: Write) -> None:
    for key in COMMUNES:
        write(key, 2015, poor=25)
        write(key, 2019, poor=9)
    pages = {
        year: province.client("labour").get(f"/chi-tieu/t1/kg/giao/?nam={year}").content.decode()
        for year in (2017, 2018)
    }
    offered = '<td data-label="Theo kế hoạch" class="is-number"><div>{}</div></td>'
    assert pages[2017].count(offered.format("0,5%")) == 2
    assert pages[2018].count(offered.format("–")) == 2
    assert "<div>0%" not in pages[2018]


@pytest.mark.clause("KH I.1.b")
def test_communes_of_a_district_without_a_figure_are_not_held_to_its_reference(
    province: Province, five_years: None
) -> None:
    assert len(give(province, "kg-903", {"kg-30847": "9", "kg-30850": "9"}, seat="district")) == 2


# --- what cannot be ---


@pytest.mark.clause("KH I.1.b")
def test_the_province_cannot_be_assigned_less_than_the_plans_slower_pace(province: Province, five_years: None) -> None:
    told = faults(province, "kg", {"kg": "4.79"})
    assert told == {"kg": "Không được thấp hơn mức kế hoạch: tỷ lệ cuối năm không quá 4,78%."}
    give(province, "kg", {"kg": "4.78"})


@pytest.mark.clause("KH I.1.b")
def test_a_count_cannot_exceed_the_first_list(province: Province, five_years: None) -> None:
    told = faults(province, "kg", {"kg": "28152", "kg-903": "141"}, goal="T4")
    assert told == {
        "kg": "Không được quá 28.151 hộ của danh sách gốc.",
        "kg-903": "Không được quá 140 hộ của danh sách gốc.",
    }
    assert len(give(province, "kg", {"kg": "28151", "kg-903": "140"}, goal="T4")) == 2


@pytest.mark.clause("KH I.1.b")
def test_children_that_exceed_the_parents_count_already_are_told_before_all_have_theirs(
    province: Province, five_years: None
) -> None:
    give(province, "kg", {"kg": "100"}, goal="T4")
    with pytest.raises(Refused, match=r"Còn 1 đơn vị chưa được giao\. .* cộng lại là 101 hộ"):
        give(province, "kg", {"kg-903": "101"}, goal="T4")
    give(province, "kg", {"kg-903": "100"}, goal="T4")


@pytest.mark.clause("KH I.1.b")
def test_a_year_that_has_ended_is_assigned_only_by_a_paper(province: Province, five_years: None) -> None:
    assert faults(province, "kg", {"kg-903": "6"}, year=2019) == {"document": "Năm 2019 đã hết: cần ghi văn bản giao."}
    give(province, "kg", {"kg-903": "6"}, year=2019, on=date(2019, 12, 31))
    give(province, "kg", {"kg-908": "6"}, year=2018, document="QĐ 4")
    page = province.client("labour").get("/chi-tieu/t1/kg/giao/?nam=2019").content.decode()
    assert "Năm này đã hết" in page
    assert "Năm này đã hết" not in province.client("labour").get("/chi-tieu/t1/kg/giao/?nam=2020").content.decode()


@pytest.mark.clause("KH I.1.b")
def test_the_rate_of_special_communes_is_assigned_only_where_there_are_some(
    province: Province, five_years: None
) -> None:
    told = faults(province, "kg", {"kg-903": "5"}, goal="T2")
    assert told["kg-903"].startswith("Chưa có danh sách xã đặc biệt khó khăn")
    Difficulty.objects.create(place=province.places["kg-30985"], year=2019, programme="coastal", source="QĐ 131")
    told = faults(province, "kg", {"kg-903": "5", "kg-908": "5"}, goal="T2")
    assert told == {"kg-903": "Địa bàn này không có xã thuộc diện đặc biệt khó khăn."}
    give(province, "kg", {"kg-908": "5"}, goal="T2")
    page = province.client("labour").get("/chi-tieu/t2/kg/giao/?nam=2020").content.decode()
    assert f'name="value-{province.places["kg-908"].pk}"' in page
    assert f'name="value-{province.places["kg-903"].pk}"' not in page


@pytest.mark.clause("KH I.1.b")
def test_the_minority_rate_is_assigned_only_where_such_households_live_or_nobody_knows(
    province: Province, write: Write
) -> None:
    for key, minority in (("kg-30847", 0), ("kg-30850", 0), ("kg-30985", None)):
        write(key, 2019, minority_all=minority)
    assert faults(province, "kg", {"kg-903": "5"}, goal="T3") == {"kg-903": "Địa bàn này không có hộ dân tộc thiểu số."}
    give(province, "kg", {"kg-908": "5"}, goal="T3")


def test_all_that_is_wrong_on_the_page_is_said_at_once_and_no_unit_twice(province: Province, five_years: None) -> None:
    keys = {key: province.places[key].pk for key in ("kg", "kg-903", "kg-908")}
    data = {f"seen-{pk}": "0" for pk in keys.values()}
    data |= {f"value-{keys['kg']}": "50", f"value-{keys['kg-903']}": "101", f"value-{keys['kg-908']}": "-1"}
    page = post_form(province.client("labour"), "/chi-tieu/t1/kg/giao/?nam=2019", data).content.decode()
    for said in (
        "không quá 5,78%",
        "Tỷ lệ không vượt quá 100%",
        "không được âm",
        "Năm 2019 đã hết: cần ghi văn bản giao",
    ):
        assert said in page, said
    assert "Huyện Hòn Đất: Huyện" not in page


# --- taking back ---


@pytest.mark.clause("KH I.1.b")
def test_an_emptied_field_withdraws_the_figure_and_keeps_that_it_stood(province: Province, five_years: None) -> None:
    client, page = province.client("labour"), "/chi-tieu/t1/kg/giao/?nam=2020"
    [row] = give(province, "kg", {"kg-903": "4"}, on=date(2020, 10, 19))
    keys = {key: province.places[key].pk for key in ("kg", "kg-903", "kg-908")}
    data = {f"value-{pk}": "" for pk in keys.values()} | {f"seen-{pk}": "0" for pk in keys.values()}
    data |= {f"seen-{keys['kg-903']}": str(row.pk)}
    assert post_form(client, page, data).status_code == 302
    assert [one.value for one in Assigned.objects.order_by("pk")] == [D(4), None]
    assert Entry.objects.latest("seq").act == "withdraw_target"
    assert Entry.objects.latest("seq").body["before"] == "4.00"
    drawn = client.get(page).content.decode()
    assert "Rút mức giao" in drawn
    assert "chưa được giao" in drawn
    assert 2020 not in standing(province, "kg-903").assigned
    assert standing(province, "kg-903", on=date(2020, 10, 19)).assigned[2020].value == 4
    last = Assigned.objects.in_force().get()
    assert [one.value for one in give(province, "kg", {"kg-903": ("4.2", last.pk)})] == [D("4.2")]


def test_nothing_changed_is_said_so(province: Province, five_years: None) -> None:
    client, page = province.client("labour"), "/chi-tieu/t1/kg/giao/?nam=2020"
    [row] = give(province, "kg", {"kg-903": "4"})
    keys = {key: province.places[key].pk for key in ("kg", "kg-903", "kg-908")}
    data = {f"value-{pk}": "" for pk in keys.values()} | {f"seen-{pk}": "0" for pk in keys.values()}
    data |= {f"value-{keys['kg-903']}": "4", f"seen-{keys['kg-903']}": str(row.pk)}
    assert post_form(client, page, data).status_code == 302
    drawn = client.get(page).content.decode()
    assert "Không có gì thay đổi." in drawn
    assert "Đã ghi mức giao" not in drawn
    assert Assigned.objects.count() == 1


def test_a_field_that_was_empty_for_its_reader_withdraws_nothing_that_came_later(
    province: Province, five_years: None
) -> None:
    give(province, "kg", {"kg-903": "4"})
    assert give(province, "kg", {"kg-903": (None, 0)}) == []
    [withdrawn] = give(province, "kg", {"kg-903": (None, Assigned.objects.get().pk)})
    give(province, "kg", {"kg-903": ("4.1", withdrawn.pk)})
    assert give(province, "kg", {"kg-903": (None, withdrawn.pk)}) == []
    assert Assigned.objects.in_force().get().value == D("4.1")


# --- two at once ---


def test_the_second_is_told_at_the_field_what_stands_there_now_and_may_send_again(
    province: Province, five_years: None
) -> None:
    client, page = province.client("labour"), "/chi-tieu/t1/kg/giao/?nam=2020"
    [first] = give(province, "kg", {"kg-903": "4"})
    [other] = give(province, "kg", {"kg-903": ("3.9", first.pk)}, document="KH 8")
    keys = {key: province.places[key].pk for key in ("kg", "kg-903", "kg-908")}
    data = {f"value-{pk}": "" for pk in keys.values()} | {f"seen-{pk}": "0" for pk in keys.values()}
    data |= {
        f"value-{keys['kg-903']}": "3,8",
        f"seen-{keys['kg-903']}": str(first.pk),
        f"value-{keys['kg-908']}": "4,2",
    }
    answer = post_form(client, page, data)
    drawn = answer.content.decode()
    assert answer.status_code == 409
    assert f"Người khác vừa giao 3,9% ngày {TODAY:%d/%m/%Y}, KH 8. Nếu vẫn giao số đang ghi ở đây, gửi lại." in drawn
    assert 'value="3,8"' in drawn
    assert 'value="4,2"' in drawn
    assert f'name="seen-{keys["kg-903"]}" value="{other.pk}"' in drawn
    assert f'name="seen-{keys["kg-908"]}" value="0"' in drawn
    data[f"seen-{keys['kg-903']}"] = str(other.pk)
    assert post_form(client, page, data).status_code == 302
    assert {row.value for row in Assigned.objects.in_force()} == {D("3.8"), D("4.2")}


def test_who_empties_a_field_is_told_what_another_wrote_into_it(province: Province, five_years: None) -> None:
    [first] = give(province, "kg", {"kg-903": "4"})
    [second] = give(province, "kg", {"kg-903": ("3.9", first.pk)})
    with pytest.raises(Conflict, match=r"vừa giao 3,9%.*Nếu vẫn rút mức giao đó, gửi lại"):
        give(province, "kg", {"kg-903": (None, first.pk)})
    [gone] = give(province, "kg", {"kg-903": (None, second.pk)})
    with pytest.raises(Conflict, match="vừa rút mức giao này ngày"):
        give(province, "kg", {"kg-903": ("3.7", second.pk)})
    assert Assigned.objects.in_force().get() == gone
