"""A list asks the database the same few times, however many rows it shows and however deep its page lies."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chungtay.accounts.models import Notice
from chungtay.contributions import recording
from chungtay.council.models import Meeting
from chungtay.decisions.models import Decision, Letter
from chungtay.documents.models import Paper
from chungtay.households.bulk import Entry, open_many
from chungtay.households.facts import Home
from chungtay.law.procedure import State
from chungtay.ledger.actions import Told, open_fund, pay_in
from chungtay.nominations.models import Dossier, waiting_desk
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.registrations.models import Registration
from chungtay.reviews.models import Application
from chungtay.reviews.models import Round as ReviewRound
from chungtay.sheets.models import Upload
from tests.contributions.doing import giver, told
from tests.house import obliged
from tests.households.make import family
from tests.make import TODAY, Province
from tests.reviews import people

FEW, MANY = 5, 60  # within one page, and more than one
EVERY_PAGE = 3  # the session, the person, the seats


def households(province: Province, count: int) -> list[Party]:
    """So many new households of the first commune."""
    place, unit = province.places["kg-30847"], province.bodies["commune"]
    rows = [
        Party(name=f"Hộ {n}", kind="household", place=place, managing_unit=unit, registered_on=TODAY)
        for n in range(count)
    ]
    for row in rows:
        row.fill_derived(TODAY)
    return Party.objects.bulk_create(rows)


def dossiers(province: Province, count: int) -> None:
    """Dossiers of all kinds of states, from several units."""
    states = (State.RECEIVED, State.SUBMITTED, State.RETURNED)
    round_ = province.round()
    Dossier.objects.bulk_create(
        Dossier(
            round=round_, party=party, unit=province.bodies["unit" if n % 2 else "commune"], content="a",
            award="province_certificate", state=states[n % 3].value, waits_for=waiting_desk(states[n % 3]),
            code=f"HS-2020-{party.pk:05d}", received_on=TODAY, promised_on=TODAY + timedelta(days=30),
            state_since=TODAY, due_on=TODAY + timedelta(days=n % 7), is_handed_in=True, area_path=party.area_path,
            party_name=party.name, party_name_folded=party.name_folded, opened_on=TODAY,
        )
        for n, party in enumerate(households(province, count))
    )  # fmt: skip


def registrations(province: Province, count: int) -> None:
    Registration.objects.bulk_create(
        Registration(
            party=party, movement=province.movement, content="a", year=2020, registered_on=TODAY,
            area_path=party.area_path,
        )
        for party in households(province, count)
    )  # fmt: skip


def homes(province: Province, count: int) -> None:
    """So many households more; their heads are namesakes of one year."""
    place = Home(province.places["kg-30847"], "Ấp Hòa Tiến")
    rows = [Entry(place, family("Danh Con Út", f"Thị Vợ {n}")) for n in range(count)]
    open_many(rows, by=province.seats["commune"], on=TODAY)


def meetings(province: Province, count: int) -> None:
    Meeting.objects.bulk_create(
        Meeting(council=province.bodies["council"], title=f"Phiên {n}", held_on=TODAY, venue="Hội trường")
        for n in range(count)
    )


def decisions(province: Province, count: int) -> None:
    Decision.objects.bulk_create(
        Decision(body=province.bodies["province"], title=f"Khen {n}", award="province_certificate", drafted_on=TODAY)
        for n in range(count)
    )


def letters(province: Province, count: int) -> None:
    body, seat = province.bodies["province"], province.seats["chair"]
    papers = Paper.objects.bulk_create(
        Paper(
            kind="letter", body=body, series="TTr", year=2020, number=last + 1, code=f"{last + 1}/TTr", issued_on=TODAY
        )
        for last in range(Paper.objects.count(), Paper.objects.count() + count)
    )
    Letter.objects.bulk_create(
        Letter(body=body, award="pm_certificate", title="Đề nghị", signed_on=TODAY, signer_seat=seat, paper=paper)
        for paper in papers
    )


def notices(province: Province, count: int) -> None:
    desk = province.seats["board"].desk
    Notice.objects.bulk_create(Notice(desk=desk, text=f"Tin {n}", on=TODAY) for n in range(count))


def entries(province: Province, count: int) -> None:
    act = journal.Act("register_party", province.bodies["unit"])
    journal.record_many([act] * count, by=province.seats["commune"], on=TODAY)


def review_requests(province: Province, count: int) -> None:
    Application.objects.bulk_create(
        Application(
            household=one, area_path=one.area_path, kind="enter", reason="Mất mùa", received_on=TODAY, due_on=TODAY,
            due_source="TT 17/2016",
        )
        for one in people.households(province, count)
    )  # fmt: skip


def funds(province: Province, count: int) -> None:
    """So many drives of the Front, a transfer of money in each."""
    by = province.seats["front"]
    for n in range(count):
        name = f"Đợt vận động {n}"
        fund = open_fund(
            owner=province.bodies["front"], kind="drive", name=name, by=by, on=TODAY, starts=TODAY, ends=TODAY
        )
        told = Told(day=TODAY, words="Thu trong đợt vận động", key=f"drive-{fund.pk:016}")
        pay_in(fund, 1_000_000, "people", told, by=by, on=TODAY)


def gifts(province: Province, count: int) -> None:
    """So many gifts to the first commune, each from somebody else."""
    people = [giver(province, f"Người góp {n}", "person", managing_unit=None) for n in range(count)]
    recording.write_many([told(province, one) for one in people], by=province.seats["commune"], on=TODAY)


def review_rounds(province: Province, count: int) -> None:
    begun = 1900 + ReviewRound.objects.count()
    ReviewRound.objects.bulk_create(
        ReviewRound(
            place=province.places["kg"], area_path=province.places["kg"].path, year=begun + n, title=f"Đợt {n}",
            opens=TODAY, closes=TODAY, review_on=TODAY, opened_on=TODAY,
        )
        for n in range(count)
    )  # fmt: skip


Fill = Callable[[Province, int], object]


def uploads(province: Province, count: int) -> None:
    """So many spreadsheets of the first commune, with nothing in them."""
    by = province.seats["commune"]
    had = Upload.objects.count()
    Upload.objects.bulk_create(
        Upload(
            layout="danh-sach-ho", name=f"Danh sách {n}", kind="text", sha256=f"{n:064}", size=1, body_id=by.body_id,
            desk=by.desk, by=by, on=TODAY, area_path=by.desk.body.area_path, state="staged",
        )
        for n in range(had, had + count)
    )  # fmt: skip


LISTS: dict[str, tuple[str, str, Fill, int]] = {
    # what one reads: whose desk, the address, how to fill it, how often it may ask beside what every page asks
    "work of the Board": ("board", "/ban-lam-viec/", dossiers, 8),
    "work of a commune": ("commune", "/ban-lam-viec/", dossiers, 11),
    "work of a commune with reviews": ("commune", "/ban-lam-viec/", review_requests, 11),
    "rounds of the review": ("labour", "/ra-soat/", review_rounds, 4),
    "requests for a review": ("commune", "/ra-soat/de-nghi/", review_requests, 4),
    "dossiers": ("board", "/ho-so/", dossiers, 5),
    "dossiers of a commune": ("commune", "/ho-so/", dossiers, 5),
    "dossiers of a state": ("board", "/ho-so/?trang_thai=received", dossiers, 4),
    "dossiers by name": ("board", "/ho-so/?ten=ho", dossiers, 6),
    "dossiers and parties by one word": ("board", "/ban-lam-viec/tim/?q=ho", dossiers, 11),
    "registrations": ("board", "/dang-ky/", registrations, 11),
    "parties": ("board", "/doi-tuong/", households, 7),
    "parties by name": ("board", "/doi-tuong/?q=ho", households, 9),
    "households": ("labour", "/ho/", homes, 6),
    "households of a commune": ("commune", "/ho/?loai=none&nhom=minority", homes, 6),
    "households by name": ("district", "/ho/?q=danh+con", homes, 6),
    "what happened to households": ("labour", "/ho/bien-dong/", homes, 3),
    "namesakes": ("commune", "/ho/nguoi-trung/", homes, 6),
    "whom to nominate": ("commune", "/ho-so/lap/?ten=ho", households, 7),
    "who is due in a commune": ("commune", "/xet-khen/?luot=tat-ca", households, 25),
    "who is due and gives": ("district", "/xet-khen/?dia-ban=kg-30847&nhom=e&luot=tat-ca", households, 28),
    "meetings": ("secretary", "/hoi-dong/", meetings, 4),
    "decisions": ("board", "/quyet-dinh/", decisions, 4),
    "letters to the Prime Minister": ("board", "/quyet-dinh/to-trinh/", letters, 4),
    "rounds of the movement": ("board", "/phong-trao/kien-giang-2016-2020/dot-xet/", dossiers, 6),
    "places": ("board", "/dia-ban/", households, 6),
    "spreadsheets": ("commune", "/bang-tinh/", uploads, 5),
    "notices": ("board", "/ban-lam-viec/thong-bao/", notices, 3),
    "funds": ("front", "/quy/", funds, 3),
    "the books open to all": ("front", "/cong-khai/quy/", funds, 4),
    "gifts": ("board", "/dong-gop/", gifts, 10),
    "gifts of a commune by a word": ("commune", "/dong-gop/?q=gop&hinh-thuc=money", gifts, 12),
    **obliged.LISTS,
    "the journal": ("auditor", "/ban-lam-viec/nhat-ky/", entries, 1),
}


def asked(client: Client, address: str) -> tuple[int, Any]:
    """How often the page asks the database once it is warm, and the page."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), answer


