"""Each rule that the tests rest on is shown to bite: with a fault of its kind, the test would fail.

(The rules stand in `tests/django_rules.py`, `tests/conftest.py`, `pyproject.toml`.)
"""

import contextlib
import os
import random
import socket
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import pytest_socket
from django.conf import settings as live_settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, Template, engines
from django.test import Client
from django.urls import path
from pytest_django import Settings

from chungtay.ledger.models import Account, Balance
from chungtay.records import triggers
from chungtay.records.models import FormKey, Reading
from tests import django_rules

ROOT = Path(__file__).resolve().parents[2]


def writes(request: HttpRequest) -> HttpResponse:
    FormKey.objects.create(key="k" * 20)
    return HttpResponse("written")


def hides_its_write(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("WITH old AS (SELECT 1) DELETE FROM records_formkey")
    return HttpResponse("written")


def swallows_the_refusal(request: HttpRequest) -> HttpResponse:
    with contextlib.suppress(Exception):
        FormKey.objects.create(key="k" * 20)
    return HttpResponse("written")


def leaves_a_trace(request: HttpRequest) -> HttpResponse:
    Reading.objects.create(at="2018-01-02T00:00Z", reader_key="1", desk="x", noun="parties.Party", noun_key="1")
    return HttpResponse("read")


def undefined(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template("{% if nobody %}{% endif %}[{{ nobody.gave.it }}]").render(Context()))


def of_django(request: HttpRequest) -> HttpResponse:
    return render(request, "admin/404.html")


urlpatterns = [
    path("writes/", writes),
    path("hides/", hides_its_write),
    path("swallows/", swallows_the_refusal),
    path("trace/", leaves_a_trace),
    path("undefined/", undefined),
    path("django/", of_django),
]


@pytest.fixture
def bare(settings: Settings, client: Client) -> Client:
    """A client of the addresses above, without the house's own middleware."""
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = __name__
    return client


# --- writing on reading ---


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("address", ["/writes/", "/hides/", "/swallows/"])
def test_a_page_that_writes_when_it_is_only_read_fails(bare: Client, method: str, address: str) -> None:
    with pytest.raises(django_rules.WroteOnReading):
        getattr(bare, method)(address)


@pytest.mark.django_db
def test_a_form_that_is_sent_may_write(bare: Client) -> None:
    assert bare.post("/writes/").content == b"written"
    assert FormKey.objects.count() == 1


@pytest.mark.django_db
def test_a_page_may_leave_the_trace_of_its_reader(bare: Client) -> None:
    assert bare.get("/trace/").content == b"read"
    assert Reading.objects.count() == 1


# --- undefined template variables ---


def test_a_variable_that_nobody_gave_fails(bare: Client) -> None:
    with pytest.raises(django_rules.UndefinedVariable, match=r"nobody\.gave\.it"):
        bare.get("/undefined/")


def test_a_variable_that_nobody_gave_fails_inside_an_included_template() -> None:
    inner = Template("[{{ word }}]")
    with pytest.raises(django_rules.UndefinedVariable, match="word"):
        engines["django"].from_string("{% include inner only %}").render({"inner": inner, "word": "x"})


def test_the_templates_of_django_may_rely_on_silence(bare: Client) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_rules, "template_in_stack", lambda: "/x/site-packages/django/contrib/admin/404.html")
        assert bare.get("/undefined/").content == b"[]"


def test_the_node_that_names_a_variable_is_found_in_the_stack(tmp_path: Path, settings: Settings) -> None:
    template = engines["django"].from_string("{% with a=1 %}{{ b }}{% endwith %}")
    with pytest.raises(django_rules.UndefinedVariable, match="unknown source"):
        template.render({})


# --- order ---


