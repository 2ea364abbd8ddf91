"""A province is counted in the background: every party once, in steps, kept with its day; no name is kept."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chungtay.law.ethnicity import MINORITY_ASSUMED
from chungtay.law.refusals import Conflict, Refused
from chungtay.parties.models import Party
from chungtay.prospects import actions, counting, jobs, rounds
from chungtay.prospects.cells import unpacked
from chungtay.prospects.models import Survey, Tally
from chungtay.prospects.turns import Turn
from chungtay.records.models import Entry
from tests.make import TODAY, Province, post_form
from tests.prospects.people import escaped, home, registered, reviewed
from tests.reviews.people import OUTSIDE, POOR


def ask(province: Province, seat: str = "board") -> Survey:
    return actions.count_province(province.round(), province.movement, by=province.seats[seat], on=TODAY)


def counted(province: Province) -> Survey:
    survey = ask(province)
    jobs.go_on.call(survey.pk)
    survey.refresh_from_db()
    return survey


def turns(survey: Survey, content: str = "a", award: str = "") -> dict[tuple[str, Turn], int]:
    found: dict[tuple[str, Turn], int] = {}
    for row in Tally.objects.filter(survey=survey, content=content, award=award):
        for cell, number in unpacked(row.cells).items():
            found[row.area_path, cell.now] = found.get((row.area_path, cell.now), 0) + number
    return found


def test_a_count_says_of_each_commune_how_many_stand_how(province: Province) -> None:
    out = escaped(province)
    poor, kept = home(province, "Hộ Xã B", "kg-30850")
    province.wish(poor)
    survey = counted(province)
    assert survey.is_done
    assert survey.done == survey.total == Party.objects.count()
    assert turns(survey) == {(out.area_path, Turn.READY): 1, (poor.area_path, Turn.OPEN): 1}
    assert kept.head_name not in json.dumps([row.cells for row in Tally.objects.all()])


@pytest.mark.clause("KH IV.2.1", "KH IV.2.2.a")
def test_each_award_of_the_occasion_is_counted_and_nobody_twice_in_the_sum(province: Province) -> None:
    out = escaped(province)
    survey = counted(province)
    for award in ("", "province_certificate", "pm_certificate"):
        assert turns(survey, award=award) == {(out.area_path, Turn.READY): 1}, award
    assert turns(survey, award="labour_order_3") == {}  # orders are not for households
    page = province.client("board").get("/xet-khen/?dia-ban=kg-903").content.decode()
    assert "Theo hình thức khen" in page
    assert "Bằng khen của Thủ tướng Chính phủ" in page


@pytest.mark.parametrize("step", [1, 3, 5000])
def test_the_sums_are_the_same_whatever_the_steps(province: Province, monkeypatch: Any, step: int) -> None:
    escaped(province)
    for n in range(7):
        province.wish(province.household(f"Hộ {n}"))
    monkeypatch.setattr(jobs, "A_STEP", step)
    survey = counted(province)
    assert sum(turns(survey).values()) == 8
    assert {turn: n for (_, turn), n in turns(survey).items()} == {Turn.READY: 1, Turn.OPEN: 7}


def test_a_killed_job_goes_on_where_it_was_and_counts_nobody_twice(province: Province, monkeypatch: Any) -> None:
    for n in range(6):
        province.wish(province.household(f"Hộ {n}"))
    monkeypatch.setattr(jobs, "A_STEP", 4)
    survey = ask(province)
    assert jobs._step(survey.pk)
    first = Survey.objects.get(pk=survey.pk)
    assert first.done == 4
    assert not first.is_done
    with transaction.atomic():
        jobs._step(survey.pk)
        transaction.set_rollback(True)
    assert Survey.objects.get(pk=survey.pk).done == 4
    jobs.go_on.call(survey.pk)
    jobs.go_on.call(survey.pk)
    assert sum(turns(Survey.objects.get(pk=survey.pk)).values()) == 6


def test_counting_asks_as_often_for_many_as_for_few(province: Province) -> None:
    chosen = rounds.choose(province.seats["board"], TODAY, {})  # type: ignore[arg-type]

    def asked() -> int:
        parties = list(Party.objects.order_by("pk"))
        with CaptureQueriesContext(connection) as queries:
            counting.count(parties, chosen)
        return len(queries)

    escaped(province)
    few = asked()
    for n in range(40):
        party, _ = home(province, f"Hộ {n}")
        registered(province, party, "a")
    assert asked() == few


def test_the_traits_of_a_household_are_those_of_its_head(province: Province) -> None:
    from tests.households.make import household, person  # noqa: PLC0415  keeps the two makers of this name apart

    kept = household(province, person("Thị Chín", gender="f", ethnicity="Khmer"))
    party = province.household("Thị Chín")
    type(kept).objects.filter(pk=kept.pk).update(party=party)
    found = counting.traits([party])[party.pk]
    assert (found.women, found.minority, found.leader) == ("1", "1", "-")
    bare = province.household("Không Ai Ghi")
    told = counting.traits([bare, province.bodies["unit"]])
    assert (told[bare.pk].women, told[bare.pk].minority) == ("", "")
    assert told[province.bodies["unit"].pk].women == "-"


def test_a_second_count_of_the_round_waits_for_the_first(province: Province) -> None:
    survey = ask(province)
    with pytest.raises(Conflict), transaction.atomic():
        ask(province)
    jobs.go_on.call(survey.pk)
    assert ask(province).pk != survey.pk


@pytest.mark.parametrize("desk", ["commune", "front", "chair", "unit"])
def test_only_who_prepares_the_round_has_the_province_counted(province: Province, desk: str) -> None:
    with pytest.raises(Refused):
        ask(province, desk)


def test_asking_for_a_count_stands_in_the_journal(province: Province) -> None:
    ask(province)
    assert Entry.objects.order_by("-seq")[0].act == "count_province"


def test_the_page_says_when_it_was_counted_and_a_district_sees_only_its_own(province: Province) -> None:
    escaped(province)
    board = province.client("board")
    assert "chưa được tính" in board.get("/xet-khen/").content.decode()
    assert post_form(board, "/xet-khen/tinh/", {"dot": province.round().pk}).status_code == 302
    page = board.get("/xet-khen/").content.decode()
    assert "Đang tính cả tỉnh" in page
    jobs.go_on.call(Survey.objects.get().pk)
    page = board.get("/xet-khen/").content.decode()
    assert "Tính xong lúc" in page
    assert "theo số liệu của ngày 20/10/2020" in page
    district = province.client("district").get("/xet-khen/").content.decode()
    assert "Xã Thổ Sơn" in district
    assert "Xã Nam Thái A" not in district


def test_a_finished_count_answers_its_progress_by_the_whole_page(province: Province) -> None:
    survey = ask(province)
    client = province.client("board")
    assert client.get(f"/xet-khen/tinh/{survey.pk}/").status_code == 200
    jobs.go_on.call(survey.pk)
    done = client.get(f"/xet-khen/tinh/{survey.pk}/")
    assert (done.status_code, done["HX-Refresh"]) == (204, "true")


# --- rows that cannot be ---


def test_one_round_is_counted_once_at_a_time(province: Province) -> None:
    survey = ask(province)
    survey.pk = None
    with pytest.raises(IntegrityError, match=r"one_survey_at_a_time|UNIQUE"), transaction.atomic():
        survey.save(force_insert=True)


@pytest.mark.parametrize(
    "change", [{"done": 10**6}, {"state": "done"}, {"finished_at": timezone.now()}], ids=["beyond", "when", "early"]
)
def test_a_count_that_cannot_be_is_refused_by_the_table(province: Province, change: dict[str, Any]) -> None:
    survey = ask(province)
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(**change)


def test_a_count_has_one_row_for_an_area_and_content(province: Province) -> None:
    survey = ask(province)
    Tally.objects.create(survey=survey, area_path="00001", content="a", cells=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.create(survey=survey, area_path="00001", content="a", cells=[])


def test_trying_writes_nothing(province: Province) -> None:
    party, kept = home(province, "Danh Thị Thoát")
    reviewed(province, (kept, (POOR, OUTSIDE)))
    province.wish(party)
    counted(province)
    before = [(row.pk, row.cells) for row in Tally.objects.order_by("pk")], Entry.objects.count()
    client = province.client("board")
    for query in ("", "?nhom=a&tieu-chuan=2&moi-xa=1&tong=5", "?nhom=e&tap-the=1&ca-nhan=1.000.000"):
        answer = client.get(f"/xet-khen/thu-muc/{query}")
        assert answer.status_code == 200
        assert MINORITY_ASSUMED in answer.content.decode()
    assert ([(row.pk, row.cells) for row in Tally.objects.order_by("pk")], Entry.objects.count()) == before
    nothing = client.get("/xet-khen/thu-muc/?nhom=e&tap-the=0")
    assert (nothing.status_code, "Mức đóng góp phải lớn hơn 0 đồng" in nothing.content.decode()) == (422, True)
    assert client.get("/xet-khen/thu-muc/?nhom=e&tap-the=1").status_code == 200
    wrong = client.get("/xet-khen/thu-muc/?nhom=e&tap-the=nhiều")
    assert wrong.status_code == 422
    assert "200 triệu" in wrong.content.decode()
