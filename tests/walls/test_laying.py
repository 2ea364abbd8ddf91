"""Laying the second wall, taking it down, and asking whether it stands (design D7, D13)."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from chungtay.desk import health
from chungtay.desk.health import Level
from chungtay.parties.models import Party
from chungtay.records import wall_laying, wall_rules
from chungtay.records.wall_rules import Wall
from tests.make import Province
from tests.walls.behind import Walled, own_role, run

pytestmark = pytest.mark.django_db


def command(*words: str) -> str:
    out = StringIO()
    call_command("lay_walls", *words, stdout=out)
    return out.getvalue()


def test_laying_twice_touches_nothing_the_second_time(roles: str) -> None:
    tables = len(wall_rules.tables())
    assert f"{tables} tables are walled for {roles}, {tables} of them anew" in command("--role", roles)
    assert f"{tables} tables are walled for {roles}, 0 of them anew" in command("--role", roles)


def test_the_command_says_what_else_is_to_be_set(roles: str, settings: Settings) -> None:
    assert f"now set CHUNGTAY_RUNTIME_ROLE={roles}" in command("--role", roles)
    settings.RUNTIME_ROLE = roles
    assert "now set" not in command()


def test_a_changed_rule_is_laid_anew_with_what_rests_on_it(roles: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wall_laying.lay(connection, roles)
    monkeypatch.setattr(Party, "walled", Wall("{area}"))
    assert wall_laying.lay(connection, roles) == [
        "contributions_awardcase", "contributions_claim", "nominations_earlieraward", "parties_discipline",
        "parties_party",
    ]  # fmt: skip


def test_a_table_that_is_no_longer_walled_stands_open_again(roles: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wall_laying.lay(connection, roles)
    assert "sheets_row" in wall_laying.walled(connection)
    rest = [table for table in wall_rules.tables() if table.name != "sheets_row"]
    monkeypatch.setattr(wall_laying, "tables", lambda: rest)
    wall_laying.lay(connection, roles)
    assert wall_laying.walled(connection) == [table.name for table in rest]


def test_taking_it_down_leaves_no_policy(roles: str) -> None:
    wall_laying.lay(connection, roles)
    assert "stand open again" in command("--lift")
    assert wall_laying.walled(connection) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_policy")
        assert cursor.fetchone() == (0,)


def test_a_role_that_is_not_there_or_owns_the_tables_is_refused() -> None:
    for role in ("nobody_made_me", connection.settings_dict["USER"], ""):
        with pytest.raises(CommandError, match=r"docs/operations\.md"):
            command("--role", role)


def test_every_migrate_lays_it_again_for_the_role_that_is_set(roles: str, settings: Settings) -> None:
    wall_laying.lay_after_migrate(connection)
    assert wall_laying.walled(connection) == []
    settings.RUNTIME_ROLE = roles
    wall_laying.lay_after_migrate(connection)
    assert len(wall_laying.walled(connection)) == len(wall_rules.tables())


def test_no_table_asks_the_very_rows_that_it_shows() -> None:
    for table in wall_rules.tables():
        for field in table.wall.shows.split():
            target = table.model._meta.get_field(field).related_model
            assert f'"{target._meta.db_table}" AS' not in table.rule(), (table.name, field)  # type: ignore[union-attr]


# --- whether it stands ---


def test_without_a_runtime_role_the_operator_is_warned_and_the_server_starts(settings: Settings) -> None:
    found = health.second_wall()
    assert (found.level, "none" in found.words) == (Level.WARN, True)
    settings.MODE = "production"
    wall_laying.say_at_start()
    assert wall_laying.check_before_migrate(databases=["default"]) == []


def test_walled_tables_without_the_setting_stop_the_start_and_every_migrate(roles: str) -> None:
    wall_laying.lay(connection, roles)
    assert health.second_wall().level is Level.FAIL
    with pytest.raises(ImproperlyConfigured, match="no row of them is seen"):
        wall_laying.say_at_start()
    assert [found.id for found in wall_laying.check_before_migrate(databases=["default"])] == ["records.E002"]
    assert wall_laying.check_before_migrate() == []


def test_a_wall_that_stands_is_well(walled: Walled) -> None:
    found = health.second_wall()
    assert (found.level, "leakproof" in found.words.lower()) == (Level.WARN, True)
    with walled.lifted():
        run(wall_laying.LEAKPROOF)
    found = health.second_wall()
    assert (found.level, walled.role in found.words) == (Level.OK, True)
    wall_laying.say_at_start()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("ALTER TABLE parties_party NO FORCE ROW LEVEL SECURITY", "parties_party is not walled"),
        ("ALTER TABLE parties_party DISABLE ROW LEVEL SECURITY", "parties_party is not walled"),
        ("DROP POLICY wall_insert ON parties_party", "other policies"),
        ("CREATE POLICY open ON parties_party USING (true)", "other policies"),
        ("ALTER TABLE parties_party OWNER TO {role}", "owns parties_party"),
        ("ALTER ROLE {role} BYPASSRLS", "passes every policy"),
        ("ALTER ROLE {role} SUPERUSER", "passes every policy"),
    ],
)
def test_a_wall_that_was_damaged_is_found(walled: Walled, damage: str, told: str) -> None:
    with walled.lifted():
        run(damage.format(role=walled.role))
    found = health.second_wall()
    assert found.level is Level.FAIL
    assert told in found.words
    with pytest.raises(ImproperlyConfigured, match="second wall"):
        wall_laying.say_at_start()


def test_a_server_that_works_as_somebody_else_is_found(walled: Walled) -> None:
    with walled.lifted():
        found = health.second_wall()
        assert found.level is Level.FAIL
        assert f"not as CHUNGTAY_RUNTIME_ROLE={walled.role}" in found.words


def test_preparing_as_the_runtime_role_changes_no_table_and_says_who_may(
    walled: Walled, behind: Callable[[Province], Walled], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr("chungtay.desk.management.commands.prepare.Command.collect_static", lambda self: None)
    out = StringIO()
    call_command("prepare", stdout=out)
    assert "the tables are up to date" in out.getvalue()
    with walled.lifted():
        run("DELETE FROM django_migrations WHERE app = 'parties'")
    with pytest.raises(CommandError, match=f"{own_role()} may not change the tables"):
        call_command("prepare", stdout=out)