def next_pages(answer: Any, address: str) -> Iterator[str]:
    """The address of the page after this one, if it says so."""
    for part in answer.content.decode().split('rel="next" href="')[1:]:
        yield address.partition("?")[0] + part.partition('"')[0].replace("&amp;", "&")


@pytest.mark.parametrize("what", LISTS)
def test_a_list_asks_as_often_for_sixty_rows_and_for_its_second_page_as_for_five(province: Province, what: str) -> None:
    desk, address, fill, limit = LISTS[what]
    client = province.client(desk)
    fill(province, FEW)
    few, _ = asked(client, address)
    fill(province, MANY)
    many, answer = asked(client, address)
    assert many <= few + 1, "a query a row"  # one more: how many rows there are beyond the first page
    assert many <= EVERY_PAGE + limit
    for second in next_pages(answer, address):
        assert asked(client, second)[0] <= many


def test_the_lists_of_dossiers_have_second_pages(province: Province) -> None:
    """Otherwise the test above would not have looked at one."""
    dossiers(province, MANY)
    _, answer = asked(province.client("board"), "/ho-so/")
    assert [page.startswith("/ho-so/?trang=") for page in next_pages(answer, "/ho-so/")] == [True]


def test_no_list_reads_the_text_of_a_plan(province: Province) -> None:
    """It is long: read once a row, it made up half of the page's time."""
    dossiers(province, FEW)
    client = province.client("board")
    for address in ("/ho-so/", "/ban-lam-viec/", "/ban-lam-viec/tim/?q=ho"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert not [q["sql"] for q in queries if '"movements_planversion"."content"' in q["sql"]]
