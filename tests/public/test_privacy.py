"""What strangers never learn, and what the pages never leave behind (design D8, D9)."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from chungtay.decisions.models import Award, AwardChange
from chungtay.decisions.texts import certificate_address
from chungtay.nominations.models import Achievement, Appraisal, Dossier, Evidence, Judgement, Note
from chungtay.parties.models import Party
from chungtay.records.privacy import FieldClass, class_of
from tests.make import Province
from tests.public.cast import Signing

ROOMS = (Dossier, Achievement, Evidence, Note, Judgement, Appraisal, Award, AwardChange, Party)
OPEN = ("public:home", "public:movement", "public:certificate_help", "public:dossier")
HIDDEN = (FieldClass.PERSONAL, FieldClass.SENSITIVE)
SHORTEST = 6


@pytest.fixture
def full(signing: Signing) -> list[str]:
    """A province with a dossier in every kind of state, signed, corrected and withdrawn; all its public addresses."""
    p = signing.province
    awards = [signing.award(signing.household("Danh Thị Sà Phol")), signing.award(signing.person("Lê Hoà Thuỷ"))]
    gone = signing.award(signing.household("Thị Kim Ngân Hà"))
    signing.correct(awards[0], "Danh Thị Sa Phôl")
    signing.withdraw(gone)
    p.received(p.household("Huỳnh Văn Út Mười"))
    p.appraised(p.household("Trần Ngọc Bảo Châu"))
    codes = [code for code in Dossier.objects.order_by("id").values_list("code", flat=True) if code]
    assert len(codes) == 5
    return [
        *(reverse(name) for name in OPEN),
        *(f"{reverse('public:dossier')}?ma={code}" for code in codes),
        *(urlsplit(certificate_address(award)).path for award in [*awards, gone]),
        f"{urlsplit(certificate_address(gone)).path}?ten=Sai+Hẳn",
    ]


def personal_texts() -> Iterator[str]:
    """Every text in a column that is declared personal or sensitive, of every row about a person or household."""
    for model in ROOMS:
        for row in model._default_manager.order_by("pk"):
            if isinstance(row, Party) and row.payee.value == "collective":
                continue
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                is_text = isinstance(field, models.CharField | models.TextField)
                if is_text and value and class_of(model, field.name) in HIDDEN:
                    yield str(value)


def test_no_personal_text_is_on_any_public_page(full: list[str], client: Client) -> None:
    texts = {text for text in personal_texts() if len(text) >= SHORTEST}
    assert {
        "Danh Thị Sà Phol",
        "Danh Thị Sa Phôl",
        "Lê Hoà Thuỷ",
        "Ấp Hòa Tiến",
        "0918000007",
        "Bác sĩ trạm 9",
    } <= texts
    for address in full:
        page = client.get(address).content.decode()
        assert [text for text in texts if text in page] == []


def test_the_search_for_personal_texts_would_find_one(full: list[str]) -> None:
    assert any(text in "<p>Gửi Danh Thị Sà Phol</p>" for text in personal_texts())


def test_a_look_up_names_neither_the_unit_nor_the_place(full: list[str], client: Client) -> None:
    for address in full:
        if "?ma=" in address:
            page = client.get(address).content.decode()
            for name in ("Thổ Sơn", "Hòn Đất", "Sở Y tế"):
                assert name not in page


def test_no_public_page_sets_a_cookie(full: list[str]) -> None:
    for address in full:
        answer = Client().get(address)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_look_ups_are_kept_nowhere_and_not_listed_by_search_engines(full: list[str]) -> None:
    for address in full:
        answer = Client().get(address)
        is_look_up = "/ho-so/" in address or len(address.split("/")) > 4
        assert ("no-store" in answer["Cache-Control"]) is is_look_up
        assert ("noindex" in answer.content.decode()) is is_look_up
        assert "Cookie" in answer["Vary"] or is_look_up


@pytest.mark.parametrize("address", ["/cong-khai/bang-khen/abc/def", "/cong-khai/ho-so/?ma=HS-2020-9999"])
def test_an_answer_of_no_is_not_kept_or_listed_either(db: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()
    assert not answer.cookies


def test_the_page_of_somebody_signed_in_is_kept_by_nobody(province: Province) -> None:
    for name in ("public:home", "public:movement", "public:certificate_help"):
        answer = province.client("commune").get(reverse(name))
        assert "no-store" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]
        assert "max-age=300" in Client().get(reverse(name))["Cache-Control"]


def test_public_pages_are_only_read(province: Province) -> None:
    for name in OPEN:
        assert province.client("commune").head(reverse(name)).status_code == 200
        assert province.client("commune").put(reverse(name)).status_code == 405


def test_no_public_page_has_inline_script_or_style(full: list[str], client: Client) -> None:
    for address in full:
        page = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page)
        assert page.count("<h1") == 1


def test_queries_do_not_grow_with_the_rows(full: list[str], django_assert_max_num_queries: Callable) -> None:
    for address in full:
        Client().get(address)
        with django_assert_max_num_queries(4):
            Client().get(address)
