"""The second wall where there is none says nothing and costs nothing; what it would be told holds everywhere."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pydantic import ValidationError
from pytest_django import Settings

from chungtay.parties.models import Party
from chungtay.records import wall_laying, wall_rules, walls
from chungtay.records.privacy import our_models
from chungtay.records.walls import Sight
from config.environment import Environment
from tests.make import Province


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([], ("", "", "")),
        ([("00001", "00002")], ("00001", "00002", "")),
        ([("", "")], ("", "~", "")),
        ([("00001", "00002"), ("00005", "00006"), ("00008", "00009")], ("00001", "00002", "00005-00006,00008-00009")),
    ],
)
def test_a_seat_tells_the_wall_its_ranges(spans: list[tuple[str, str]], told: tuple[str, str, str]) -> None:
    found = Sight.of_seat(spans, body=7, kind="commune")
    assert found.words() == ("seat", *told, "7", "commune")


def test_whoever_sees_everything_says_why() -> None:
    with pytest.raises(ValueError, match="why"), walls.everything(" "):
        pass


@pytest.mark.django_db
def test_without_a_runtime_role_nothing_is_said_to_the_database(province: Province) -> None:
    assert not walls.stand()
    client = province.client("commune")
    client.get("/ho-so/")
    before = list(connection.execute_wrappers)
    with CaptureQueriesContext(connection) as asked, walls.everything("a command"), walls.seen_by(Sight()):
        assert Party.objects.count() > 0
        walls.tell()
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        client.get("/ho-so/")
    assert not [query for query in asked if "set_config" in query["sql"] or "SAVEPOINT" in query["sql"]]
    assert connection.execute_wrappers == before


def test_what_lies_in_an_area_is_walled_or_named_here_as_open() -> None:
    """Open: the journal, whose entries belong to whoever reads the page of their row, figures without persons, and
    which funds there are, which anybody reads in the open books. What moved in them is walled.
    """
    is_open = {"records.Entry", "reviews.Round", "reviews.Figures"}
    is_open |= {"targets.Assigned", "targets.IncomeSurvey", "targets.Infrastructure", "ledger.Fund", "ledger.Account"}
    lies = {m._meta.label for m in our_models() if any(field.name == "area_path" for field in m._meta.fields)}
    assert {table.model._meta.label for table in wall_rules.tables()} >= lies - is_open
    assert is_open <= lies


def test_every_rule_can_be_written_as_sql() -> None:
    for table in wall_rules.tables():
        said = wall_rules.policies(table, "app", "owner")
        assert set(said) == {"wall_read", "wall_insert", "wall_update", "wall_delete", "wall_owner"}
        for words in said.values():
            assert "{" not in words
            assert words.count("(") == words.count(")")


def test_rows_that_belong_to_a_dossier_or_an_upload_are_walled_with_it() -> None:
    walled = {table.model for table in wall_rules.tables()}
    hang = {
        model
        for model in our_models()
        if model._meta.app_label in ("nominations", "sheets")
        and any(f.is_relation and f.related_model in walled and f.name in ("dossier", "upload")
                for f in model._meta.concrete_fields)
    }  # fmt: skip
    assert len(hang) >= 8
    assert hang <= walled


def test_a_runtime_role_needs_postgresql_and_a_plain_name() -> None:
    url: dict[str, Any] = {"DATABASE_URL": "postgres://app@host/chungtay"}
    assert Environment(runtime_role="chungtay_app", **url).runtime_role == "chungtay_app"
    for wrong in ('app"; DROP', "App", "1app", "a" * 64):
        with pytest.raises(ValidationError, match="runtime_role"):
            Environment(runtime_role=wrong, **url)
    with pytest.raises(ValidationError, match="DATABASE_URL names none"):
        Environment(**{**url, "DATABASE_URL": ""}, runtime_role="chungtay_app")


def test_another_database_has_no_second_wall_and_says_so(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    assert "embedded" in wall_laying.standing(connection).words
    assert wall_laying.walled(connection) == []
    settings.RUNTIME_ROLE = "chungtay_app"
    assert not wall_laying.is_behind(connection)
    wall_laying.lay_after_migrate(connection)
    wall_laying.say_at_start()
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("lay_walls")
