"""The pages on which a dossier is opened, written and judged: what comes first, what is told, what is never lost."""

import re
from typing import Any

import pytest
from django.test import Client

from chungtay.law.awards import Award
from chungtay.movements.models import Round
from chungtay.nominations import checklist
from chungtay.nominations.completeness import LEAST_REASON
from chungtay.nominations.forms import MOST_LINES, OpenForm
from chungtay.nominations.judging_forms import JudgeForm
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from tests.make import TODAY, Province, post_form

TYPED = {
    "party_name": "Danh Thị Sa Phol", "period_from": "01/01/2018", "period_to": "30/09/2020", "summary": "Vượt khó",
    "report": "", "earlier_awards": "",
}  # fmt: skip
LINE = '<fieldset class="form-grid deed">'


def deeds(*texts: str, total: int | None = None) -> dict[str, Any]:
    """The lines of deeds as a browser sends them."""
    told: dict[str, Any] = {"viec-TOTAL_FORMS": total or len(texts), "viec-INITIAL_FORMS": 0}
    for n, text in enumerate(texts):
        told |= {f"viec-{n}-nature": "other", f"viec-{n}-text": text, f"viec-{n}-value": ""}
    return told


def edit(client: Client, dossier: Dossier, **told: Any) -> Any:
    return post_form(client, f"/ho-so/{dossier.key}/sua/", {**TYPED, "version": dossier.version, **told})


def choices(province: Province, kind: PartyKind) -> dict[str, list[str]]:
    """What one may ask for a party of that kind, when every round is open: the words by the group's head."""
    party = province.party("Ai đó", kind, province.places["kg"], managing_unit=province.bodies["unit"])
    form = OpenForm(party=party, rounds=Round.objects.select_related("plan_version__movement").order_by("opens"))
    groups: Any = form.fields["choice"].choices  # type: ignore[attr-defined]
    return {head: [label for _, label in told] for head, told in groups}


@pytest.mark.clause("KH IV.2")
@pytest.mark.parametrize("kind", [PartyKind.HOUSEHOLD, PartyKind.PERSON, PartyKind.ENTERPRISE])
def test_the_usual_award_stands_first_and_the_states_last(province: Province, kind: PartyKind) -> None:
    for labels in choices(province, kind).values():
        province_first = [label.startswith("Bằng khen của Chủ tịch") for label in labels]
        assert province_first[0]
        assert province_first == sorted(province_first, reverse=True)
        assert "hằng năm" in labels[0]


def test_no_choice_repeats_the_content_that_its_group_names(province: Province) -> None:
    for head, labels in choices(province, PartyKind.HOUSEHOLD).items():
        assert re.match(r"\w\) ", head)
        assert [label for label in labels if "nội dung" in label] == []


def test_whoever_hears_the_page_is_told_the_content_with_each_choice(province: Province) -> None:
    page = province.client("commune").get(f"/ho-so/lap/{province.household().pk}/").content.decode()
    names = re.findall(r'aria-label="(Bằng khen [^"]+)"', page)
    assert len(names) == page.count('type="radio"') > 4
    assert len(set(names)) == len(names)
    assert "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh · Đợt xét khen hằng năm 2020, a) Hộ gia đình" in "\n".join(
        names
    )


@pytest.mark.clause("KH IV.2.1", "KH V.1.2")
def test_a_state_award_may_be_asked_for_at_the_midterm_review(province: Province) -> None:
    midterm = province.round("midterm", 2018)
    assert midterm.get_kind_display() == "Khen sơ kết giữa kỳ"
    asked = [label for labels in choices(province, PartyKind.ENTERPRISE).values() for label in labels]
    of_the_round = {label.partition(" · ")[0] for label in asked if midterm.title in label}
    assert of_the_round
    assert not [title for title in of_the_round if "Chủ tịch" in title]


