"""A commune registers many households at once: one bad row stops none of the others (KH V.1.1)."""

import pytest

from chungtay.movements.models import Movement
from chungtay.parties.models import Party
from chungtay.registrations import actions
from chungtay.registrations.actions import Wish
from chungtay.registrations.models import Registration
from tests.parties.cast import DAY, Cast, at, text_of

ADDRESS = "/dang-ky/nhieu-ho/"
COMMON = {"content": "a", "year": "2020", "kind": "emulation", "household_class": "poor"}


@pytest.fixture
def three(cast: Cast, movement: Movement) -> list[Party]:
    """Three households of An's commune; the second is registered already."""
    found = [cast.household(name) for name in ("Hộ Một", "Hộ Hai", "Hộ Ba")]
    actions.register(found[1], Wish(movement, "a", 2020, household_class="poor"), by=cast.an, on=DAY)
    return found


@pytest.mark.clause("KH V.1.1")
def test_one_bad_row_is_refused_with_its_reason_and_the_others_are_done(
    cast: Cast, movement: Movement, three: list[Party]
) -> None:
    outcome = actions.register_many(three, Wish(movement, "a", 2020, household_class="poor"), by=cast.an, on=DAY)
    assert [row.party.name for row in outcome.done] == ["Hộ Một", "Hộ Ba"]
    ((party, reasons),) = outcome.refused
    assert party.name == "Hộ Hai"
    assert "Đã đăng ký nội dung này cho năm 2020" in reasons[0].text


def test_each_household_may_have_a_class_of_its_own(cast: Cast, movement: Movement, three: list[Party]) -> None:
    wish = Wish(movement, "a", 2019, household_class="poor")
    outcome = actions.register_many(three, wish, by=cast.an, on=DAY, classes={three[2].pk: "near_poor"})
    assert [row.household_class for row in outcome.done] == ["poor", "poor", "near_poor"]


def test_the_result_page_lists_the_done_and_the_refused_with_why(cast: Cast, three: list[Party]) -> None:
    browser = at(cast.an)
    answer = browser.send(ADDRESS, {**COMMON, "ho": [str(party.pk) for party in three]})
    assert answer["Location"] == f"{ADDRESS}ket-qua/"
    page = text_of(browser.get(f"{ADDRESS}ket-qua/"))
    for part in ("Hộ Một", "Hộ Ba", "Hộ Hai", "Đã đăng ký nội dung này cho năm 2020"):
        assert part in page
    assert Registration.objects.count() == 3


def test_households_of_another_commune_are_left_out_and_not_named(cast: Cast, three: list[Party]) -> None:
    theirs = cast.household("Hộ xã Sơn Kiên", cast.commune_b)
    browser = at(cast.an)
    browser.send(ADDRESS, {**COMMON, "ho": [str(three[0].pk), str(theirs.pk)]})
    page = text_of(browser.get(f"{ADDRESS}ket-qua/"))
    assert "Có dòng không thuộc địa bàn của bạn" in page
    assert "Hộ xã Sơn Kiên" not in page
    assert not theirs.registrations.exists()


def test_a_board_sent_twice_registers_once(cast: Cast, three: list[Party]) -> None:
    browser, said = at(cast.an), {**COMMON, "ho": [str(three[0].pk)]}
    for _ in range(2):
        assert browser.send(ADDRESS, said, key="one-board-one-key-1").status_code == 302
    assert three[0].registrations.count() == 1
    assert "Hộ Một" in text_of(browser.get(f"{ADDRESS}ket-qua/"))


def test_a_board_with_nothing_ticked_says_so_and_a_wrong_one_keeps_its_ticks(cast: Cast, three: list[Party]) -> None:
    browser = at(cast.an)
    assert "Chưa đánh dấu hộ nào" in text_of(browser.send(ADDRESS, COMMON))
    answer = browser.send(
        ADDRESS, {**COMMON, "year": "2021", "ho": [str(three[0].pk)], f"dien-{three[2].pk}": "near_poor"}
    )
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Năm này ở ngoài giai đoạn" in page
    assert f'value="{three[0].pk}" checked' in page
    assert '<option value="near_poor" selected>' in page
    assert not three[0].registrations.exists()


def test_the_board_is_narrowed_by_hamlet_and_shows_what_stands(cast: Cast, three: list[Party]) -> None:
    Party.objects.filter(pk=three[0].pk).update(hamlet="ấp Kinh 5")
    browser = at(cast.an)
    page = text_of(browser.get(ADDRESS, {"ap": "Kinh 5"}))
    assert "Hộ Một" in page
    assert "Hộ Hai" not in page
    assert "a · 2020" in text_of(browser.get(ADDRESS))


def test_without_a_board_there_is_no_result(cast: Cast, movement: Movement) -> None:
    assert at(cast.an).get(f"{ADDRESS}ket-qua/")["Location"] == ADDRESS
