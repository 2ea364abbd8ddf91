"""The search box of the desk finds households by code and by the head's name, for those whose work the register is."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.households.make import household
from tests.make import Province


def titles(answer: Any) -> list[str]:
    """The heads that stand under the households found."""
    found = re.search(r"found-homes.*?</section>", answer.content.decode(), re.S)
    return re.findall(r'row-link"[^>]*>([^<]*)<', found[0]) if found else []


def test_a_name_without_accents_and_a_code_find_the_household(province: Province) -> None:
    home = household(province, "Danh Sol Phol")
    household(province, "Trần Văn Ba")
    client = province.client("commune")
    for text in ("danh phol", "PHÓL", home.code, home.code.replace("-", "")[:5]):
        assert "Danh Sol Phol" in titles(client.get(reverse("desk:search"), {"q": text})), text
    page = client.get(reverse("desk:search"), {"q": "phol"}).content.decode()
    assert f'href="/ho/{home.pk}/"' in page
    assert "Chưa rà soát" in page


def test_a_district_finds_its_communes_and_a_commune_only_its_own(province: Province) -> None:
    household(province, "Lý Hai", commune="kg-30850", seat="commune_b")
    assert titles(province.client("district").get(reverse("desk:search"), {"q": "ly hai"})) == ["Lý Hai"]
    assert titles(province.client("labour").get(reverse("desk:search"), {"q": "ly hai"})) == ["Lý Hai"]
    assert titles(province.client("commune").get(reverse("desk:search"), {"q": "ly hai"})) == []


@pytest.mark.parametrize("desk", ["front", "office", "board", "chair", "auditor", "member", "admin", "unit"])
def test_desks_without_this_work_find_no_household(province: Province, desk: str) -> None:
    home = household(province, "Danh Sol")
    for text in ("danh sol", home.code):
        assert titles(province.client(desk).get(reverse("desk:search"), {"q": text})) == []


def test_nothing_typed_finds_nothing(province: Province) -> None:
    household(province, "Danh Sol")
    for text in (" ", "-", "…"):
        assert titles(province.client("commune").get(reverse("desk:search"), {"q": text})) == [], text
