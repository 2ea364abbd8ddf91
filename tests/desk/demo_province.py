"""The plugin-less fixture of the demo province: built once for a module, rolled back after it."""

from collections.abc import Iterator

import pytest
from django.conf import settings as live_settings
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from chungtay.desk.demo.builder import build
from chungtay.desk.demo.province import DAY, Demo
from chungtay.movements.actions import load_plan
from chungtay.records.journal import System
from tests.make import plan_bytes


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """The real places, the real plan, and the demo province on its working day."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(live_settings, "WORKING_DAY", DAY)
        patch.setattr(live_settings, "FILES_DIR", tmp_path_factory.mktemp("files"))
        call_command("load_places", verbosity=0)
        load_plan(plan_bytes(), by=System("test"), on=DAY, name="kien-giang-2016-2020.yaml")
        yield build()
        transaction.set_rollback(True)