@pytest.mark.clause("KH V.5")
def test_each_reason_is_named_by_its_criterion_and_tells_its_least_length(province: Province) -> None:
    plan = province.movement.plan_on(province.round().opens).plan
    kinds = {"a": "household", "b": "community", "c": "people_committee_commune", "d": "department",
             "dd": "poverty_official", "e": "enterprise"}  # fmt: skip
    for content in plan.contents:
        party = province.party(f"Đối tượng {content.id}", kinds[content.id], province.places["kg-30847"])
        dossier = Dossier(round=province.round("five_year"), party=party, content=content.id, award="pm_certificate",
                          state_since=TODAY, due_on=TODAY, opened_on=TODAY, party_name=party.name,
                          unit=province.bodies["commune"], area_path=party.area_path)  # fmt: skip
        dossier.save()
        found = checklist.of(dossier, on=TODAY)
        form = JudgeForm(found=found, plan=plan)
        labels = [str(form.fields[f"reason-{one.id}"].label) for one in found.to_judge]
        assert len(set(labels)) == len(labels) > 5
        own = [one.id for one in found.to_judge if one.id.startswith(f"{content.id}.")]
        assert f"Lý do, căn cứ (tiêu chuẩn {content.letter}.{own[-1].rpartition('.')[2]})" in labels
        assert "Lý do, căn cứ (tiêu chuẩn chung 1)" in labels
        assert "Lý do, căn cứ (tiêu chuẩn riêng của Bằng khen Thủ tướng)" in labels
        for one in found.to_judge:
            least = plan.criterion(one.id).min_reason or LEAST_REASON
            assert form.fields[f"reason-{one.id}"].help_text == f"Ít nhất {least} ký tự."


def test_another_line_for_deeds_needs_no_saving_and_loses_nothing(province: Province) -> None:
    dossier = province.draft()
    client = province.client("commune")
    answer = edit(client, dossier, **deeds("Chỉ cách nuôi tôm", "Góp công làm cầu"), add_line="1")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(LINE) == 4
    assert "aria-invalid" not in page
    for word in ("Chỉ cách nuôi tôm", "Góp công làm cầu", "Vượt khó", "data-not-done"):
        assert word in page
    dossier.refresh_from_db()
    assert (dossier.version, dossier.summary, dossier.achievements.count()) == (1, "", 0)
    texts = ("Chỉ cách nuôi tôm", "Góp công làm cầu", "Cho mượn giống", "Hiến đất")
    assert edit(client, dossier, **deeds(*texts), save="1").status_code == 302
    assert [deed.text for deed in dossier.achievements.all()] == list(texts)


def test_a_wrong_day_is_told_while_lines_are_added_and_nothing_is_lost(province: Province) -> None:
    dossier = province.draft()
    told = {**deeds("Chỉ cách nuôi tôm"), "period_from": "31/02/2018", "add_line": "1"}
    page = edit(province.client("commune"), dossier, **told).content.decode()
    assert "Không có ngày 31: tháng 2 năm 2018 có 28 ngày." in page
    assert "Chỉ cách nuôi tôm" in page


@pytest.mark.parametrize(("count", "shown"), [(39, 40), (40, 40), (999_999, 40), ("x", 0), (-1, 0)])
def test_lines_are_not_added_beyond_the_most(province: Province, count: object, shown: int) -> None:
    told = {**deeds("Chỉ cách nuôi tôm"), "viec-TOTAL_FORMS": count}
    page = edit(province.client("commune"), province.draft(), **told, add_line="1").content.decode()
    assert page.count(LINE) == shown
    assert ("Thêm dòng" in page) is (shown < MOST_LINES == 40)


@pytest.mark.clause("KH IV.1.2.a")
def test_the_unit_reads_while_it_writes_what_the_data_says_against_it(province: Province) -> None:
    with_wish, without = province.household("Hộ có"), province.household("Hộ không")
    province.wish(with_wish)
    client = province.client("commune")
    for party, told in ((with_wish, False), (without, True)):
        page = client.get(f"/ho-so/{province.draft(party).key}/sua/").content.decode()
        assert ("Dữ liệu cho thấy chưa đạt" in page) is told
        assert ("Không thấy đăng ký nào còn hiệu lực" in page) is told


def test_lists_name_awards_shortly_and_every_award_has_a_short_name(province: Province) -> None:
    province.draft()
    page = province.client("commune").get("/ho-so/").content.decode()
    assert "Bằng khen tỉnh · Đợt xét khen hằng năm 2020" in page
    assert {award.value: award.short for award in Award if not 5 < len(award.short) <= 30} == {}


def test_a_filtered_list_offers_to_drop_the_filter(province: Province) -> None:
    client = province.client("commune")
    assert "Bỏ lọc" not in client.get("/ho-so/").content.decode()
    for query in ("ten=danh", "trang_thai=draft", f"dot={province.round().pk}"):
        assert '<a class="btn btn-quiet" href="/ho-so/">Bỏ lọc</a>' in client.get(f"/ho-so/?{query}").content.decode()
