"""What every template of ours keeps, read as text: nothing that the Content-Security-Policy would refuse, no picture
that is not in the sprite, no part that is missing, no file that nobody uses."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "templates"
PAGES = sorted(FOLDER.rglob("*.html"))
ICONS = frozenset((ROOT / "static/src/icons/names.txt").read_text().split())
OWN_ICONS = frozenset(path.stem for path in (ROOT / "static/src/icons").glob("*.svg"))
OVERRIDES = ("account", "mfa")
"""Folders whose files take the place of allauth's own of the same name."""
BY_NAME = frozenset({"400.html", "403.html", "404.html", "500.html"})
"""Pages that Django asks for by their name."""

ICON_TAG = re.compile(r"{%\s*icon\s+([\"'])(.+?)\1")
ICON_GIVEN = re.compile(r"\bicon=([\"'])(.+?)\1")
REFERENCE = re.compile(r"{%\s*(?:include|extends)\s+([\"'])(.+?)\1")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", re.S)
TAG = re.compile(r"<[a-zA-Z][^<>]*>")


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def said(path: Path) -> str:
    """The template without its comments."""
    return COMMENT.sub("", path.read_text())


def python_files() -> Iterator[Path]:
    yield from sorted((ROOT / "chungtay").rglob("*.py"))
    yield from sorted((ROOT / "config").rglob("*.py"))


def strings_of_code() -> frozenset[str]:
    """Every text constant of our Python code."""
    found = set()
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


def icons_of_code() -> Iterator[tuple[str, str]]:
    """(file, name) of each `"icon": "name"` and `icon="name"` in Python."""
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            pairs: list[tuple[object, ast.expr]] = []
            if isinstance(node, ast.Dict):
                pairs = [(key.value, value) for key, value in zip(node.keys, node.values, strict=True)
                         if isinstance(key, ast.Constant)]  # fmt: skip
            elif isinstance(node, ast.Call):
                pairs = [(word.arg, word.value) for word in node.keywords]
            for key, value in pairs:
                if key == "icon" and isinstance(value, ast.Constant) and value.value:
                    yield str(path.relative_to(ROOT)), str(value.value)


def test_there_are_templates_to_read() -> None:
    assert len(PAGES) > 80
    assert len(ICONS) > 100


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_picture_is_in_the_sprite(path: Path) -> None:
    text = said(path)
    named = {found[1] for found in ICON_TAG.findall(text)} | {found[1] for found in ICON_GIVEN.findall(text)}
    assert named - ICONS - OWN_ICONS == set()


def test_every_picture_that_python_names_is_in_the_sprite() -> None:
    assert {(file, name) for file, name in icons_of_code() if name not in ICONS | OWN_ICONS} == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_template_writes_what_the_policy_refuses(path: Path) -> None:
    text = said(path)
    assert re.findall(r"<style\b", text) == []
    for tag in TAG.findall(re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)):
        assert not re.search(r"\sstyle\s*=", tag), tag
        assert not re.search(r"\son[a-z]+\s*=", tag), tag
        assert not re.search(r"=\s*[\"']?\s*javascript:", tag), tag
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script, script


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_part_that_is_included_is_there_and_every_template_compiles(path: Path) -> None:
    for _, name in REFERENCE.findall(said(path)):
        if name.split("/")[0] not in OVERRIDES:
            assert (FOLDER / name).is_file(), name
    engines["django"].get_template(name_of(path))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_form_that_is_sent_acts_once(path: Path) -> None:
    """Forms below /tai-khoan/ are allauth's; every other POST form starts with its hidden fields."""
    if path.parent.name in OVERRIDES or path.parent.parent.name in OVERRIDES:
        return
    text = said(path)
    forms = re.findall(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", text, re.S)
    for inner in forms:
        head = "{% form_head" in inner or "{% csrf_token %}" in inner
        assert head, inner[:200]


def overridden(name: str) -> bool:
    """True if an installed package has a template of this name that ours replaces."""
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    return any((folder / name).is_file() for folder in folders)


def test_every_template_is_used() -> None:
    named = set(BY_NAME) | strings_of_code()
    for path in PAGES:
        named |= {name for _, name in REFERENCE.findall(said(path))}
    idle = [name_of(p) for p in PAGES if name_of(p) not in named and not overridden(name_of(p))]
    assert idle == []


def test_the_rules_find_what_they_look_for() -> None:
    bad = '<p style="color:red" onclick="x()">{% icon "no-such-icon" %}</p>{% include "components/none.html" %}'
    assert ICON_TAG.findall(bad)[0][1] not in ICONS
    assert REFERENCE.findall(bad)[0][1] == "components/none.html"
    assert re.search(r"\sstyle\s*=", TAG.findall(bad)[0])
    assert re.search(r"\son[a-z]+\s*=", TAG.findall(bad)[0])
    assert COMMENT.sub("", '{# <p style="x"> #}{% comment %}<p onclick="y">{% endcomment %}') == ""
