"""Handing in: everything missing is told at once, each at its field; recall works until somebody opened it."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from chungtay.law.procedure import State
from chungtay.law.refusals import Conflict, Refused
from chungtay.nominations import actions
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Discipline
from chungtay.records import journal
from tests.make import LONG, TODAY, Province, post_form
from tests.racing import take_the_guard_away


@pytest.mark.clause("KH IV.4.1")
def test_an_empty_draft_is_told_everything_that_is_missing_at_once(province: Province) -> None:
    dossier = province.draft()
    with pytest.raises(Refused) as refused:
        actions.submit(dossier, by=province.seats["commune"], on=TODAY)
    assert {reason.field for reason in refused.value.reasons} == {
        "period_from", "achievements", "summary", "letter", "minutes", "report",
    }  # fmt: skip
    assert all(reason.clause.startswith("KH") for reason in refused.value.reasons)


@pytest.mark.clause("KH IV.4.1")
def test_a_report_of_one_letter_less_than_needed_is_missing(province: Province) -> None:
    dossier = province.complete(province.draft(), report="a" * 99)
    with pytest.raises(Refused, match="100 ký tự"):
        actions.submit(dossier, by=province.seats["commune"], on=TODAY)
    province.complete(dossier, report="a" * 100)
    assert actions.submit(dossier, by=province.seats["commune"], on=TODAY).at is State.SUBMITTED


@pytest.mark.clause("KH III.5")
@pytest.mark.parametrize(("day", "is_open"), [(date(2020, 12, 15), True), (date(2020, 12, 16), False)])
def test_the_round_takes_dossiers_to_the_end_of_its_last_day(province: Province, day: date, is_open: bool) -> None:
    dossier = province.complete(province.draft())
    if is_open:
        assert actions.submit(dossier, by=province.seats["commune"], on=day).at is State.SUBMITTED
    else:
        with pytest.raises(Refused, match="không nhận hồ sơ hôm nay"):
            actions.submit(dossier, by=province.seats["commune"], on=day)


@pytest.mark.clause("KH III.5")
def test_a_round_that_has_not_opened_takes_no_draft(province: Province) -> None:
    opens = province.round().opens
    with pytest.raises(Refused, match="nhận hồ sơ từ"):
        province.draft(on=opens - timedelta(days=1))
    assert province.draft(province.household("Hộ khác"), on=opens).at is State.DRAFT


@pytest.mark.clause("KH I.2.a")
@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        (date(2016, 1, 1), date(2020, 10, 20), True),
        (date(2015, 12, 31), date(2020, 10, 20), False),
        (date(2018, 1, 1), date(2020, 10, 21), False),
    ],
)
def test_achievements_lie_inside_the_movement_and_not_in_the_future(
    province: Province, since: date, until: date, fits: bool
) -> None:
    dossier = province.complete(province.draft(), period_from=since, period_to=until)
    if fits:
        assert actions.submit(dossier, by=province.seats["commune"], on=TODAY).at is State.SUBMITTED
    else:
        with pytest.raises(Refused):
            actions.submit(dossier, by=province.seats["commune"], on=TODAY)


@pytest.mark.clause("KH II.1")
def test_a_household_may_not_ask_for_what_belongs_to_districts(province: Province) -> None:
    with pytest.raises(Refused, match="không thuộc đối tượng"):
        province.draft(content="c")


@pytest.mark.clause("KH IV.1.1")
@pytest.mark.parametrize(("ended", "blocks"), [(date(2017, 12, 31), False), (date(2018, 1, 1), True), (None, True)])
def test_a_reprimand_blocks_if_it_touches_the_period(province: Province, ended: date | None, blocks: bool) -> None:
    party = province.household()
    Discipline.objects.create(
        party=party, form="reprimand", since=date(2017, 6, 1), until=ended, source="QĐ 5", recorded_on=TODAY
    )
    dossier = province.complete(province.draft(party), period_from=date(2018, 1, 1))
    if blocks:
        with pytest.raises(Refused, match="khiển trách"):
            actions.submit(dossier, by=province.seats["commune"], on=TODAY)
    else:
        assert actions.submit(dossier, by=province.seats["commune"], on=TODAY).at is State.SUBMITTED


@pytest.mark.clause("KH IV.1.1")
def test_criticism_is_less_than_a_reprimand_and_does_not_block(province: Province) -> None:
    party = province.household()
    Discipline.objects.create(party=party, form="criticism", since=date(2019, 6, 1), source="BB 2", recorded_on=TODAY)
    assert province.submitted(party).at is State.SUBMITTED


@pytest.mark.clause("KH IV.2.2.b")
def test_a_state_proposal_excludes_the_five_year_certificate_but_not_the_yearly_one(province: Province) -> None:
    party = province.party(
        "Công ty Biển Xanh", "enterprise", province.places["kg"], managing_unit=province.bodies["unit"]
    )
    gift = [{"nature": "money", "text": "Góp quỹ vì người nghèo", "value": 3_000_000_000}]
    more: dict[str, Any] = {"seat": "unit", "content": "e", "achievements": gift}
    province.submitted(party, award="pm_certificate", **more)
    with pytest.raises(Refused, match="không xét Bằng khen tổng kết"):
        province.submitted(party, round=province.round("five_year"), summary="Thành tích khác", **more)
    assert province.submitted(party, summary="Thành tích hằng năm", **more).at is State.SUBMITTED


@pytest.mark.clause("KH IV.4.3")
def test_a_dossier_is_recalled_until_the_desk_opens_it(province: Province) -> None:
    dossier = province.submitted()
    actions.recall(dossier, by=province.seats["commune"], on=TODAY)
    assert dossier.at is State.DRAFT
    actions.submit(dossier, by=province.seats["commune"], on=TODAY)
    actions.take_up(dossier, by=province.seats["office"], on=TODAY)
    with pytest.raises(Refused, match="Đang kiểm tra"):
        actions.recall(dossier, by=province.seats["commune"], on=TODAY)


@pytest.mark.clause("KH IV.4.3")
def test_of_a_recall_and_an_opening_at_once_one_wins_and_the_other_is_told(province: Province) -> None:
    first = province.submitted()
    second = Dossier.objects.get(pk=first.pk)
    actions.take_up(second, by=province.seats["office"], on=TODAY)
    with pytest.raises(Conflict):
        actions.recall(first, by=province.seats["commune"], on=TODAY)
    first.refresh_from_db()
    assert first.at is State.CHECKING


@pytest.mark.clause("KH IV.4.3")
def test_of_an_opening_and_a_recall_at_once_the_opening_is_told(province: Province) -> None:
    first = province.submitted()
    second = Dossier.objects.get(pk=first.pk)
    actions.recall(first, by=province.seats["commune"], on=TODAY)
    with pytest.raises(Conflict):
        actions.take_up(second, by=province.seats["office"], on=TODAY)
    second.refresh_from_db()
    assert second.at is State.DRAFT


def test_control_without_the_guard_an_opened_dossier_would_be_recalled(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slower hand wins on both ways: so the guarded update is what stops it above."""
    take_the_guard_away(monkeypatch)
    opened, taken_back = province.submitted(), province.submitted(province.household("Hộ khác"))
    for dossier, faster, slower in (
        (
            opened,
            partial(actions.take_up, by=province.seats["office"]),
            partial(actions.recall, by=province.seats["commune"]),
        ),
        (
            taken_back,
            partial(actions.recall, by=province.seats["commune"]),
            partial(actions.take_up, by=province.seats["office"]),
        ),
    ):
        other = Dossier.objects.get(pk=dossier.pk)
        faster(other, on=TODAY)
        slower(dossier, on=TODAY)
        assert {act.act for act in journal.of(dossier)} >= {"take_up", "recall"}
    assert Dossier.objects.get(pk=opened.pk).at is State.DRAFT
    assert Dossier.objects.get(pk=taken_back.pk).at is State.CHECKING


