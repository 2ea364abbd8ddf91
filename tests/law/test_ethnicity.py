"""The peoples of Việt Nam, and which household counts as one of an ethnic minority."""

import pytest

from chungtay.law.ethnicity import MINORITY_ASSUMED, OTHER, PEOPLES, is_minority, minority_household, people_named


def test_the_list_names_fifty_four_peoples_once() -> None:
    assert len(PEOPLES) == 54
    assert len(set(PEOPLES)) == 54


@pytest.mark.parametrize("name", [*PEOPLES, OTHER])
def test_every_people_is_found_by_its_own_name_however_it_is_typed(name: str) -> None:
    assert people_named(name) == name
    assert people_named(f"  {name.upper()} ") == name
    assert people_named(f"Dân tộc {name.lower().replace('-', ' ')}") == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("khơ me", "Khmer"), ("Khơ-me", "Khmer"), ("kho me", "Khmer"), ("KHMER", "Khmer"), ("Hoa (Hán)", "Hoa"),
        ("viet", "Kinh"), ("Việt", "Kinh"), ("cham", "Chăm"), ("Ê đê", "Ê-đê"), ("tay", "Tày"), ("hmong", "Mông"),
    ],
)  # fmt: skip
def test_what_clerks_write_is_understood(typed: str, name: str) -> None:
    assert people_named(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "Sao Hỏa", "Kinhh", "Kinh Khmer"])
def test_what_no_people_is_called_is_not_guessed(typed: str) -> None:
    assert people_named(typed) is None


def test_everybody_but_the_majority_and_the_unknown_is_of_a_minority() -> None:
    assert [name for name in (*PEOPLES, OTHER) if not is_minority(name)] == ["Kinh", OTHER]


def test_one_of_head_and_spouse_is_enough() -> None:
    assert not minority_household([])
    assert not minority_household(["Kinh", "Kinh"])
    assert not minority_household(["Kinh", OTHER])
    assert minority_household(["Kinh", "Khmer"])
    assert minority_household(["Hoa"])


def test_it_is_said_that_this_is_only_assumed() -> None:
    assert "chưa đọc" in MINORITY_ASSUMED