@pytest.mark.django_db
class TestOrder:
    """Rows without an order."""

    @pytest.fixture(autouse=True)
    def rows(self) -> None:
        FormKey.objects.bulk_create(FormKey(key=f"key-{n:016}") for n in range(40))

    def test_rows_that_nobody_ordered_come_shuffled(self) -> None:
        seen = {tuple(FormKey.objects.values_list("key", flat=True)) for _ in range(5)}
        assert len(seen) == 5
        assert len({tuple(k.key for k in FormKey.objects.all().iterator()) for _ in range(5)}) == 5

    def test_rows_in_an_order_keep_it(self) -> None:
        keys = [f"key-{n:016}" for n in range(40)]
        assert [k.key for k in FormKey.objects.order_by("key")] == keys
        assert [k.key for k in FormKey.objects.order_by("-key").iterator()] == keys[::-1]

    def test_the_shuffle_is_the_same_for_the_same_seed(self) -> None:
        django_rules.dice.seed("one")
        once = list(FormKey.objects.values_list("key", flat=True))
        django_rules.dice.seed("one")
        again = list(FormKey.objects.values_list("key", flat=True))
        assert sorted(once) == sorted(again)
        django_rules.dice.seed("other")
        assert once != list(FormKey.objects.values_list("key", flat=True))

    def test_the_shuffle_takes_nothing_from_the_dice_of_the_tests(self) -> None:
        random.seed(7)
        plain = random.random()
        random.seed(7)
        list(FormKey.objects.all())
        assert random.random() == plain


# --- sockets, warnings, files, data, random order ---


@pytest.mark.django_db
class TestAnUpdateAsksTheRowThatItWrites:
    def test_through_a_join_it_fails(self) -> None:
        with pytest.raises(django_rules.NoGuard, match="IN \\(SELECT"):
            Balance.objects.filter(account__fund__name="Quỹ", debited=F("credited")).update(is_open=False)

    def test_by_keys_of_another_table_it_does_not(self) -> None:
        accounts = Account.objects.filter(fund__name="Quỹ")
        assert Balance.objects.filter(account__in=accounts, debited=F("credited")).update(is_open=False) == 0


def test_a_call_to_the_network_fails() -> None:
    refusals = (pytest_socket.SocketConnectBlockedError, UserWarning)
    with pytest.raises(refusals, match=r"192\.0\.2\.1"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 443))


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.parametrize("time", [1, 2])
def test_files_of_one_test_are_never_seen_by_another(time: int) -> None:
    files = Path(live_settings.FILES_DIR)
    assert not files.exists()
    files.mkdir(parents=True)


def test_tests_never_touch_the_data_of_the_operator() -> None:
    assert live_settings.MODE == "test"
    assert live_settings.DATA_DIR.name.startswith("chungtay-test-")
    assert "test" in str(connection.settings_dict["NAME"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_the_triggers_of_append_only_tables_stand_again_after_a_test_that_committed(time: int) -> None:
    assert triggers.guarded()
    assert triggers.missing(connection) == []


def order_by_seed(directory: Path, seed: int) -> list[str]:
    """The tests of `directory` in the order in which our settings would run them."""
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={directory}"]
    command += ["-p", "no:django", "-p", "no:cacheprovider", "-o", "django_find_project="]
    command += ["--collect-only", f"--randomly-seed={seed}", "."]
    found = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False, timeout=60)
    return [line for line in found.stdout.splitlines() if "::" in line]


def test_tests_come_in_random_order(tmp_path: Path) -> None:
    (tmp_path / "test_many.py").write_text("\n".join(f"def test_{n:02}(): pass" for n in range(30)))
    one, other = order_by_seed(tmp_path, 1), order_by_seed(tmp_path, 2)
    assert len(one) == 30
    assert sorted(one) == sorted(other)
    assert one != other


def test_the_law_is_tested_without_django() -> None:
    program = (
        "import sys, pytest; code = pytest.main(['tests/law', '--collect-only', '-p', 'no:cacheprovider']);"
        " loaded = sorted({name.split('.')[0] for name in sys.modules} & {'django', 'config', 'pydantic', 'yaml'});"
        " print(loaded); sys.exit(code or bool(loaded))"
    )
    plain = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE",)}
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=plain, capture_output=True, text=True, check=False, timeout=60
    )
    assert found.returncode == 0, found.stdout + found.stderr
