"""Figures assigned from the province to districts and from a district to its communes, and what they must reach."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chungtay.law.refusals import Conflict, Refused
from chungtay.law.targets import Track
from chungtay.records.models import Entry
from chungtay.targets import actions, judging, measuring
from chungtay.targets.actions import Answer, Survey, Wanted
from chungtay.targets.forms import FigureField, SurveyForm
from chungtay.targets.ground import Ground
from chungtay.targets.models import Assigned, IncomeSurvey, Infrastructure
from tests.make import TODAY, Province, post_form

D = Decimal


def give(
    province: Province, above: str, told: dict[str, Any], *, year: int = 2020, seat: str = "labour", goal: str = "T1",
    on: date = TODAY, document: str = "",
) -> Any:  # fmt: skip
    """Assign by place key: `give(p, "kg", {"kg-903": "4"})`; a pair names the row seen."""
    pairs = {key: one if isinstance(one, tuple) else (one, 0) for key, one in told.items()}
    figures = {key: (None if value is None else D(value), seen) for key, (value, seen) in pairs.items()}
    wanted = {province.places[key].pk: Wanted(*one) for key, one in figures.items()}
    return actions.assign(
        province.movement, goal, province.places[above], year, wanted, by=province.seats[seat], on=on,
        document=document,
    )  # fmt: skip


@pytest.mark.clause("KH I.1.b")
def test_the_province_assigns_to_districts_and_a_district_to_its_communes(province: Province, five_years: None) -> None:
    give(province, "kg", {"kg-903": "4.5", "kg-908": "4.9"})
    rows = give(province, "kg-903", {"kg-30847": "4", "kg-30850": "5"}, seat="district")
    assert {(row.place.key, row.value, row.area_path == row.place.path) for row in rows} == {
        ("kg-30847", D(4), True), ("kg-30850", D(5), True),
    }  # fmt: skip
    assert Entry.objects.filter(act="assign_target").count() == 4
    assert Entry.objects.latest("seq").body["value"] == "5"


@pytest.mark.clause("KH I.1.b")
def test_together_the_children_must_reach_what_was_assigned_above(province: Province, five_years: None) -> None:
    give(province, "kg", {"kg-903": "4.5", "kg-908": "4.7"})
    with pytest.raises(Refused, match="là 4,51%, chưa đủ để đạt mức 4,5%"):
        give(province, "kg-903", {"kg-30847": "4", "kg-30850": "5.01"}, seat="district")
    assert not Assigned.objects.filter(place=province.places["kg-30847"]).exists()
    give(province, "kg-903", {"kg-30847": "4", "kg-30850": "5"}, seat="district")


@pytest.mark.clause("KH I.1.b")
def test_without_an_assigned_figure_above_the_lower_pace_of_the_plan_must_be_reached(
    province: Province, five_years: None
) -> None:
    with pytest.raises(Refused, match="mức 4,78%"):
        give(province, "kg", {"kg-903": "4.8", "kg-908": "4.8"})
    give(province, "kg", {"kg-903": "4.78", "kg-908": "4.78"})


def test_until_every_child_has_its_figure_nothing_can_be_said(province: Province, five_years: None) -> None:
    give(province, "kg", {"kg-903": "9"})
    with pytest.raises(Refused):
        give(province, "kg", {"kg-908": "9"})


@pytest.mark.clause("KH I.1.b")
def test_counts_are_added_and_not_averaged(province: Province, five_years: None) -> None:
    give(province, "kg", {"kg": "100"}, goal="T4")
    with pytest.raises(Refused, match="cộng lại là 101"):
        give(province, "kg", {"kg-903": "60", "kg-908": "41"}, goal="T4")
    give(province, "kg", {"kg-903": "60", "kg-908": "40"}, goal="T4")
    with pytest.raises(Refused, match="số nguyên"):
        give(province, "kg-903", {"kg-30847": "1.5"}, goal="T4")


@pytest.mark.parametrize(
    ("seat", "above", "child"),
    [
        ("district", "kg", "kg-903"),  # a district assigns nothing to itself
        ("district", "kg-908", "kg-30985"),  # nor to communes of another
        ("commune", "kg-903", "kg-30847"),
        ("board", "kg", "kg-903"),
        ("unit", "kg", "kg-903"),
    ],
)
def test_nobody_else_assigns(province: Province, five_years: None, seat: str, above: str, child: str) -> None:
    with pytest.raises(Refused, match="Bạn không giao chỉ tiêu"):
        give(province, above, {child: "3"}, seat=seat)


def test_everything_wrong_is_said_at_once(province: Province, five_years: None) -> None:
    with pytest.raises(Refused) as refused:
        give(province, "kg", {"kg-903": "101", "kg-30847": "1"}, year=2015)
    said = [reason.text for reason in refused.value.reasons]
    assert said == [
        "Chỉ giao được cho các năm 2016-2020.",
        "Tỷ lệ không vượt quá 100%.",
        "Chỉ giao cho các đơn vị ngay dưới địa bàn này.",
        "Năm 2015 đã hết: cần ghi văn bản giao.",
    ]
    with pytest.raises(Refused, match="không giao xuống từng đơn vị"):
        give(province, "kg", {"kg-903": "1"}, goal="T9")
    with pytest.raises(Refused, match="Chưa nhập"):
        give(province, "kg", {})


def test_the_second_of_two_who_assign_is_told(province: Province, five_years: None) -> None:
    [row] = give(province, "kg", {"kg-903": "4"})
    assert give(province, "kg", {"kg-903": ("4", row.pk)}) == []  # the same again changes nothing
    give(province, "kg", {"kg-903": ("3.9", row.pk)})
    with pytest.raises(Conflict):
        give(province, "kg", {"kg-903": ("3.8", row.pk)})
    with pytest.raises(Conflict):
        give(province, "kg", {"kg-908": ("3", 7)})  # a row that was seen and is not there


@pytest.mark.clause("KH IV.1.2.c")
def test_a_figure_assigned_anew_leaves_the_one_before_to_the_days_before(province: Province, five_years: None) -> None:
    before = TODAY - timedelta(1)
    [first] = give(province, "kg", {"kg-903": "4"}, on=before)
    give(province, "kg", {"kg-903": ("3.9", first.pk)})

    def stood(on: date) -> Decimal | None:
        given = judging.assigned_in(province.movement, ["T1"], province.places["kg"].path, on=on)["T1"]
        row = given.get((province.places["kg-903"].pk, 2020))
        return None if row is None else row.value

    assert [stood(day) for day in (before - timedelta(1), before, TODAY)] == [None, D(4), D("3.9")]
    assert Entry.objects.latest("seq").body["before"] == "4.00"
    page = province.client("labour").get("/chi-tieu/t1/kg/giao/?nam=2020").content.decode()
    assert "Các mức đã giao trước đây, đã rút cho năm 2020" in page
    assert f"{before:%d/%m/%Y}" in page


def test_a_new_paper_is_written_only_where_the_figure_is_new_unless_only_the_paper_is(
    province: Province, five_years: None
) -> None:
    one, other = give(province, "kg", {"kg-903": "4.5", "kg-908": "4.7"})
    seen = {"kg-903": ("4.4", one.pk), "kg-908": ("4.7", other.pk)}
    [changed] = give(province, "kg", seen, document="QĐ 7")
    assert Assigned.objects.in_force().get(pk=other.pk).document == ""
    seen["kg-903"] = ("4.4", changed.pk)
    assert [row.place_id for row in give(province, "kg", seen, document="QĐ 7")] == [other.place_id]


@pytest.mark.clause("KH IV.1.2.c")
def test_a_unit_is_held_against_what_it_was_assigned(province: Province, five_years: None) -> None:
    give(province, "kg", {"kg-903": "5.67", "kg-908": "6"}, year=2019, document="QĐ 3")
    ground = Ground(province.places["kg"], TODAY)
    units = [unit for unit in ground.units.values() if unit.key in ("kg-903", "kg-908")]
    facts = measuring.gather(ground, units, base_year=2015)
    given = judging.assigned_in(province.movement, ["T1"], ground.province.path, on=TODAY)["T1"]
    plan = province.movement.plan_on(TODAY).plan
    found = judging.judge(facts, plan, plan.goal("T1"), units, given, on=TODAY)
    assert {one.unit.key: one.against(2019) for one in found} == {"kg-903": Track.BEHIND, "kg-908": Track.ON}
    assert found[0].against(2018) is Track.NOT_MEASURED
    assert {one.unit.key: one.progress.track for one in found} == {"kg-903": Track.BEHIND, "kg-908": Track.ON}
    assert found[0].progress.lines[0] == "Cuối năm 2019 là 6%: chưa đạt mức giao."


def told(**more: Any) -> Survey:
    values: dict[str, Any] = {"year": 2019, "households": 400, "per_head": 900_000, "method": "mẫu", "source": "BC 12"}
    return Survey(**(values | more))


def test_a_survey_entered_again_replaces_the_first_and_keeps_it(province: Province) -> None:
    by, place = province.seats["labour"], province.places["kg"]
    actions.enter_survey(place, told(), by=by, on=TODAY)
    actions.enter_survey(place, told(per_head=950_000), by=by, on=TODAY)
    assert [row.per_head for row in IncomeSurvey.objects.in_force()] == [950_000]
    assert IncomeSurvey.objects.count() == 2
    assert Entry.objects.filter(act="enter_income_survey").count() == 2


def test_a_survey_says_what_is_wrong_all_at_once(province: Province) -> None:
    wrong = told(year=2021, households=0, per_head=0, method=" ", source="")
    with pytest.raises(Refused) as refused:
        actions.enter_survey(province.places["kg-908"], wrong, by=province.seats["district"], on=TODAY)
    assert [reason.field for reason in refused.value.reasons] == [
        "", "year", "households", "per_head", "method", "source",
    ]  # fmt: skip


def test_infrastructure_is_answered_by_commune_and_hamlet(province: Province) -> None:
    by, place = province.seats["district"], province.places["kg-30847"]
    answers = [Answer("road", met=True), Answer("water", met=False, hamlet="Hòn Me")]
    actions.enter_infrastructure(place, 2019, answers, by=by, on=TODAY, source="BC xã")
    actions.enter_infrastructure(place, 2019, [Answer("road", met=False)], by=by, on=TODAY, source="BC xã")
    rows = Infrastructure.objects.in_force().order_by("criterion")
    assert [(row.criterion, row.hamlet, row.met) for row in rows] == [("road", "", False), ("water", "Hòn Me", False)]
    with pytest.raises(Refused) as refused:
        actions.enter_infrastructure(province.places["kg-903"], 2019, [], by=by, on=TODAY, source="")
    assert len(refused.value.reasons) == 3


def assigned(province: Province, **told: Any) -> Assigned:
    place = province.places["kg-903"]
    values: dict[str, Any] = {"goal": "T1", "place": place, "year": 2020, "value": D(4)} | told
    return Assigned.objects.create(movement=province.movement, area_path=place.path, assigned_on=TODAY, **values)


def test_the_tables_refuse_what_cannot_be(province: Province) -> None:
    assigned(province)
    place: dict[str, Any] = {
        "place": province.places["kg"],
        "area_path": province.places["kg"].path,
        "year": 2019,
        "source": "x",
    }
    survey: dict[str, Any] = {**place, "per_head": 1, "method": "x", "entered_on": TODAY}
    answer: dict[str, Any] = {**place, "criterion": "road", "met": True, "entered_on": TODAY}
    IncomeSurvey.objects.create(**survey, households=1)
    Infrastructure.objects.create(**answer)
    for broken in (
        lambda: assigned(province),
        lambda: assigned(province, year=2019, value=D(-1)),
        lambda: IncomeSurvey.objects.create(**survey, households=1),
        lambda: IncomeSurvey.objects.create(**{**survey, "year": 2018}, households=0),
        lambda: Infrastructure.objects.create(**answer),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


@pytest.mark.parametrize("model", [Assigned, IncomeSurvey, Infrastructure])
def test_what_was_assigned_and_measured_is_never_changed(province: Province, model: Any) -> None:
    test_the_tables_refuse_what_cannot_be(province)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(year=2017)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(province: Province, five_years: None) -> None:
    client = province.client("labour")
    keys = {key: province.places[key].pk for key in ("kg", "kg-903", "kg-908")}
    data = {f"value-{pk}": "9,5" for pk in keys.values()} | {f"seen-{pk}": "0" for pk in keys.values()}
    data[f"value-{keys['kg']}"] = ""
    answer = post_form(client, "/chi-tieu/t1/kg/giao/?nam=2020", data)
    assert answer.status_code == 422
    assert "chưa đủ để đạt mức 4,78" in answer.content.decode()
    assert 'value="9,5"' in answer.content.decode()
    data |= {f"value-{keys['kg-903']}": "4,5", f"value-{keys['kg-908']}": "4,5", "document": "KH 12/KH-UBND"}
    answer = post_form(client, "/chi-tieu/t1/kg/giao/?nam=2020", data)
    assert (answer.status_code, answer["Location"]) == (302, "/chi-tieu/t1/kg/giao/?nam=2020")
    assert {row.document for row in Assigned.objects.all()} == {"KH 12/KH-UBND"}
    page = client.get("/chi-tieu/t1/kg-903/").content.decode()
    assert "4,5%" in page
    assert "KH 12/KH-UBND" in page


def test_surveys_and_infrastructure_are_typed_on_their_pages(province: Province) -> None:
    client = province.client("labour")
    data = {"year": "2019", "households": "400", "per_head": "1.200.000", "method": "chọn mẫu", "source": "BC 9"}
    assert post_form(client, "/chi-tieu/dia-ban/kg/thu-nhap/", data).status_code == 302
    assert "1.200.000" in client.get("/chi-tieu/dia-ban/kg/thu-nhap/").content.decode()
    assert post_form(client, "/chi-tieu/dia-ban/kg/thu-nhap/", data | {"method": ""}).status_code == 422
    data = {"year": "2019", "hamlet": "Hòn Me", "source": "BC xã", "road": "yes", "power": "no"}
    assert post_form(client, "/chi-tieu/dia-ban/kg-30847/ha-tang/", data).status_code == 302
    assert Infrastructure.objects.count() == 2
    nothing = data | {"road": "", "power": ""}
    assert post_form(client, "/chi-tieu/dia-ban/kg-30847/ha-tang/", nothing).status_code == 422
    assert client.get("/chi-tieu/dia-ban/kg-903/ha-tang/").status_code == 404


@pytest.mark.parametrize(("typed", "figure"), [
    ("8,78", "8.78"), ("4.5", "4.5"), ("1.250", "1250"), ("1.250,5", "1250.5"), (" 12 ", "12"),
])  # fmt: skip
def test_a_figure_is_read_as_people_write_it(typed: str, figure: str) -> None:
    assert FigureField().clean(typed) == D(figure)


@pytest.mark.parametrize(("typed", "said"), [
    ("1.2,5", "Ghi một số, ví dụ 8,78."), ("1,5,0", "Ghi một số, ví dụ 8,78."), ("9" * 20, "Số này quá lớn."),
    ("-1", "Mức giao không được âm."), ("8,785", "Ghi tối đa hai chữ số sau dấu phẩy."),
])  # fmt: skip
def test_of_a_wrong_figure_the_field_says_what_is_wrong(typed: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        FigureField().clean(typed)
    assert refused.value.messages == [said]


def test_the_households_of_a_survey_may_be_written_with_a_dot_between_thousands() -> None:
    told = {"per_head": "700.000", "method": "Mẫu", "source": "Báo cáo", "year": "2019"}
    form = SurveyForm({**told, "households": "1.250"}, years=[2019])
    assert form.is_valid()
    assert form.told().households == 1250
    wrong = SurveyForm({**told, "households": "12.5", "per_head": "9" * 20}, years=[2019])
    assert wrong.errors["households"] == ["Ghi số nguyên từ 1 đến 2.000.000."]
    assert wrong.errors["per_head"] == [actions.MISTYPED]
