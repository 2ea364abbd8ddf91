"""What a refusal may tell: of a household that is closed to the reader neither code nor place nor anybody's name."""

import html

import pytest

from chungtay.households import correcting, linking, writing
from chungtay.households.models import Household
from chungtay.law.refusals import Refused
from tests.households.make import household, person
from tests.households.test_pages import OPENING
from tests.make import TODAY, Province, post_form

SHARED = "371234567"
TYPED = {**OPENING, "person-1-id_number": "371 234 567"}


@pytest.fixture
def held(province: Province) -> Household:
    """A household of the first commune; one of its people bears the number."""
    return household(province, person("Trần Văn Kín", id_number=SHARED))


@pytest.mark.parametrize(("desk", "sees"), [("commune", True), ("commune_b", False)])
def test_the_form_of_a_new_household_tells_the_code_only_to_whoever_may_see_it(
    province: Province, held: Household, desk: str, sees: bool
) -> None:
    answer = post_form(province.client(desk), "/ho/ghi/", TYPED)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert (held.code in page, str(held.place) in page, writing.ELSEWHERE in page) == (sees, sees, not sees)
    assert "Trần Văn Kín" not in page
    assert Household.objects.count() == 1


@pytest.mark.parametrize(("desk", "commune", "sees"), [("commune", "kg-30847", True), ("commune_b", "kg-30850", False)])
def test_the_forms_of_a_person_tell_the_code_only_to_whoever_may_see_it(
    province: Province, held: Household, desk: str, commune: str, sees: bool
) -> None:
    mine = household(province, person("Lý Hai"), commune=commune, seat=desk)
    typed = {"name": "Lý Con", "relation": "child", "gender": "m", "birth": "1999", "ethnicity": "Hoa",
             "id_number": SHARED, "day": "20/10/2020", "version": mine.version}  # fmt: skip
    head = mine.members.get()
    for where in ("them-nguoi/", f"nguoi/{head.pk}/sua/"):
        answer = post_form(province.client(desk), f"/ho/{mine.pk}/{where}", typed)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422, where
        assert (held.code in page, writing.ELSEWHERE in page) == (sees, not sees), where


def test_putting_a_household_back_tells_no_code_of_a_household_out_of_sight(province: Province) -> None:
    theirs = household(province, person("Lý Hai", id_number=SHARED), commune="kg-30850", seat="commune_b")
    seat = province.seats["commune_b"]
    Household.objects.filter(pk=theirs.pk).update(closed_on=TODAY, closed_why="mistake", persons=0)
    theirs.members.update(until=TODAY, left_why="mistake")
    held = household(province, person("Trần Văn Kín", id_number=SHARED))
    theirs.refresh_from_db()
    with pytest.raises(Refused) as refused:
        correcting.reopen(theirs, by=seat, on=TODAY, version=theirs.version, note="Nhầm")
    assert [reason.text for reason in refused.value.reasons] == [writing.ELSEWHERE]
    assert held.code not in str(refused.value)


def test_a_party_that_is_a_household_elsewhere_does_not_tell_its_code(province: Province) -> None:
    party = province.household("Lý Hai", "kg-30850")
    theirs = household(province, person("Lý Hai"), commune="kg-30847")
    Household.objects.filter(pk=theirs.pk).update(party=party)
    mine = household(province, person("Lý Hai"), commune="kg-30850", seat="commune_b")
    with pytest.raises(Refused, match="đã nối với một hộ ở địa bàn khác") as refused:
        linking.link(mine, party, by=province.seats["commune_b"], on=TODAY, version=mine.version)
    assert theirs.code not in str(refused.value)