@pytest.mark.clause("KH IV.4.3")
def test_the_page_lists_everything_missing_and_a_double_click_hands_in_once(province: Province) -> None:
    client = province.client("commune")
    empty = province.draft()
    answer = post_form(client, f"/ho-so/{empty.key}/nop/")
    assert answer.status_code == 422
    assert "Chưa kể việc nào đã làm" in answer.content.decode()
    dossier = province.complete(province.draft(province.household("Hộ hai")))
    body = {"_key": "one-key-for-one-form"}
    first = client.post(f"/ho-so/{dossier.key}/nop/", body)
    second = client.post(f"/ho-so/{dossier.key}/nop/", body)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    dossier.refresh_from_db()
    assert dossier.at is State.SUBMITTED


def test_what_was_typed_is_kept_when_somebody_else_saved_first(province: Province) -> None:
    dossier = province.complete(province.draft())
    client = province.client("commune")
    page = client.get(f"/ho-so/{dossier.key}/sua/")
    assert page.status_code == 200
    version = dossier.version
    province.complete(dossier, summary="Bản của người kia")
    typed = {
        "version": version, "party_name": dossier.party_name, "summary": "Bản của tôi", "report": LONG,
        "period_from": "01/01/2018", "period_to": "30/09/2020", "earlier_awards": "",
        "viec-TOTAL_FORMS": "0", "viec-INITIAL_FORMS": "0", "save": "1",
    }  # fmt: skip
    answer = post_form(client, f"/ho-so/{dossier.key}/sua/", typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của tôi" in text
    assert "Bản của người kia" in text
    dossier.refresh_from_db()
    assert dossier.summary == "Bản của người kia"
