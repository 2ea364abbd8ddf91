"""What the page behind a QR code says (design D9): genuine or not, in force or not, issued by whom."""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.decisions.models import Award
from chungtay.decisions.texts import certificate_address
from chungtay.public.forms import spelling
from tests.public.cast import Signing, tamper

NOT_OURS = "Không phải bằng khen do hệ thống cấp"
GENUINE = "Bằng thật, đang có hiệu lực"


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    """The page that a phone opens after reading the QR code of an award."""

    def page(award: Award, **query: str) -> str:
        answer = client.get(urlsplit(certificate_address(award)).path, query)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def refused(client: Client, token: str, signature: str) -> str:
    answer = client.get(reverse("public:certificate", args=[token, signature]))
    assert answer.status_code == 404
    return answer.content.decode()


def test_the_address_in_the_qr_code_is_the_page(signing: Signing) -> None:
    award = signing.award(signing.household())
    path = urlsplit(certificate_address(award)).path
    assert path == reverse("public:certificate", args=[award.token, award.signature])
    assert not path.endswith("/")


@pytest.mark.clause("KH IV.2.2")
def test_a_certificate_in_force_says_who_issued_it_by_which_decision(
    signing: Signing, read: Callable[..., str]
) -> None:
    award = signing.award(signing.collective())
    text = read(award)
    assert award.decision.paper is not None
    assert GENUINE in text
    for told in ("Ủy ban nhân dân tỉnh Kiên Giang", award.decision.paper.code, "20/10/2020", "Chủ tịch", "1/2020"):
        assert f"<dd>{told}</dd>" in text
    assert "Lâm Minh Thành" not in text


def test_a_collective_is_named_and_a_household_and_a_person_are_not(signing: Signing, read: Callable[..., str]) -> None:
    collective = read(signing.award(signing.collective("Phòng Nghiệp vụ Y")))
    assert "Phòng Nghiệp vụ Y" in collective
    assert "Đối chiếu tên" not in collective
    household = read(signing.award(signing.household("Danh Thị Sà Phol")))
    person = read(signing.award(signing.person("Lê Hoà Thuỷ")))
    assert "Một hộ gia đình" in household
    assert "Một cá nhân" in person
    assert "Phol" not in household
    assert "Thuỷ" not in person


def test_a_corrected_certificate_says_so_with_the_number_of_the_correction(
    signing: Signing, read: Callable[..., str]
) -> None:
    award = signing.award(signing.collective("Phòng Nghiệp vụ Y"))
    signing.correct(award, "Phòng Nghiệp vụ Dược")
    text = read(award)
    change = award.changes.select_related("paper").get()
    assert "Bằng thật, đã đính chính tên" in text
    assert f"Quyết định số {change.paper.code} ngày 20/10/2020" in text
    assert "Phòng Nghiệp vụ Dược" in text
    assert "đánh máy" not in text


def test_a_withdrawn_certificate_says_so_even_if_it_was_corrected_before(
    signing: Signing, read: Callable[..., str]
) -> None:
    award = signing.award(signing.household())
    signing.correct(award, "Danh Thị Sa Phôl")
    signing.withdraw(award)
    text = read(award)
    assert "Bằng thật, nhưng đã bị thu hồi" in text
    assert "Khai man" not in text
    assert GENUINE not in text


def test_a_voided_decision_is_not_in_force(signing: Signing, read: Callable[..., str]) -> None:
    award = signing.award(signing.household())
    assert award.decision.paper is not None
    award.decision.paper.voided_on = award.decision.signed_on
    award.decision.paper.void_reason = "Ký nhầm mẫu"
    award.decision.paper.save()
    text = read(award)
    assert "đã bị thu hồi" in text
    assert "Ký nhầm" not in text


def test_a_forged_signature_and_an_unknown_token_get_one_same_page(signing: Signing, client: Client) -> None:
    first, second = signing.award(signing.household()), signing.award(signing.collective())
    last = first.signature[-1]
    forged = first.signature[:20] + ("A" if first.signature[20] != "A" else "B") + first.signature[21:]
    pages = {
        refused(client, first.token, forged),
        refused(client, first.token, second.signature),
        refused(client, second.token, first.signature),
        refused(client, "A" * 22, first.signature),
        refused(client, first.token, first.signature[:-1] + ("B" if last != "B" else "C")),
        refused(client, first.token + "=", first.signature),
        refused(client, "\x00", "\x00"),
        refused(client, "x" * 4000, "é"),
    }
    assert len(pages) == 1
    assert NOT_OURS in pages.pop()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Kẻ Khác"},
        {"award": "unit_commendation"},
        {"award": "no_such_award"},
        {"token": "Zm9yZ2VkIHRva2VuIGhlcmU"},
    ],
)
def test_a_changed_row_is_not_genuine_any_more(
    signing: Signing, client: Client, read: Callable[..., str], changes: dict[str, str]
) -> None:
    award = signing.award(signing.household())
    assert GENUINE in read(award)
    tamper(award, **changes)
    assert NOT_OURS in refused(client, changes.get("token", award.token), award.signature)


