"""Warnings of the law that a named official overrides with a reason, and blocks that nobody does."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.law.procedure import State
from chungtay.law.refusals import Refused
from chungtay.nominations import actions, checklist
from chungtay.nominations.models import Dossier, Override
from chungtay.parties.models import Discipline
from chungtay.records.models import Entry
from tests.make import TODAY, Province, post_form

REASON = "Đã đối chiếu từng việc: phần đề nghị lần này chưa được khen lần nào."
JUDGED = "Đã xem hồ sơ và đối chiếu với địa phương."


@pytest.fixture
def warned(province: Province) -> Dossier:
    """A dossier whose period overlaps an award, received and judged."""
    party = province.household()
    province.wish(party)
    first = province.received(party, summary="Việc đã được khen", period_to=date(2018, 6, 30))
    Dossier.objects.filter(pk=first.pk).update(state=State.AWARDED.value, state_since=date(2018, 9, 1))
    dossier = province.received(party, round=province.round("five_year"))
    judged = {line.id: (True, JUDGED) for line in checklist.of(dossier, on=TODAY).to_judge}
    actions.judge(dossier, by=province.seats["board"], on=TODAY, judgements=judged)
    return dossier


def key_of(dossier: Dossier) -> str:
    (warning,) = checklist.of(dossier, on=TODAY).warnings
    return warning.finding.key


@pytest.mark.clause("TT 12/2019, Điều 3")
def test_a_warning_stops_the_appraisal_until_the_board_overrides_it_by_name(
    province: Province, warned: Dossier
) -> None:
    board = province.seats["board"]
    with pytest.raises(Refused, match="Chưa có ý kiến bỏ qua") as refused:
        actions.appraise(warned, by=board, on=TODAY, opinion=JUDGED)
    assert [reason.field for reason in refused.value.reasons] == [f"override-{key_of(warned)}"]
    actions.override(warned, by=board, on=TODAY, key=key_of(warned), reason=REASON)
    warned = Dossier.objects.get(pk=warned.pk)
    done = actions.appraise(warned, by=board, on=TODAY, opinion=JUDGED)
    assert done.at is State.APPRAISED
    frozen = [one for one in done.appraisals.get().answers if "warning" in one]
    assert [(one["reason"], one["by"].startswith("Người board")) for one in frozen] == [(REASON, True)]
    assert Entry.objects.filter(act="override").get().body["warning"] == key_of(warned)


@pytest.mark.parametrize(("length", "fits"), [(39, False), (40, True)])
def test_the_reason_has_a_least_length(province: Province, warned: Dossier, length: int, fits: bool) -> None:
    board, key = province.seats["board"], key_of(warned)
    if fits:
        assert actions.override(warned, by=board, on=TODAY, key=key, reason="x" * length).pk
    else:
        with pytest.raises(Refused, match="40 ký tự"):
            actions.override(warned, by=board, on=TODAY, key=key, reason="x" * length)


def test_only_the_board_and_only_what_warns_about_this_dossier(province: Province, warned: Dossier) -> None:
    for seat in ("secretary", "office", "commune"):
        with pytest.raises(Refused, match="Ban Thi đua"):
            actions.override(warned, by=province.seats[seat], on=TODAY, key=key_of(warned), reason=REASON)
    with pytest.raises(Refused, match="không có cảnh báo này"):
        actions.override(warned, by=province.seats["board"], on=TODAY, key="overlap:khác", reason=REASON)
    assert not Override.objects.exists()


@pytest.mark.clause("KH IV.1.1")
def test_what_blocks_is_overridden_by_nobody(province: Province, warned: Dossier) -> None:
    Discipline.objects.create(
        party=warned.party, form="reprimand", since=date(2019, 1, 1), source="12/QĐ", recorded_on=TODAY
    )
    found = checklist.of(warned, on=TODAY)
    block = next(one.finding for one in found.warnings if one.finding.kind == "block")
    with pytest.raises(Refused, match="không cho phép"):
        actions.override(warned, by=province.seats["board"], on=TODAY, key=block.key, reason=REASON)


def test_a_decided_dossier_shows_its_lines_as_they_stood_when_it_was_appraised(
    province: Province, warned: Dossier
) -> None:
    board = province.seats["board"]
    actions.override(warned, by=board, on=TODAY, key=key_of(warned), reason=REASON)
    done = actions.appraise(Dossier.objects.get(pk=warned.pk), by=board, on=TODAY, opinion=JUDGED)
    Discipline.objects.create(
        party=done.party, form="reprimand", since=date(2019, 1, 1), source="12/QĐ", recorded_on=TODAY
    )
    clean = {"appraised": "unmet", "awarded": "met", "declined": "met"}
    for state, shown in clean.items():
        Dossier.objects.filter(pk=done.pk).update(state=state)
        lines = checklist.of(Dossier.objects.get(pk=done.pk), on=TODAY).lines
        assert next(line.state for line in lines if line.id == "general.5") == shown


def test_overrides_fall_when_the_unit_hands_in_anew_and_stay_on_record(province: Province, warned: Dossier) -> None:
    board = province.seats["board"]
    actions.override(warned, by=board, on=TODAY, key=key_of(warned), reason=REASON)
    actions.send_back(warned, by=board, on=TODAY, notes={"summary": "Ghi rõ số hộ đã giúp."})
    province.complete(warned, summary="Giúp bốn hộ thoát nghèo")
    actions.submit(warned, by=province.seats["commune"], on=TODAY)
    warned = Dossier.objects.get(pk=warned.pk)
    assert [one.is_open for one in checklist.of(warned, on=TODAY).warnings] == [True]
    assert Override.objects.get().superseded_on == TODAY


def test_a_second_reason_takes_the_place_of_the_first_and_both_are_kept(province: Province, warned: Dossier) -> None:
    board, key = province.seats["board"], key_of(warned)
    for reason in (REASON, f"{REASON} Thêm một lần."):
        actions.override(warned, by=board, on=TODAY, key=key, reason=reason)
    (warning,) = checklist.of(Dossier.objects.get(pk=warned.pk), on=TODAY).warnings
    assert warning.reason.endswith("Thêm một lần.")
    assert Override.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(dossier=warned, key=key, text="x", clause="y", reason="z", by="ai", on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(dossier=warned, key="k", text="x", clause="y", reason="", by="ai", on=TODAY)


def test_an_override_is_never_changed_nor_removed(province: Province, warned: Dossier) -> None:
    made = actions.override(warned, by=province.seats["board"], on=TODAY, key=key_of(warned), reason=REASON)
    for change in (lambda: Override.objects.filter(pk=made.pk).update(reason="khác"), made.delete):
        with pytest.raises(Exception, match=r"."), transaction.atomic():
            change()
    assert Override.objects.get().reason == REASON


def test_the_page_asks_for_the_reason_at_its_warning_and_shows_it_afterwards(
    province: Province, warned: Dossier
) -> None:
    board, field = province.client("board"), f"override-{key_of(warned)}"
    url = f"/ho-so/{warned.key}/tham-dinh/"
    assert "Cảnh báo cần có ý kiến" in board.get(url).content.decode()
    short = post_form(board, url, {field: "ngắn", "act": "save"})
    assert (short.status_code, "40 ký tự" in short.content.decode()) == (422, True)
    assert post_form(board, url, {field: REASON, "act": "save"}).status_code == 302
    page = province.client("commune").get(f"/ho-so/{warned.key}/").content.decode()
    assert REASON in page
    assert "Người board" in page
