"""The journal's page: an inspector reads words, never the names the code gives to acts and rows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from chungtay.desk import journal_words
from chungtay.desk.demo.province import Demo
from chungtay.law.procedure import STEPS
from chungtay.records.models import Entry
from tests.desk.demo_province import demo

__all__ = ["demo"]

ROOMS = Path(journal_words.__file__).parents[1]


def acts_written() -> Iterator[str]:
    """Every act that some room hands to `journal.record` by name."""
    for path in ROOMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record"
            if called and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def test_every_act_that_is_written_has_its_words() -> None:
    found = set(acts_written())
    assert len(found) > 25
    assert found | set(STEPS) <= set(journal_words.ACTS)


def test_every_row_that_the_journal_names_is_a_row_of_the_system() -> None:
    labels = {model._meta.label for model in apps.get_models()}
    assert set(journal_words.NOUNS) <= labels


@pytest.mark.django_db
def test_the_page_of_the_demo_province_shows_no_name_of_the_code(demo: Demo, client: Client) -> None:
    client.force_login(demo.seats["quantri"].user)
    told = client.get(reverse("desk:journal")).content.decode()
    names = set(Entry.objects.values_list("act", flat=True)) | set(journal_words.NOUNS)
    assert len(names) > 30
    assert not [name for name in names if f">{name}" in told or f" {name} " in told]
    assert not [
        name for name in Entry.objects.values_list("act", flat=True).distinct() if name not in journal_words.ACTS
    ]
    assert "Hồ sơ HS-2020-" in told
