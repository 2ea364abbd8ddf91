"""Two clerks at the same household at the same moment: in turn with stale pages, and in real threads."""

from functools import partial
from typing import Any

import pytest

from chungtay.households import actions, correcting, joining
from chungtay.households.facts import Home
from chungtay.households.models import Household, Member
from chungtay.law.refusals import Conflict
from chungtay.records import journal
from tests.households.make import household, member, person
from tests.make import TODAY, Province, build
from tests.racing import take_the_guard_away, together


def close(province: Province, key: int) -> None:
    home = Household.objects.get(pk=key)
    actions.close_household(home, "moved_out", by=province.seats["commune"], on=TODAY, version=1)


def split(province: Province, key: int) -> None:
    home = Household.objects.select_related("place").get(pk=key)
    son = home.members.get(name="Danh Con", household_id=key)
    where = Home(home.place, "Ấp Tách")
    joining.split(home, [son], where, head=son, by=province.seats["commune"], on=TODAY, version=1)


def merge(province: Province, key: int, into: int) -> None:
    home, other = Household.objects.get(pk=key), Household.objects.get(pk=into)
    joining.merge(home, other, by=province.seats["commune"], on=TODAY, version=1, into_version=1)


# --- a page that was open for a while ---


def stale(province: Province) -> tuple[Household, dict[str, Any]]:
    """A household in hand as it was before another clerk corrected it."""
    home = household(province, "Danh Sol", "Thị Nga", "Danh Con")
    seen = Household.objects.select_related("place").get(pk=home.pk)
    by: dict[str, Any] = {"by": province.seats["commune"], "on": TODAY, "version": 1}
    correcting.correct_household(home, Home(home.place, "Ấp Mới"), **by)
    return seen, by


def test_whoever_closes_on_an_old_page_changes_nothing(province: Province) -> None:
    seen, by = stale(province)
    with pytest.raises(Conflict):
        actions.close_household(seen, "moved_out", **by)
    assert Household.objects.get().closed_on is None


def test_without_the_guard_the_second_clerk_would_close_it(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, by = stale(province)
    take_the_guard_away(monkeypatch)
    actions.close_household(seen, "moved_out", **by)
    assert Household.objects.get().closed_on == TODAY


# --- in threads ---


@pytest.fixture
def town(transactional_db: None, settings: Any) -> Province:
    settings.WORKING_DAY = TODAY
    return build()


def everybody_lives_once(town: Province) -> None:
    alive = Member.objects.filter(until__isnull=True)
    assert len({one.person for one in alive}) == len(alive)
    assert not journal.faults()


def test_of_a_split_and_a_closing_at_once_one_wins(town: Province) -> None:
    key = household(town, "Danh Sol", "Thị Nga", "Danh Con").pk
    told = together(partial(close, town, key), partial(split, town, key))
    assert told.count("done") == 1, told
    closed = Household.objects.get(pk=key).closed_on is not None
    assert Household.objects.count() == (1 if closed else 2)
    everybody_lives_once(town)


def test_of_two_splits_at_once_one_wins(town: Province) -> None:
    key = household(town, "Danh Sol", "Thị Nga", "Danh Con").pk
    assert together(*[partial(split, town, key)] * 3).count("done") == 1
    assert Household.objects.count() == 2
    everybody_lives_once(town)


def test_two_households_merged_into_each_other_at_once_do_not_both_vanish(town: Province) -> None:
    one, other = household(town, "Danh Sol").pk, household(town, "Lý Hai").pk
    assert together(partial(merge, town, one, other), partial(merge, town, other, one)).count("done") == 1
    assert Household.objects.standing().get().persons == 2
    everybody_lives_once(town)


def test_clerks_who_open_households_at_once_get_different_codes(town: Province) -> None:
    acts = [partial(household, town, f"Hộ {n}") for n in range(6)]
    assert together(*acts) == ["done"] * 6
    codes = set(Household.objects.values_list("code", flat=True))
    assert codes == {f"30847-0000{n}" for n in range(1, 7)}


def test_a_number_typed_twice_at_once_is_written_once(town: Province) -> None:
    acts = [partial(household, town, person(f"Hộ {n}", id_number="371234567")) for n in range(3)]
    assert together(*acts).count("done") == 1
    assert member(Household.objects.get(), Household.objects.get().head_name).id_number == "371234567"
