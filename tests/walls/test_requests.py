"""Behind the second wall each page is the same as without it, for every desk (design D7)."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.conf import settings as live_settings
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from chungtay.records import wall_laying
from tests.house.addresses import EVERYBODY, ROWS
from tests.house.test_every_address import address, signed_in, text_of
from tests.house.world import CANARIES, World, populate
from tests.make import TODAY
from tests.walls.behind import own_role, run

CHANGES = re.compile(
    rb'name="(csrfmiddlewaretoken|_key)" value="[^"]*"|nonce="[^"]*"|/CreationDate[^\n]*|/sao-ke/[\w:-]+/'
)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The province with one of everything, built and walled once for this module, and rolled back after it."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(live_settings, "WORKING_DAY", TODAY)
        patch.setattr(live_settings, "FILES_DIR", tmp_path_factory.mktemp("files"))
        made = populate()
        made.things["files"] = live_settings.FILES_DIR
        made.things["browsers"] = {who: signed_in(made, who) for who in EVERYBODY}
        run(f"CREATE ROLE {own_role('module')}", "SET CONSTRAINTS ALL IMMEDIATE")
        wall_laying.lay(connection, own_role("module"))
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def walked(world: World, db: None, own_files: None, settings: Settings) -> World:
    settings.WORKING_DAY = TODAY
    settings.FILES_DIR = world["files"]
    return world


def look(client: Client, url: str) -> tuple[int, bytes]:
    """The answer without what changes from one second to the next; of a spreadsheet what stands in it."""
    answer = client.get(url)
    said = text_of(answer)
    if said.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(said)) as packed:
            said = b"".join(packed.read(name) for name in packed.namelist() if name != "docProps/core.xml")
    return answer.status_code, CHANGES.sub(b"", said)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_each_desk_reads_the_same_pages_behind_the_wall_as_without_it(
    walked: World, settings: Settings, who: str
) -> None:
    client: Client = walked["browsers"][who]
    urls = [address(row, walked) for row in ROWS if row.way != "act" and who in row.may]
    assert urls
    without = {url: look(client, url) for url in urls}
    settings.RUNTIME_ROLE = own_role("module")
    run(f"SET LOCAL SESSION AUTHORIZATION {settings.RUNTIME_ROLE}")
    behind = {url: look(client, url) for url in urls}
    run("RESET SESSION AUTHORIZATION")
    assert [url for url in urls if behind[url] != without[url]] == []


def test_whoever_looks_up_a_code_is_answered_and_a_certificate_is_found(walked: World, settings: Settings) -> None:
    code = walked["canary_dossier"].code
    settings.RUNTIME_ROLE = own_role("module")
    run(f"SET LOCAL SESSION AUTHORIZATION {settings.RUNTIME_ROLE}")
    answer = Client().get(f"/cong-khai/ho-so/?ma={code}")
    run("RESET SESSION AUTHORIZATION")
    assert code in answer.content.decode()
    assert CANARIES["name"] not in answer.content.decode()
