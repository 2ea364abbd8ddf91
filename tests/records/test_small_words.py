"""Names, days and sums as people type them; field classes; pages by key."""

import unicodedata
from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from chungtay.parties.models import Party
from chungtay.records import keyset
from chungtay.records.checks import every_field_has_a_class
from chungtay.records.fields import DayField, DongField, WholeField
from chungtay.records.forms import BlamedForm
from chungtay.records.names import fold
from chungtay.records.privacy import FieldClass, Privacy, at_most, our_models, undeclared
from tests.make import Province


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("  Đặng  Thị Ngọc-Ánh", "dang thi ngoc anh"), ("ĐẶNG", "dang"), ("Thạch Sô-Phát", "thach so phat"), ("---", "")],
)
def test_names_fold_to_plain_words(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(max_size=40))
def test_folding_is_the_same_for_composed_and_decomposed_letters(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("200000000", 200_000_000),
        ("200.000.000", 200_000_000),
        ("200 triệu", 200_000_000),
        ("500tr", 500_000_000),
        ("2,5tỷ đồng", 2_500_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("50.000đ", 50_000),
        ("", None),
    ],
)
def test_sums_are_read_as_clerks_write_them(typed: str, amount: int | None) -> None:
    assert DongField(required=False).clean(typed) == amount


@pytest.mark.parametrize("typed", ["hai triệu", "1.5", "12,34", "-5", "5tri", "5 trăm", "1.00.000", "9" * 20])
def test_a_sum_that_could_mean_two_things_is_asked_again(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        DongField(required=False).clean(typed)


@pytest.mark.parametrize("typed", ["02/11/2020", "2-11-2020", "2.11.2020", "2020-11-02"])
def test_a_day_is_read_day_first(typed: str) -> None:
    assert DayField().clean(typed) == date(2020, 11, 2)


@pytest.mark.parametrize("typed", ["hôm qua", "2020-13-01", "0020-01-01", "20 tháng 10", "1/2"])
def test_what_is_no_day_at_all_is_asked_again_in_vietnamese(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="ngày/tháng/năm"):
        DayField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/02/2018", "Không có ngày 31: tháng 2 năm 2018 có 28 ngày."),
        ("29/02/2018", "tháng 2 năm 2018 có 28 ngày"),
        ("30-02-2020", "tháng 2 năm 2020 có 29 ngày"),
        ("31.4.2020", "tháng 4 năm 2020 có 30 ngày"),
        ("00/04/2020", "Không có ngày 0"),
        ("13/13/2020", "Không có tháng 13. Ghi ngày trước, tháng sau"),
        ("01/00/2020", "Không có tháng 0"),
        ("01/01/0020", "Năm 0020 không nằm trong khoảng 1900 đến 2100"),
        ("01/01/2101", "Năm 2101 không nằm trong khoảng"),
        ("5/2/18", "Ghi năm bằng bốn chữ số, ví dụ 2018; ở đây ghi “18”."),
    ],
)
def test_of_an_impossible_day_it_is_told_what_is_wrong(typed: str, words: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)
    assert words in refused.value.messages[0]


def test_the_last_day_of_a_leap_february_is_a_day() -> None:
    assert DayField().clean("29/02/2020") == date(2020, 2, 29)


def test_every_field_of_every_model_has_a_class() -> None:
    assert {model._meta.label: undeclared(model) for model in our_models() if undeclared(model)} == {}
    assert every_field_has_a_class(None) == []


def test_a_forgotten_field_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control for the check above."""
    monkeypatch.setattr(Party, "privacy", Privacy(internal="kind"))
    assert "id_number" in undeclared(Party)
    assert every_field_has_a_class(None) != []


def test_identity_numbers_and_ethnicity_are_never_among_what_is_merely_internal() -> None:
    open_fields = at_most(Party, FieldClass.PERSONAL)
    assert "id_number" not in open_fields
    assert "ethnicity" not in open_fields
    assert "name" not in at_most(Party, FieldClass.INTERNAL)


@pytest.mark.parametrize("order", [("name_folded", "id"), ("-id",)])
def test_pages_by_key_hold_every_row_once_forwards_and_backwards(province: Province, order: tuple[str, ...]) -> None:
    for n in range(23):
        province.household(f"Hộ {n % 5}")
    rows = Party.objects.filter(kind="household")
    seen, mark, marks = [], "", []
    while True:
        page = keyset.page(rows, order=order, mark=mark, size=5)
        seen.append([party.pk for party in page.rows])
        marks.append(page.previous)
        if not page.next:
            break
        mark = page.next
    assert [pk for one in seen for pk in one] == list(rows.order_by(*order).values_list("pk", flat=True))
    assert len(seen) == 5
    back = keyset.page(rows, order=order, mark=marks[-1], size=5)
    assert [party.pk for party in back.rows] == seen[-2]
    assert not keyset.page(rows, order=order, size=5).previous


@pytest.mark.parametrize("mark", ["x", "bm9uc2Vuc2U", "WyJuIl0", "W251bGxd", "é"])
def test_a_wrong_mark_shows_the_first_page(province: Province, mark: str) -> None:
    province.household()
    assert keyset.page(Party.objects.all(), order=("name_folded", "id"), mark=mark).previous == ""


@pytest.mark.parametrize(("typed", "number"), [("0", 0), (" 12 ", 12), ("1.250", 1250), ("2 000", 2000), ("", None)])
def test_whole_numbers_as_clerks_type_them(typed: str, number: int | None) -> None:
    assert WholeField(max_value=2000, required=False).clean(typed) == number


@pytest.mark.parametrize("typed", ["-1", "2001", "2.001", "1,5", "1.5", "mười", "1.25"])
def test_of_any_other_number_it_is_told_what_may_be_written(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"^\['Ghi số nguyên từ 0 đến 2\.000, hoặc để trống\.'\]$"):
        WholeField(max_value=2000, required=False).clean(typed)


def test_a_whole_number_that_is_needed_may_not_be_left_empty() -> None:
    with pytest.raises(forms.ValidationError, match=r"^\['Ghi số nguyên từ 1 đến 9\.'\]$"):
        WholeField(min_value=1, max_value=9).clean("")


def test_what_is_too_long_is_told_with_both_numbers_unless_the_field_has_words_of_its_own() -> None:
    class Words(BlamedForm):
        plain = forms.CharField(max_length=200)
        own = forms.CharField(max_length=5, error_messages={"max_length": "Ghi gọn."})
        few = forms.CharField(max_length=3)

    form = Words({"plain": "x" * 231, "own": "x" * 6, "few": "abc"})
    assert form.errors == {"plain": ["Tối đa 200 chữ, đang có 231."], "own": ["Ghi gọn."]}
