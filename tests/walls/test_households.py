"""The register of households behind the second wall: each commune its own; what a number or a move needs."""

import pytest

from chungtay.households import actions, bulk, joining
from chungtay.households.bulk import Entry
from chungtay.households.facts import Home
from chungtay.households.models import Event, Household, Member
from chungtay.law.refusals import Refused
from tests.households.make import family, household, person
from tests.make import TODAY, Province
from tests.walls.behind import Walled, keys


@pytest.fixture
def homes(province: Province) -> tuple[Household, Household]:
    mine = household(province, person("Danh Sol", id_number="371234567"), person("Thị Nga", "spouse"))
    return mine, household(province, "Lý Hai", commune="kg-30850", seat="commune_b")


def test_a_query_that_forgot_its_filter_shows_only_the_own_area(
    province: Province, homes: tuple[Household, Household], walled: Walled
) -> None:
    mine, theirs = homes
    for name, seen in (("commune", {mine.pk}), ("commune_b", {theirs.pk}), ("commune_c", set()),
                       ("district", {mine.pk, theirs.pk}), ("unit", set())):  # fmt: skip
        with walled.seen_by(name):
            assert keys(Household) == seen, name
            assert set(Member.objects.values_list("household_id", flat=True)) == seen, name
            assert set(Event.objects.values_list("household_id", flat=True)) == seen, name


def test_a_number_of_another_commune_is_refused_all_the_same(
    province: Province, homes: tuple[Household, Household], walled: Walled
) -> None:
    home = Home(province.places["kg-30850"], "Ấp 1")
    with walled.seen_by("commune_b"), pytest.raises(Refused, match="ở địa bàn khác"):
        actions.open_household(
            home, [person("Ai Đó", id_number="371234567")], by=province.seats["commune_b"], on=TODAY
        )  # fmt: skip


def test_a_household_moves_through_the_wall_and_leaves_its_old_lines_behind(
    province: Province, homes: tuple[Household, Household], walled: Walled
) -> None:
    mine = homes[0]
    with walled.seen_by("commune"):
        place = province.places["kg-30850"]
        joining.move(
            mine, place, hamlet="Ấp Mới", address="", by=province.seats["commune"], on=TODAY, version=mine.version
        )
        assert not Household.objects.visible_to(province.seats["commune"], TODAY).exists()
        assert keys(Member) == set(), "its old lines name the household, nothing shows its people"
        assert set(Event.objects.values_list("kind", flat=True)) == {"opened", "moved_out"}
    with walled.seen_by("commune_b"):
        assert mine.pk in keys(Household)
        kinds = Event.objects.filter(household=mine).values_list("kind", flat=True)
        assert set(kinds) == {"opened", "moved_out", "moved_in"}


def test_the_verbs_and_the_bulk_writer_work_behind_the_wall(
    province: Province, homes: tuple[Household, Household], walled: Walled
) -> None:
    mine, seat = homes[0], province.seats["commune"]
    with walled.seen_by("commune"):
        wife = Member.objects.get(name="Thị Nga")
        new = joining.split(mine, [wife], Home(mine.place, "Ấp 2"), head=wife, by=seat, on=TODAY, version=mine.version)
        joining.merge(new, mine, by=seat, on=TODAY, version=new.version, into_version=mine.version)
        assert len(bulk.open_many([Entry(Home(mine.place, "Ấp 3"), family("Một", "Hai"))], by=seat, on=TODAY)) == 1
    with walled.seen_by("commune_b"):
        assert len(keys(Household)) == 1
