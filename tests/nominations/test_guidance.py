"""The Council's guidance of a round: entered by its secretary, frozen when judging opens, points by its weights."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.law.refusals import Conflict, Refused
from chungtay.nominations import actions, checklist, guiding
from chungtay.nominations.guidance import Guidance, Quota, Weight
from chungtay.nominations.guiding import Told, save_guidance
from chungtay.nominations.models import Dossier
from chungtay.records.models import Entry
from tests.make import LONG, TODAY, Province, post_form

pytestmark = pytest.mark.clause("KH IV.2.2.a")

REASON = "Đã xem hồ sơ và đối chiếu với địa phương."
TOLD = Told(
    "05/HD-HĐTĐKT", date(2020, 2, 3), "Hướng dẫn xét khen năm 2020 của Hội đồng", 10, {"a.2": 1, "a.1": 3},
    {("province_certificate", ""): 1, ("province_certificate", "household"): 2},
)  # fmt: skip


def entered(province: Province, told: Told = TOLD, **more: Any) -> Guidance:
    return save_guidance(province.round(), told, by=province.seats["secretary"], on=TODAY, **more)


def test_the_secretary_enters_what_the_council_has_set(province: Province) -> None:
    made = entered(province)
    assert (made.weights, str(made)) == (TOLD.weights, "05/HD-HĐTĐKT ngày 03/02/2020")
    assert {(one.award, one.payee): one.most for one in made.quotas.all()} == TOLD.quotas
    body = Entry.objects.get(act="save_guidance").body
    assert body["quotas"] == {"province_certificate/": 1, "province_certificate/household": 2}
    changed = entered(province, replace(TOLD, weights={"a.2": 5}, quotas={}), version=made.version)
    assert (guiding.of_round(province.round().pk).weights, Quota.objects.count()) == ({"a.2": 5}, 0)  # type: ignore[union-attr]
    with pytest.raises(Conflict):
        entered(province, version=changed.version + 1)


def test_only_the_secretary_of_the_same_province(province: Province) -> None:
    for seat in ("board", "chair", "member"):
        with pytest.raises(Refused, match="Thư ký"):
            save_guidance(province.round(), TOLD, by=province.seats[seat], on=TODAY)
    stranger = province.stranger(province.seats["secretary"].kind)
    with pytest.raises(Refused, match="tỉnh khác"):
        save_guidance(province.round(), TOLD, by=stranger, on=TODAY)


def test_everything_wrong_is_told_at_once(province: Province) -> None:
    wrong = Told(
        " ", TODAY + timedelta(days=1), "", 101, {"x.9": 1, "a.2": 0}, {("medal", ""): 1, ("pm_certificate", ""): -1}
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        entered(province, wrong)
    fields = {reason.field for reason in refused.value.reasons}
    assert {"number", "source", "issued_on", "scale", "weight-a.2", "most-pm_certificate-"} <= fields
    assert "x.9" in str(refused.value)
    assert not Guidance.objects.exists()


def test_the_first_judgement_freezes_it(province: Province) -> None:
    made = entered(province, replace(TOLD, weights={}))
    dossier = province.received()
    entered(province, replace(TOLD, weights={}), version=made.version)
    actions.judge(dossier, by=province.seats["board"], on=TODAY, judgements={"a.2": (True, REASON)})
    made.refresh_from_db()
    assert made.frozen_on == TODAY
    with pytest.raises(Refused, match="đã bắt đầu chấm"):
        entered(province, version=made.version)


def test_a_round_that_is_judged_already_gets_no_guidance_any_more(province: Province) -> None:
    dossier = province.received()
    actions.judge(dossier, by=province.seats["board"], on=TODAY, judgements={"a.2": (True, REASON)})
    with pytest.raises(Refused, match="đã bắt đầu chấm"):
        entered(province)
    other = save_guidance(province.round("five_year"), TOLD, by=province.seats["secretary"], on=TODAY)
    assert other.frozen_on is None


@pytest.mark.parametrize(("score", "points"), [(0, 75), (6, 90), (10, 100)])
def test_points_are_scores_by_weight_and_what_data_answer_has_all_or_nothing(
    province: Province, score: int, points: int
) -> None:
    entered(province)
    party = province.household()
    province.wish(party)
    dossier, board = province.received(party), province.seats["board"]
    assert checklist.of(dossier, on=TODAY).points is None
    actions.judge(dossier, by=board, on=TODAY, judgements={"a.2": (True, REASON)}, scores={"a.2": score})
    found = checklist.of(Dossier.objects.get(pk=dossier.pk), on=TODAY)
    assert found.points == points
    assert next(line.score for line in found.lines if line.id == "a.2") == score


@pytest.mark.parametrize("scores", [{}, {"a.2": -1}, {"a.2": 11}])
def test_a_weighed_criterion_needs_a_score_on_the_scale(province: Province, scores: dict[str, int]) -> None:
    entered(province)
    dossier = province.received()
    with pytest.raises(Refused, match="từ 0 đến 10"):
        actions.judge(
            dossier, by=province.seats["board"], on=TODAY, judgements={"a.2": (True, REASON)}, scores=scores
        )  # fmt: skip
    assert not dossier.judgements.exists()


def test_quotas_tell_how_many_dossiers_ask(province: Province) -> None:
    made = entered(province)
    for n in range(2):
        province.received(province.household(f"Hộ {n}"))
    province.draft(province.household("Hộ nháp"))
    province.received(province.party("Công ty", "enterprise", province.places["kg"],
                                     managing_unit=province.bodies["unit"]), seat="unit", content="e")  # fmt: skip
    told = {use.label: (use.quota.most, use.asked, use.is_over) for use in guiding.uses(made)}
    assert told == {"Bằng khen tỉnh": (1, 3, True), "Bằng khen tỉnh, hộ gia đình": (2, 2, False)}


@pytest.mark.parametrize(
    "broken",
    [
        lambda g: Weight.objects.create(guidance=g, criterion="a.1", weight=1),
        lambda g: Weight.objects.create(guidance=g, criterion="a.3", weight=0),
        lambda g: Quota.objects.create(guidance=g, award="province_certificate", payee="", most=3),
        lambda g: Quota.objects.create(guidance=g, award="medal", payee="", most=3),
        lambda g: Quota.objects.create(guidance=g, award="pm_certificate", payee="dog", most=3),
        lambda g: Guidance.objects.filter(pk=g.pk).update(scale=0),
        lambda g: Guidance.objects.filter(pk=g.pk).update(number=""),
        lambda g: Guidance.objects.create(round=g.round, number="1", issued_on=TODAY, source="x"),
    ],
)
def test_impossible_rows_are_impossible(province: Province, broken: Any) -> None:
    made = entered(province)
    with pytest.raises(IntegrityError), transaction.atomic():
        broken(made)


def test_the_pages_show_it_to_every_desk_and_take_it_from_the_secretary(province: Province) -> None:
    round = province.round()
    secretary = province.client("secretary")
    typed = {"number": "05/HD", "issued_on": "03/02/2020", "source": "Hội đồng tỉnh", "scale": "10",
             "weight-a.2": "3", "most-province_certificate-household": "40", "version": "0"}  # fmt: skip
    url = f"/ho-so/huong-dan/{round.pk}/sua/"
    wrong = post_form(secretary, url, {**typed, "weight-a.2": "101", "number": ""})
    assert (wrong.status_code, "Hội đồng tỉnh" in wrong.content.decode()) == (422, True)
    assert post_form(secretary, url, typed).status_code == 302
    page = province.client("commune").get(f"/ho-so/huong-dan/{round.pk}/").content.decode()
    for word in ("05/HD", "03/02/2020", "Bằng khen tỉnh, hộ gia đình", "40"):
        assert word in page
    assert "Sửa hướng dẫn" not in page
    assert "05/HD" in province.client("board").get("/ho-so/huong-dan/").content.decode()
    assert province.client("board").get(url).status_code == 404
    assert 'value="05/HD"' in secretary.get(url).content.decode()


def test_a_round_that_was_judged_without_guidance_says_so_and_takes_none(province: Province) -> None:
    round, secretary = province.round(), province.client("secretary")
    page, list_ = f"/ho-so/huong-dan/{round.pk}/", "/ho-so/huong-dan/"
    assert "Nhập hướng dẫn" in secretary.get(page).content.decode()
    assert "Đã xét, không chấm điểm" not in secretary.get(list_).content.decode()
    actions.judge(province.received(), by=province.seats["board"], on=TODAY, judgements={"a.2": (True, REASON)})
    told = secretary.get(page).content.decode()
    assert "Nhập hướng dẫn" not in told
    assert "Đợt này xét không có hướng dẫn" in told
    assert "Đã xét, không chấm điểm" in secretary.get(list_).content.decode()
    form = secretary.get(f"{page}sua/").content.decode()
    assert "Hướng dẫn không sửa được nữa" in form
    assert "Ghi hướng dẫn" not in form


def test_what_is_wrong_or_filled_in_is_not_folded_away(province: Province) -> None:
    url = f"/ho-so/huong-dan/{province.round().pk}/sua/"
    secretary = province.client("secretary")
    assert '<details class="fold" open>' not in secretary.get(url).content.decode()
    answer = post_form(secretary, url, {"weight-a.2": "hai", "most-province_certificate-": "1.200", "version": "0"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert told.count('<details class="fold" open>') == 2
    for word in ('value="hai"', "Ghi số nguyên từ 1 đến 100, hoặc để trống.", 'value="1.200"', "Ghi số, ký hiệu"):
        assert word in told


def test_the_board_scores_on_the_page(province: Province) -> None:
    entered(province)
    dossier, board = province.received(), province.client("board")
    url = f"/ho-so/{dossier.key}/tham-dinh/"
    assert "Điểm của tiêu chuẩn a.2, từ 0 đến 10 (hệ số 1)" in board.get(url).content.decode()
    told = {"met-a.2": "yes", "reason-a.2": LONG[:60], "act": "save"}
    assert post_form(board, url, told).status_code == 422
    assert post_form(board, url, {**told, "score-a.2": "7"}).status_code == 302
    assert dossier.judgements.get().score == 7


def test_an_appraisal_keeps_the_points_that_the_council_votes_by(province: Province) -> None:
    entered(province)
    dossier = province.received()
    lines = checklist.of(dossier, on=TODAY)
    kept = [{**one, "score": 7 if one.get("by_person") else None} for one in lines.as_json()]
    assert guiding.points_of(dossier.round_id, kept) is not None
    assert guiding.points_of(dossier.round_id, lines.as_json()) == lines.points
    assert guiding.points_of(dossier.round_id, [{"warning": "x", "text": "y"}]) is None