def test_a_row_that_changes_nothing_that_is_signed_stays_genuine(signing: Signing, read: Callable[..., str]) -> None:
    award = signing.award(signing.household())
    tamper(award, citation="Câu khác", signature="mất")
    assert GENUINE in read(award)


def test_a_decision_whose_number_or_day_was_changed_is_not_genuine(signing: Signing, client: Client) -> None:
    award = signing.award(signing.household())
    decision = award.decision
    type(decision).objects.filter(pk=decision.pk).update(signed_on="2020-10-21")
    assert NOT_OURS in refused(client, award.token, award.signature)
    type(decision).objects.filter(pk=decision.pk).update(signed_on="2020-10-20", paper=decision.certificates)
    assert NOT_OURS in refused(client, award.token, award.signature)
    type(decision).objects.filter(pk=decision.pk).update(paper=decision.paper)
    assert client.get(reverse("public:certificate", args=[award.token, award.signature])).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "Danh Thị Sà Phol",
        "danh thị sà phol",
        "  DANH  THỊ  SÀ PHOL ",
        unicodedata.normalize("NFD", "Danh Thị Sà Phol"),
    ],
)
def test_the_name_on_the_paper_matches_whatever_its_case_and_spaces(
    signing: Signing, read: Callable[..., str], typed: str
) -> None:
    text = read(signing.award(signing.household("Danh Thị Sà Phol")), ten=typed)
    assert '<p class="notice-title">Khớp</p>' in text


@pytest.mark.parametrize(
    "typed", ["Danh Thi Sa Phol", "Danh Thị Sa Phol", "Danh Thị Sá Phol", "Danh Thị Sà", "Sà Phol"]
)
def test_another_name_or_another_accent_does_not_match(signing: Signing, read: Callable[..., str], typed: str) -> None:
    text = read(signing.award(signing.household("Danh Thị Sà Phol")), ten=typed)
    assert "Không khớp" in text
    assert "Danh Thị Sà Phol" not in text


def test_the_two_ways_of_placing_a_tone_are_one_spelling() -> None:
    assert spelling("Lê Hoà Thuỷ") == spelling("lê hòa thủy")
    assert spelling("Lê Hoà Thuỷ") != spelling("Lê Hoá Thuỷ")
    assert spelling("Trần Thị Đào") != spelling("Trần Thị Dào")
    assert spelling("Hoa Ánh") != spelling("Hoá Anh")


def test_the_name_of_a_correction_matches_as_corrected(signing: Signing, read: Callable[..., str]) -> None:
    award = signing.award(signing.household("Danh Thị Sà Phol"))
    signing.correct(award, "Danh Thị Sa Phôl")
    assert "Khớp với tên đã đính chính" in read(award, ten="danh thị sa phôl")
    assert '<p class="notice-title">Khớp</p>' in read(award, ten="Danh Thị Sà Phol")
    assert "Phôl" not in read(award)


def test_no_name_typed_is_asked_for_again(signing: Signing, read: Callable[..., str]) -> None:
    text = read(signing.award(signing.household()), ten=" ")
    assert "Gõ tên ghi trên bằng." in text
    assert "Không khớp" not in text


def test_a_name_typed_at_a_collective_answers_nothing(signing: Signing, read: Callable[..., str]) -> None:
    assert "Không khớp" not in read(signing.award(signing.collective()), ten="Sai")


def test_the_page_asks_as_few_queries_for_many_changes_as_for_none(
    signing: Signing, read: Callable[..., str], django_assert_num_queries: Callable
) -> None:
    award = signing.award(signing.household())
    read(award)
    with django_assert_num_queries(2):
        read(award)
    for name in ("Danh Một", "Danh Hai", "Danh Ba"):
        signing.correct(award, name)
    with django_assert_num_queries(2):
        read(award)


@pytest.mark.django_db
def test_the_help_page_names_our_own_address_and_the_public_key(client: Client, settings: object) -> None:
    text = client.get(reverse("public:certificate_help")).content.decode()
    assert "quét" in text.lower()
    assert re.search(r"<code>[0-9a-f]{64}</code>", text)
    assert settings.PUBLIC_ADDRESS in text  # type: ignore[attr-defined]
