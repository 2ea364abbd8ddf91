"""Every address is walked as every desk: closed by default, 404 for what one may not see.

The addresses come from the resolver; an address without a row in `tests/house/addresses.py` fails.
"""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker, Settings

from chungtay.accounts.models import User
from chungtay.records.models import Reading
from tests.house import funded, given, obliged, page_rules, prospected, reviewed
from tests.house.addresses import EVERYBODY, ROWS, Row
from tests.house.world import CANARIES, World, populate
from tests.make import TODAY

NOT_OURS = {
    "tai-khoan/": "signing in: allauth's views, walked by tests/accounts",
    "quan-tri/": "Django's admin, for superusers only",
}
LOGIN = "/tai-khoan/login/"
GONE = 404


def ours(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(name, path pattern) of every address below `resolver`, except those named in NOT_OURS."""
    for found in resolver.url_patterns:
        path = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            if path not in NOT_OURS:
                inner = f"{namespace}{found.namespace}:" if found.namespace else namespace
                yield from ours(found, path, inner)
        else:
            yield f"{namespace}{found.name}", path


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The province of `tests.house.world`, built once for the tests of this module and rolled back after them."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(live_settings, "WORKING_DAY", TODAY)
        patch.setattr(live_settings, "FILES_DIR", tmp_path_factory.mktemp("files"))
        made = populate()
        made.things["files"] = live_settings.FILES_DIR
        made.things["browsers"] = {who: signed_in(made, who) for who in EVERYBODY}
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def walked(world: World, db: None, own_files: None, settings: Settings) -> World:
    """The same province with its day and its files, for one test."""
    settings.WORKING_DAY = TODAY
    settings.FILES_DIR = world["files"]
    return world


def signed_in(world: World, who: str) -> Client:
    """A browser of that desk's person, of somebody without a desk, or of a stranger."""
    if who in world.province.seats:
        return world.province.client(who)
    client = Client()
    if who == "nobody":
        client.force_login(User.objects.get(username="nobody"))
    return client


def browser(world: World, who: str) -> Client:
    """One of the browsers that were signed in once for all tests of this module."""
    found: Client = world["browsers"][who]
    return found


def text_of(answer: Any) -> bytes:
    """Everything the answer says."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def is_login(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer.headers["Location"].startswith(LOGIN))


def address(row: Row, world: World) -> str:
    return reverse(row.name, kwargs=row.args(world)) + row.query(world)


def send(client: Client, url: str, data: dict[str, Any]) -> Any:
    """POST as a form does, and take back whatever it did."""
    try:
        with transaction.atomic():
            answer = client.post(url, {"_key": secrets.token_urlsafe(18), **data})
            raise _TakeBackError(answer)
    except _TakeBackError as told:
        return told.answer


class _TakeBackError(Exception):
    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer


# --- the table is whole ---


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    known = dict(ours(get_resolver()))
    assert len(known) > 80
    assert set(known) == {row.name for row in ROWS}


def test_what_is_left_out_is_left_out_by_name() -> None:
    resolvers = [found for found in get_resolver().url_patterns if isinstance(found, URLResolver)]
    assert set(NOT_OURS) <= {str(found.pattern) for found in resolvers}
    loose = [found for found in get_resolver().url_patterns if isinstance(found, URLPattern)]
    assert loose == []


def test_addresses_are_vietnamese_words_without_accents_and_end_as_the_house_ends_them() -> None:
    for name, path in ours(get_resolver()):
        assert path.isascii(), name
        assert path == path.lower(), name


# --- who may ---


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_page_opens_for_those_who_may_and_for_nobody_else(walked: World, row: Row) -> None:
    url, seen, faults = address(row, walked), set(), []
    for who in sorted(EVERYBODY):
        client = browser(walked, who)
        answer = client.get(url)
        content = text_of(answer)
        if answer.status_code in (row.answers if row.way != "act" else (405,)) and not is_login(answer):
            seen.add(who)
        elif not (answer.status_code == GONE or (who == "stranger" and is_login(answer))):
            faults.append(f"{who}: {answer.status_code}")
        if answer.headers.get("Content-Type", "").startswith("text/html") and content:
            faults += [f"{who}: {fault}" for fault in page_rules.faults(content.decode())]
    assert faults == []
    if row.way == "act":
        assert seen >= row.may  # whoever may act is told how; that there is such an address is no secret
    else:
        assert seen == row.may


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_sending_is_answered_by_the_same_desks(walked: World, row: Row) -> None:
    url, faults = address(row, walked), []
    for who in sorted(EVERYBODY):
        answer = send(browser(walked, who), url, row.data(walked, who) if who in row.may else {})
        status = answer.status_code
        if who not in row.may:
            fine = status in (GONE, 405) or (who == "stranger" and is_login(answer))
        elif row.way == "read":
            fine = status == 405
        else:
            fine = status in (200, 302, 409, 422) and not is_login(answer)
        if not fine:
            faults.append(f"{who}: {status}")
        if status in (409, 422):
            faults += [f"{who}: {fault}" for fault in page_rules.faults(answer.content.decode())]
    assert faults == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.way != "act"], ids=str)
def test_asking_for_the_head_alone_is_answered_like_the_page(walked: World, row: Row) -> None:
    url = address(row, walked)
    for who in (min(row.may), "stranger"):
        head, page = browser(walked, who).head(url), browser(walked, who).get(url)
        assert (head.status_code, text_of(head)) == (page.status_code, b""), who
        text_of(page)
        closers: list[Any] = vars(head)["_resource_closers"]
        for close in closers:  # the test's client forgets the file behind an answer without content
            close()


UNKNOWN = {int: (0, 999_999_999, 10**30), str: ("khong-co", "x" * 300)}


@pytest.mark.parametrize("row", [row for row in ROWS if row.args is not ROWS[0].args], ids=str)
def test_what_does_not_exist_is_not_found(walked: World, row: Row) -> None:
    known = row.args(walked)
    who = min(row.may)
    for name, value in known.items():
        for wrong in UNKNOWN[type(value)]:
            try:
                url = reverse(row.name, kwargs={**known, name: wrong})
            except NoReverseMatch:
                continue
            client = browser(walked, who)
            answer = send(client, url, {}) if row.way == "act" else client.get(url)
            assert answer.status_code == GONE, (name, wrong)
            assert page_rules.faults(answer.content.decode()) == [], (name, wrong)


# --- a canary of commune B ---

OUTSIDERS = ("commune", "commune_c", "district_c", "unit", "nobody", "stranger")
SEARCHES = ("desk:search", "parties:list", "registrations:list", "registrations:choose", "registrations:own_wish",
            "households:list", "registrations:register_many", "nominations:list", "nominations:choose",
            "contributions:choose", "contributions:list")  # fmt: skip
BOXES = {"nominations:list": "ten", "nominations:choose": "ten"}


def canary_addresses(world: World) -> Iterator[str]:
    """Every page, search and file where the household of commune B might show."""
    for row in ROWS:
        if row.way != "act":
            yield address(row, world)
    dossier, awarded, canary = world["canary_dossier"], world["canary_awarded"], world["canary"]
    for one in (dossier, awarded):
        for tail in ("", "sua/", "tra-lai/", "tham-dinh/", "bao-cao.pdf"):
            yield f"/ho-so/{one.key}/{tail}"
        for piece in one.evidence.all():
            yield f"/ho-so/{one.key}/giay-to/{piece.pk}/"
    yield f"/ho-so/{dossier.key}/phieu/{world['canary_receipt'].pk}/"
    yield from (f"/doi-tuong/{canary.pk}/{tail}" for tail in ("", "sua/", "ky-luat/"))
    home = world["canary_home"]
    yield from (f"/ho/{home.pk}/{tail}" for tail in ("", "sua/", "tach/", "nhap/", "chuyen/", "chu-ho/", "doi-tuong/"))
    yield from (f"/ho/{home.pk}/{tail}" for tail in ("doi-tuong/go/", "them-nguoi/", "ghi-lai/", "ra-khoi-so/"))
    yield from (f"/ho/{home.pk}/nguoi/{home.members.get().pk}/{tail}" for tail in ("sua/", "roi/"))
    yield from (f"/ho/?q={home.code}", f"/ho/{world['home'].pk}/nhap/?vao={home.code}", "/ho/?ra=1", "/ho/nguoi-trung/")
    yield from (f"/dang-ky/{world['canary_wish'].pk}/{tail}" for tail in ("", "in/"))
    yield from (f"/dang-ky/moi/{canary.pk}/", f"/dang-ky/thoat-ngheo/?ho={canary.pk}", f"/dang-ky/cua/{canary.pk}/")
    yield from (f"/dang-ky/?doi-tuong={canary.pk}", f"/ho-so/lap/{canary.pk}/")
    yield f"/quyet-dinh/khen-thuong/{world['canary_award'].pk}/"
    yield reverse("public:certificate", args=[world["canary_award"].token, world["canary_award"].signature])
    for one in (dossier, awarded):
        yield f"/cong-khai/ho-so/?ma={one.code}"
    earlier = world["canary_earlier"].pk
    yield f"/ho-so/khen-da-co/{canary.pk}/"
    yield from (f"/ho-so/khen-da-co/dong/{earlier}/{tail}" for tail in ("dinh-chinh/", "go/", "tep/"))
    yield from reviewed.canary_addresses(world)
    yield from prospected.canary_addresses(world)
    yield from funded.canary_addresses(world)
    yield from given.canary_addresses(world)
    yield from obliged.canary_addresses(world)
    sheet = f"/bang-tinh/{world['canary_sheet'].pk}/"
    yield from (f"{sheet}{tail}" for tail in ("", "dong/", f"dong/{world['canary_row'].place}/", "tra-lai/"))
    for name in SEARCHES:
        for word in ("huynh khuat bach quyen", CANARIES["phone"], CANARIES["id_number"], "bong sung", "vam chim sat"):
            yield f"{reverse(name)}?{BOXES.get(name, 'q')}={word}"
    yield f"/dang-ky/nhieu-ho/?xa={canary.place_id}"
    yield f"/doi-tuong/?xa={canary.place_id}"


def said(content: bytes) -> list[str]:
    """The canary's words in an answer, but for those that the asker typed into a search box."""
    text = content.decode(errors="replace")
    return [name for name, word in CANARIES.items() if word.strip() in text]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_word_of_a_household_of_commune_b_leaves_its_area(walked: World, who: str) -> None:
    client, leaks = browser(walked, who), []
    for url in canary_addresses(walked):
        answer = client.get(url)
        content = text_of(answer).replace(url.rpartition("=")[2].encode(), b"") if "=" in url else text_of(answer)
        leaks += [f"{url}: {name}" for name in said(content)]
    assert leaks == []


def test_whoever_registers_a_likeness_in_another_commune_is_not_shown_the_one_of_commune_b(walked: World) -> None:
    told = {"kind": "household", "name": CANARIES["name"], "place": str(walked["household"].place_id)}
    for who, url in (("commune", "/doi-tuong/moi/"), ("commune", "/dang-ky/thoat-ngheo/")):
        answer = send(browser(walked, who), url, told)
        shown = answer.content.decode().replace(f'value="{CANARIES["name"]}"', "")
        assert [name for name, word in CANARIES.items() if name != "name" and word in shown] == []
        assert f"/doi-tuong/{walked['canary'].pk}/" not in shown


def test_the_canary_is_heard_at_home(walked: World) -> None:
    """The control: commune B reads every one of these words on the same walk."""
    client, heard = browser(walked, "commune_b"), set()
    for url in canary_addresses(walked):
        heard |= set(said(text_of(client.get(url))))
    assert heard == set(CANARIES)


def test_whoever_reads_a_household_leaves_a_trace_and_whoever_may_not_leaves_none(walked: World) -> None:
    url, before = f"/doi-tuong/{walked['canary'].pk}/", Reading.objects.count()
    assert browser(walked, "commune").get(url).status_code == GONE
    assert Reading.objects.count() == before
    assert browser(walked, "commune_b").get(url).status_code == 200
    assert Reading.objects.count() == before + 1
