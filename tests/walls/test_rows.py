"""What the database shows and takes behind the second wall, when a query has forgotten `visible_to` (design D7)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from pytest_django import Settings

from chungtay.nominations import facts
from chungtay.nominations.models import Achievement, Dossier, Evidence, Judgement, Note
from chungtay.parties.kinds import BODIES
from chungtay.parties.models import Discipline, Party
from chungtay.records import wall_laying, wall_rules, walls
from chungtay.records.walls import NOTHING, Sight
from chungtay.registrations.models import Registration
from chungtay.sheets import bulk
from chungtay.sheets.models import Row, Upload
from tests.house.world import World, populate
from tests.make import TODAY, Province
from tests.walls.behind import Walled, keys, own_role, run

REFUSED = "row-level security"


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    settings.WORKING_DAY = TODAY
    return populate()


def uploaded(province: Province, name: str, sha256: str) -> Upload:
    seat = province.seats[name]
    return Upload.objects.create(
        layout="parties", name="danh-sach.xlsx", kind="xlsx", sha256=sha256 * 64, size=1, body=seat.desk.body,
        desk=seat.desk, by=seat, on=TODAY, area_path=seat.desk.body.area_path,
    )  # fmt: skip


# --- reading ---


def test_each_desk_is_shown_by_the_database_what_its_own_pages_show_it(
    world: World, behind: Callable[[Province], Walled]
) -> None:
    province = world.province
    for number, name in enumerate(sorted(province.seats)):
        uploaded(province, name, format(number, "x")[-1])
    walled = behind(province)
    for name, seat in province.seats.items():
        with walls.everything("the control: what the pages' own filter lets through"):
            dossiers = set(Dossier.objects.visible_to(seat, TODAY).values_list("pk", flat=True))
            registrations = set(Registration.objects.visible_to(seat, TODAY).values_list("pk", flat=True))
            uploads = set(Upload.objects.visible_to(seat, TODAY).values_list("pk", flat=True))
            own = set(Party.objects.visible_to(seat, TODAY).values_list("pk", flat=True))
            named = set(Dossier.objects.filter(pk__in=dossiers).values_list("party_id", flat=True))
            named |= set(Registration.objects.filter(pk__in=registrations).values_list("party_id", flat=True))
            bodies = set(Party.objects.filter(kind__in=BODIES).values_list("pk", flat=True))
            evidence = set(Evidence.objects.filter(dossier__in=dossiers).values_list("pk", flat=True))
            disciplines = set(Discipline.objects.filter(party__in=own).values_list("pk", flat=True))
        with walled.seen_by(name):
            assert keys(Dossier) == dossiers, name
            assert keys(Registration) == registrations, name
            assert keys(Upload) == uploads, name
            assert keys(Evidence) == evidence, name
            assert keys(Discipline) == disciplines, name
            assert keys(Party) == own | named | bodies, name


def test_a_query_that_forgot_its_filter_returns_foreign_rows_only_without_the_wall(
    world: World, behind: Callable[[Province], Walled]
) -> None:
    walled, canary = behind(world.province), world["canary"].pk
    foreign = Party.objects.filter(pk=canary)
    with walled.seen_by("commune"):
        assert not foreign.exists()
        assert Dossier.objects.filter(pk=world["draft"].pk).exists()
    with walled.seen_by("commune_b"):
        assert foreign.exists()
    with walled.lifted():
        wall_laying.lift(connection)
    with walled.seen_by("commune"):
        assert foreign.exists()


def test_nobody_sees_a_row_who_has_not_said_what_he_may_see(world: World, behind: Callable[[Province], Walled]) -> None:
    uploaded(world.province, "commune", "a")
    behind(world.province)
    tables = wall_rules.tables()
    assert len(tables) > 10
    for table in tables:
        assert keys(table.model) == set(), table.name
        with walls.seen_by(NOTHING):
            assert keys(table.model) == set(), table.name
    with walls.everything("the control"):
        full = {table.name for table in tables if keys(table.model)}
    assert full >= {"parties_party", "nominations_dossier", "registrations_registration", "sheets_upload"}


def test_a_merged_commune_sees_each_of_its_ranges_and_nothing_between(walled: Walled) -> None:
    with walls.everything("the control"):
        paths = sorted(set(Party.objects.exclude(kind__in=BODIES).values_list("area_path", flat=True)))
        walled.province.household("Hộ xã khác", "kg-30850")
        walled.province.household("Hộ xã này")
        paths = sorted(set(Party.objects.filter(kind="household").values_list("area_path", flat=True)))
    assert len(paths) == 2
    for spans in ([paths[0], paths[1]], [paths[1], paths[0]], ["99999", paths[0], paths[1]]):
        ranges = [(path, f"{path}~") for path in spans]
        with walls.seen_by(Sight.of_seat(ranges, body=0, kind="commune")):
            assert Party.objects.filter(kind="household").count() == 2
    with walls.seen_by(Sight.of_seat([("99999", "99999~"), (paths[1], f"{paths[1]}~")], body=0, kind="commune")):
        assert [one.area_path for one in Party.objects.filter(kind="household")] == [paths[1]]


def test_a_household_that_moved_away_is_still_named_by_what_was_registered_here(walled: Walled) -> None:
    with walls.everything("it moves"):
        moved = walled.province.household("Hộ Chuyển Đi")
        wish = walled.province.wish(moved)
        Discipline.objects.create(party=moved, form="warning", since=TODAY, source="Số 1", recorded_on=TODAY)
        there = walled.province.household("Hộ nơi đến", "kg-30850")
        Party.objects.filter(pk=moved.pk).update(area_path=there.area_path, managing_unit=there.managing_unit)
    with walled.seen_by("commune"):
        assert Registration.objects.select_related("party").get(pk=wish.pk).party.name == moved.name
        assert Party.objects.filter(pk=moved.pk).update(hamlet="Ấp khác") == 0
        assert not Discipline.objects.exists()
        assert not Party.objects.filter(pk=there.pk).exists()


def test_a_body_is_known_to_every_desk_but_only_its_own_area_writes_it(walled: Walled) -> None:
    body = walled.province.bodies["commune_b"]
    with walled.seen_by("commune"):
        assert Party.objects.get(pk=body.pk).name == body.name
        assert Party.objects.filter(pk=body.pk).update(phone="0") == 0
    with walled.seen_by("district"):
        assert Party.objects.filter(pk=body.pk).update(phone="0") == 1


# --- writing ---


def test_a_row_in_a_foreign_area_is_refused_by_the_database(walled: Walled) -> None:
    province = walled.province
    with walled.seen_by("commune"):
        province.party("Hộ nhà", "household", province.places["kg-30847"])
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            province.party("Hộ người", "household", province.places["kg-30850"])
        assert Party.objects.filter(kind="household").count() == 1


def test_a_row_is_not_carried_into_a_foreign_area(walled: Walled) -> None:
    with walls.everything("the household is there"):
        mine, theirs = walled.province.household("Hộ nhà"), walled.province.household("Hộ người", "kg-30850")
        Party.objects.filter(pk=mine.pk).update(managing_unit=None)
    with walled.seen_by("commune"):
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            Party.objects.filter(pk=mine.pk).update(area_path=theirs.area_path)
        assert Party.objects.filter(pk=theirs.pk).update(hamlet="Ấp của ta") == 0
        assert Party.objects.filter(pk=theirs.pk).delete()[0] == 0
    with walls.everything("the control"):
        assert Party.objects.get(pk=theirs.pk).hamlet == theirs.hamlet


def test_what_hangs_on_a_foreign_dossier_is_neither_seen_nor_written(
    world: World, behind: Callable[[Province], Walled]
) -> None:
    walled, foreign, own = behind(world.province), world["canary_dossier"], world["draft"]
    with walled.seen_by("commune"):
        for model in (Achievement, Evidence, Judgement, Note):
            assert not model._default_manager.filter(dossier_id=foreign.pk).exists(), model
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            Achievement.objects.create(dossier_id=foreign.pk, ordinal=99, nature="other", text="của người")
        Achievement.objects.create(dossier_id=own.pk, ordinal=99, nature="other", text="của ta")


def test_many_rows_at_once_come_in_by_the_same_rule(walled: Walled) -> None:
    with walls.everything("two uploads"):
        mine, theirs = (uploaded(walled.province, name, n) for n, name in (("a", "commune"), ("b", "commune_b")))
    fields = ("upload", "sheet", "number", "state", "raw", "clean", "faults", "decision")
    with walled.seen_by("commune"):
        bulk.insert(Row, fields, [(mine.pk, 1, n, "good", "", "{}", "[]", "{}") for n in range(5)])
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            bulk.insert(Row, fields, [(theirs.pk, 1, 1, "good", "", "{}", "[]", "{}")])
        assert Row.objects.count() == 5


# --- the roles ---


def test_the_runtime_role_changes_no_table_and_empties_none(walled: Walled) -> None:
    for statement in (
        "DROP POLICY wall_read ON parties_party",
        "ALTER TABLE parties_party DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER parties_discipline_no_delete ON parties_discipline",
        "TRUNCATE parties_party CASCADE",
        "UPDATE django_migrations SET name = 'x'",
    ):
        with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"), transaction.atomic():
            run(statement)


def test_the_owner_is_walled_too_unless_he_says_that_he_sees_everything(
    province: Province, roles: str, settings: Settings
) -> None:
    owner, walled = own_role("owner"), Walled(province, roles)
    province.wish(province.household())
    run("SET CONSTRAINTS ALL IMMEDIATE", f"CREATE ROLE {owner}", f"GRANT CREATE, USAGE ON SCHEMA public TO {owner}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        run(*(f'ALTER TABLE "{table}" OWNER TO {owner}' for (table,) in cursor.fetchall()))
    run(f"SET LOCAL SESSION AUTHORIZATION {owner}")
    settings.RUNTIME_ROLE = roles
    assert len(wall_laying.lay(connection, roles)) == len(wall_rules.tables())
    assert keys(Party) == set()
    with walls.everything("a migration moves every row"):
        assert Party.objects.filter(kind="household").count() == 1
    run("RESET SESSION AUTHORIZATION")
    walled.enter()
    for name, seen in (("commune", 1), ("commune_b", 0)):
        with walled.seen_by(name):
            assert Party.objects.filter(kind="household").count() == seen
            assert Registration.objects.count() == seen
    run("RESET SESSION AUTHORIZATION")


def test_a_role_for_reports_sees_nothing_until_somebody_writes_a_policy_for_it(walled: Walled) -> None:
    reader = own_role("reader")
    with walled.lifted():
        run(f"CREATE ROLE {reader}", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}")
        run(f"SET LOCAL SESSION AUTHORIZATION {reader}")
        with walls.everything("it may say what it likes"):
            assert keys(Party) == set()


def test_what_excludes_a_household_counts_although_another_commune_wrote_it(walled: Walled) -> None:
    with walls.everything("it moves here with what stands against it"):
        party = walled.province.household()
        dossier = walled.province.draft(party)
        Discipline.objects.create(party=party, form="warning", since=date(2020, 1, 1), source="Số 1", recorded_on=TODAY)
        there = walled.province.bodies["commune_b"]
        Party.objects.filter(pk=party.pk).update(area_path=there.area_path, managing_unit=there)
    with walled.seen_by("commune"):
        assert not Discipline.objects.exists()
        found = Dossier.objects.select_related("round__plan_version", "party").get(pk=dossier.pk)
        assert len(facts.case(found, on=TODAY).disciplines) == 1
