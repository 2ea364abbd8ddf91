"""A commune's scores come in from a workbook, onto the households of the list that is being scored."""

from collections.abc import Mapping
from typing import Any

import pytest

from chungtay.households.models import Household
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import Stage
from chungtay.records import journal
from chungtay.reviews import score_lists, scoring
from chungtay.reviews.models import Assessment, CommuneReview
from chungtay.sheets import accepting, actions, registry
from chungtay.sheets.layouts import Accepted, Flaw, Staged
from chungtay.sheets.models import Row, Upload
from tests.make import TODAY, Province
from tests.reviews.doing import bring, fresh, opened_with, points, row_of, score
from tests.reviews.people import households
from tests.sheets import lists as books

pytestmark = pytest.mark.django_db
HEADS = ["STT", "Mã hộ", "Chủ hộ", "Ấp", "Số khẩu", "Điểm B1", "Điểm B2", "Bảo hiểm y tế", "Thu nhập cả hộ"]


@pytest.fixture
def homes(province: Province) -> list[Household]:
    return households(province, 3)


@pytest.fixture
def review(province: Province, homes: list[Household]) -> CommuneReview:
    return bring(province, opened_with(province, *homes), Stage.SCORING)


def told(province: Province, home: Household | None = None, **more: Any) -> dict[str, Any]:
    """The values of a row, as the staging reads them."""
    values: dict[str, Any] = dict.fromkeys(score_lists.layout(province.seats["commune"], TODAY).by_name)
    return {**values, "code": home.code if home else None, "b1": 100, "b2": 20, **more}


def flaws(province: Province, values: Mapping[str, Any], seat: str = "commune") -> list[Flaw]:
    check = score_lists.layout(province.seats[seat], TODAY).check
    assert check is not None
    return [flaw for _, flaw in check([Staged(0, 1, values)])]


def handed_in(province: Province, *rows: list[Any]) -> Upload:
    layout = score_lists.layout(province.seats["commune"], TODAY)
    return books.staged(province, books.book([["DANH SÁCH ĐIỂM RÀ SOÁT"], HEADS, *rows]), layout)


def taken_in(province: Province, upload: Upload) -> Upload:
    seat = province.seats["commune"]
    accepting.approve(upload, by=seat, on=TODAY)
    layout, writer = score_lists.layout(seat, TODAY), score_lists.writer(seat, TODAY)
    accepting.accept(upload, layout=layout, writer=writer)
    upload.refresh_from_db()
    return upload


