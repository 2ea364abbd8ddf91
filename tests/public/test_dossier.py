"""Looking a dossier up by its code (KH IV.4.3): where it is, by what day, and nothing about whom."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from chungtay.law.deadlines import working_days_after
from chungtay.nominations import actions
from chungtay.nominations.models import Dossier
from chungtay.public.forms import dossier_code
from tests.make import TODAY, Province

APOLOGY = "xin lỗi vì sự chậm trễ"


@pytest.fixture
def ask(client: Client) -> Callable[..., str]:
    """The answer for a code as somebody typed it."""

    def page(typed: str, status: int = 200) -> str:
        answer = client.get(reverse("public:dossier"), {"ma": typed})
        assert answer.status_code == status
        return answer.content.decode()

    return page


def promised(dossier: Dossier) -> date:
    assert dossier.promised_on is not None
    return dossier.promised_on


@pytest.mark.clause("KH IV.4.3")
def test_a_received_dossier_tells_its_state_its_desk_and_its_day(province: Province, ask: Callable[..., str]) -> None:
    dossier = province.received()
    text = ask("HS-2020-0001")
    assert "Đã tiếp nhận" in text
    assert "Đang chờ Ban Thi đua - Khen thưởng thẩm định." in text
    assert "<dd>Ban Thi đua - Khen thưởng</dd>" in text
    assert f"<dd>{promised(dossier):%d/%m/%Y}</dd>" in text
    assert "<dd>Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh</dd>" in text
    assert "<dd>Đợt xét khen hằng năm 2020</dd>" in text
    assert f"Còn {(promised(dossier) - TODAY).days} ngày" in text
    assert APOLOGY not in text


@pytest.mark.parametrize(
    "typed",
    ["HS-2020-0001", "hs-2020-0001", "hs2020 1", " HS 2020 0001 ", "hs20200001", "2020-1", "HS–2020–0001", "hs_2020_1",
     "HS2020-01", "hs.2020.0001", "ＨＳ-２０２０-０００１"],
)  # fmt: skip
def test_a_code_is_found_however_it_is_typed(province: Province, ask: Callable[..., str], typed: str) -> None:
    province.received()
    assert "Đã tiếp nhận" in ask(typed)


def test_a_sloppy_code_means_one_code_only() -> None:
    assert dossier_code("hs2020 12") == "HS-2020-0012"
    assert dossier_code("HS-2020-10012") == "HS-2020-10012"
    assert dossier_code("hs-2021-0012") != dossier_code("hs-2020-0012")
    assert dossier_code("hs 1920 12") == "HS 1920 12"
    assert dossier_code("TNHS 2020 12") == "TNHS 2020 12"
    assert dossier_code("") == ""


@pytest.mark.parametrize("typed", ["HS-2020-0002", "HS-2019-0001", "không biết", "' OR 1=1 --", "0", "x" * 40])
def test_an_unknown_code_is_told_kindly(province: Province, ask: Callable[..., str], typed: str) -> None:
    province.received()
    text = ask(typed, status=404)
    assert "Không có hồ sơ mang mã" in text
    assert "HS-2020-0012" in text


@pytest.mark.parametrize("typed", ["", "   ", "x" * 41, "HS\x002020"])
def test_what_cannot_be_a_code_is_told_at_the_field(province: Province, ask: Callable[..., str], typed: str) -> None:
    assert "has-error" in ask(typed)


def test_a_draft_and_a_dossier_just_handed_in_cannot_be_found(province: Province, ask: Callable[..., str]) -> None:
    draft = province.draft()
    submitted = province.submitted(province.household("Thị Hai"))
    assert draft.code is None
    assert submitted.code is None
    for typed in (draft.key, submitted.key, str(draft.pk), "None", "HS-2020-0001"):
        assert "Không có hồ sơ mang mã" in ask(typed, status=404)


@pytest.mark.parametrize(
    ("after", "sorry", "words"),
    [
        (-1, False, "Còn 1 ngày"),
        (0, False, "Hạn hôm nay"),
        (1, True, "Đã quá ngày hẹn 1 ngày"),
        (9, True, "Đã quá ngày hẹn 9 ngày"),
    ],
)
def test_the_promised_day_itself_is_not_late_and_the_next_day_is(
    province: Province, ask: Callable[..., str], settings: Settings, after: int, sorry: bool, words: str
) -> None:
    day = promised(province.received())
    settings.WORKING_DAY = day + timedelta(days=after)
    text = ask("HS-2020-0001")
    assert words in text
    assert (APOLOGY in text) is sorry


def test_the_apology_names_the_desk_that_holds_the_dossier(
    province: Province, ask: Callable[..., str], settings: Settings
) -> None:
    dossier = province.appraised()
    settings.WORKING_DAY = promised(dossier) + timedelta(days=1)
    assert "Thư ký Hội đồng Thi đua - Khen thưởng đang giữ hồ sơ" in ask("HS-2020-0001")


def test_a_closed_dossier_is_never_late(province: Province, ask: Callable[..., str], settings: Settings) -> None:
    dossier = province.appraised()
    actions.decline(dossier, by=province.seats["secretary"], on=TODAY, reason="Chưa đủ số phiếu đồng ý theo quy định.")
    settings.WORKING_DAY = promised(dossier) + timedelta(days=30)
    text = ask("HS-2020-0001")
    assert "Hội đồng không đề nghị" in text
    assert "Đã có kết quả" in text
    assert APOLOGY not in text
    assert "phiếu đồng ý" not in text


@pytest.mark.clause("KH V.5")
def test_a_dossier_sent_back_waits_for_its_unit_and_gets_a_new_day(
    province: Province, ask: Callable[..., str], settings: Settings
) -> None:
    dossier = province.received()
    note = "Báo cáo chưa nêu việc giúp hộ khác."
    actions.send_back(dossier, by=province.seats["board"], on=TODAY, notes={"report": note})
    settings.WORKING_DAY = working_days_after(promised(dossier), 20)
    text = ask("HS-2020-0001")
    assert "Trả lại để bổ sung" in text
    assert "<dd>Cơ quan, đơn vị đề nghị</dd>" in text
    assert "Hẹn lại khi hồ sơ được tiếp nhận đủ giấy tờ" in text
    assert APOLOGY not in text
    assert note not in text


def test_the_answer_reads_one_row_and_no_personal_column(
    province: Province, ask: Callable[..., str], django_assert_num_queries: Callable
) -> None:
    province.received()
    ask("HS-2020-0001")
    with django_assert_num_queries(1) as asked:
        ask("HS-2020-0001")
    assert "party_name" not in asked.captured_queries[0]["sql"]
    assert "report" not in asked.captured_queries[0]["sql"]


def test_the_form_alone_asks_the_database_nothing(
    client: Client, db: None, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(reverse("public:dossier"))
    assert 'name="ma"' in answer.content.decode()