def test_a_workbook_scores_the_households_of_the_list(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    a, b, c = homes
    upload = handed_in(
        province, [1, a.code, a.head_name, "", 5, 118, 0, "", ""], [2, b.code, "", "", "", 130, "", "x", ""],
        [3, c.code, "", "", 4, "", "", "", 6_000_000],
    )  # fmt: skip
    assert (upload.good, upload.doubtful, upload.bad) == (2, 0, 1)
    assert "thiếu hụt" in str(Row.objects.get(state="bad").faults)
    taken_in(province, upload)
    first, second = row_of(review, a), row_of(review, b)
    assert (first.standing, first.persons, first.b1, first.b2, first.lacking) == ("income_poor", 5, 118, 0, 0)
    assert (second.standing, second.persons, second.b2, second.move) == ("near_poor", 4, 10, "escaped_to_near_poor")
    assert first.because["standard"]
    assert row_of(review, c).standing == ""
    for row, said in ((first, "income_poor"), (second, "near_poor")):
        entry = journal.of(row).get(act="score_household")
        assert {value.name: value.value for value in entry.values.all()}["class"] == said


def test_the_same_row_typed_on_the_form_gives_the_same_assessment(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    a, b, _ = homes
    score(province, review, a.pk, points(118, 20, persons=4), on=TODAY)
    scoring.score_many(review, {row_of(review, b).pk: points(118, 20)}, by=province.seats["commune"], on=TODAY)
    names = (*scoring.SCORED, "version")
    one, other = ({name: getattr(row_of(review, home), name) for name in names} for home in (a, b))
    assert one == other


def test_a_code_that_is_not_on_the_list_is_bad_and_nothing_to_go_by_too(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    [stranger] = households(province, 1)
    assert [(f.column, f.is_doubtful) for f in flaws(province, told(province, stranger))] == [("code", False)]
    assert [f.column for f in flaws(province, told(province))] == ["code"]
    assert [f.column for f in flaws(province, told(province, name="Không Có Ai"))] == ["name"]
    assert flaws(province, told(province, homes[0])) == []


def test_a_name_with_its_hamlet_is_a_question_and_never_a_guess(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    a, b, _ = homes
    Household.objects.filter(pk=b.pk).update(head_name=a.head_name, head_folded=a.head_folded)
    Assessment.objects.filter(household=b).update(hamlet="Ấp Khác")
    name = a.head_name.upper()
    [here] = flaws(province, told(province, name=name, hamlet="ấp hòa tiến"))
    assert (here.ask, [answer.key for answer in here.answers]) == ("household", [f"{row_of(review, a).pk}:"])
    [both] = flaws(province, told(province, name=name))
    assert len(both.answers) == 2
    assert a.code in both.answers[0].label
    upload = handed_in(province, ["", "", name, "Ấp Hòa Tiến", 4, 100, 20, "", ""])
    row = Row.objects.get(upload=upload)
    said = actions.Decision(actions.AS_READ, answers={"household": here.answers[0].key})
    layout = score_lists.layout(province.seats["commune"], TODAY)
    actions.decide(row, said, layout=layout, by=province.seats["commune"], on=TODAY, settle=score_lists.settle)
    upload.refresh_from_db()
    taken_in(province, upload)
    assert row_of(review, a).standing == "income_poor"
    assert row_of(review, b).standing == ""


def test_what_the_law_does_not_allow_is_said_at_its_column(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    a = homes[0]
    assert [f.column for f in flaws(province, told(province, a, b1=None))] == ["b1"]
    assert [f.column for f in flaws(province, told(province, a, b2=25))] == ["b2"]
    assert [f.column for f in flaws(province, told(province, a, b2=30, lack_insurance="1"))] == ["b2"]
    assert [f.column for f in flaws(province, told(province, a, b1=None, b2=None, income=5_000_000))] == ["b2"]
    assert flaws(province, told(province, a, b1=None, b2=0, income=5_000_000)) == []


def test_a_household_that_was_scored_is_asked_about_before_it_is_scored_again(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    score(province, review, homes[0].pk, points(160, 0), on=TODAY)
    [again] = flaws(province, told(province, homes[0]))
    assert (again.ask, again.is_doubtful) == ("again", True)
    assert "không nghèo" in again.sentence


def test_a_row_sent_again_as_it_was_scored_needs_nothing_and_a_changed_one_is_asked(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    a, b, c = homes
    rows = [[1, a.code, a.head_name, "", 5, 118, 0, "", ""], [2, b.code, "", "", "", 130, "", "x", ""]]
    taken_in(province, handed_in(province, *rows, [3, c.code, "", "", 4, "abc", 0, "", ""]))
    before = {home.pk: row_of(review, home).version for home in homes}
    again = handed_in(province, *rows, [3, c.code, "", "", 4, 160, 0, "", ""])
    assert (again.same, again.good, again.doubtful, again.bad) == (2, 1, 0, 0)
    taken_in(province, again)
    assert {home.pk: row_of(review, home).version for home in homes} == {**before, c.pk: before[c.pk] + 1}
    changed = handed_in(province, [1, a.code, a.head_name, "", 5, 119, 0, "", ""], rows[1])
    assert (changed.same, changed.doubtful) == (1, 1)
    [row] = Row.objects.filter(upload=changed, state="doubtful")
    assert [fault["ask"] for fault in row.faults] == ["again"]


def test_a_row_without_a_code_is_known_only_where_every_household_it_may_mean_is_scored_so(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    a, b, _ = homes
    score(province, review, a.pk, points(100, 20), on=TODAY)
    named = told(province, name=a.head_name, hamlet=row_of(review, a).hamlet)
    assert [flaw.is_known for flaw in flaws(province, named)] == [True]
    Household.objects.filter(pk=b.pk).update(head_name=a.head_name, head_folded=a.head_folded)
    assert [flaw.is_known for flaw in flaws(province, named)] == [False]


def test_two_files_that_say_the_same_are_both_taken_and_the_household_is_scored_once(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    row = [1, homes[0].code, "", "", 4, 160, 0, "", ""]
    one, other = handed_in(province, row), handed_in(province, row, [2, homes[1].code, "", "", 4, 160, 0, "", ""])
    taken_in(province, one)
    version = row_of(review, homes[0]).version
    taken_in(province, other)
    assert (other.accepted, other.bad, row_of(review, homes[0]).version) == (2, 0, version)


@pytest.mark.parametrize("no", ["không", "khong", "ko", 0, "0", "", "Không"])
def test_a_plain_no_in_a_column_of_a_lack_is_no_tick(
    province: Province, homes: list[Household], review: CommuneReview, no: Any
) -> None:
    upload = handed_in(province, [1, homes[0].code, "", "", 4, 118, 0, no, ""])
    assert (upload.good, upload.bad) == (1, 0)
    taken_in(province, upload)
    assert row_of(review, homes[0]).lacking == 0


def test_a_household_scored_by_hand_after_the_file_was_read_keeps_what_was_scored(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    a, b, _ = homes
    upload = handed_in(province, [1, a.code, "", "", 4, 160, 0, "", ""], [2, b.code, "", "", 4, 160, 0, "", ""])
    score(province, review, a.pk, points(100, 0), on=TODAY)
    taken_in(province, upload)
    assert (row_of(review, a).standing, row_of(review, b).standing) == ("income_poor", "outside")
    assert "vừa được chấm" in str(list(Row.objects.filter(upload=upload).values_list("faults", flat=True)))


def test_before_and_after_scoring_no_row_is_taken(province: Province, homes: list[Household]) -> None:
    listing = opened_with(province, *homes)
    [flaw] = flaws(province, told(province, homes[0]))
    assert "chưa ở bước chấm điểm" in flaw.sentence
    with pytest.raises(Refused, match="không chấm điểm được lúc này"):
        scoring.score_many(listing, {}, by=province.seats["commune"], on=TODAY)
    scored = bring(province, listing, Stage.SCORING)
    upload = handed_in(province, [1, homes[0].code, "", "", 4, 100, 20, "", ""])
    bring(province, fresh(scored), Stage.MEETING)
    taken_in(province, upload)
    assert (upload.accepted, upload.bad) == (0, 1)
    assert "không còn trong danh sách đang chấm" in str(Row.objects.get(upload=upload).faults)


def test_another_commune_does_not_reach_this_list_and_two_rows_of_one_household_are_told(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    [foreign] = flaws(province, told(province, homes[0]), seat="commune_b")
    assert "chưa ở bước chấm điểm" in foreign.sentence
    writer = score_lists.writer(province.seats["commune"], TODAY)
    said = writer([Accepted(n, 0, n, told(province, homes[0])) for n in (1, 2)])
    assert said == {2: f"Hộ {homes[0].code} đã có một dòng khác trong tệp."}


def test_the_list_is_offered_where_the_commune_scores(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    assert registry.known()["diem-ra-soat"] is score_lists.SCORES
    client = province.client("commune")
    assert "Nhập điểm từ bảng tính" in client.get(f"/ra-soat/xa/{review.pk}/").content.decode()
    assert "điểm rà soát của xã" in client.get("/bang-tinh/gui/diem-ra-soat/").content.decode()
    assert "Nhập điểm từ bảng tính" not in province.client("district").get(f"/ra-soat/xa/{review.pk}/").content.decode()
