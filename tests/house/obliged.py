"""What units owed and did, and good models, in the walked province: one of each thing that has an address."""

from collections.abc import Callable
from datetime import date
from typing import Any

from chungtay.conduct.lines import Proof
from chungtay.conduct.models import Commitment, Duty, Handing, Loan, LoanEvent, Programme, Result
from chungtay.parties.models import Party
from chungtay.practices import actions
from chungtay.practices.actions import Copied
from chungtay.practices.models import Adoption, Practice
from tests.conduct import made
from tests.make import TODAY, Province
from tests.practices import told

COMMUNES = frozenset({"commune", "commune_b", "commune_c"})
DISTRICTS = frozenset({"district", "district_c"})
ABOVE = frozenset({"labour", "board", "front"})
PROVINCE = ABOVE | {"office", "secretary", "member", "chair", "auditor"}
PROPOSING = COMMUNES | DISTRICTS | {"unit", "front", "labour"}
READERS = COMMUNES | DISTRICTS | PROVINCE | {"unit"}
ASSIGNERS = DISTRICTS | ABOVE
IN_A = PROVINCE | {"commune", "district"}
LOANS = COMMUNES | DISTRICTS | {"labour", "board"}
LOANS_OF_A = frozenset({"commune", "district", "labour", "board"})
KEEPERS_OF_A = frozenset({"commune", "district", "labour"})
WRITERS = COMMUNES | DISTRICTS | {"labour"}


def populate(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """A duty of commune A handed in, one open; a loan, a programme, a commitment with its result."""
    handed = made.duty(p, title="Báo cáo nửa năm")
    handing = made.handed(handed, p, by="commune", proof=Proof(p.file(), "bao-cao.pdf"))
    running = date(2022, 12, 15)  # a loan that still runs decides no criterion
    loan = made.loan(p, things["household"], due_on=running)
    event = made.happened(loan, p, "used", date(2019, 1, 1))
    commitment = made.commitment(p)
    practice, draft = told.practice(p), told.practice(p, title="Trồng khóm lên liếp")
    library = told.published(told.practice(p, title="Nuôi lươn không bùn"), p)
    filed = actions.record(
        p.bodies["commune"], told.story(), by=p.seats["commune"], on=TODAY, proof=(p.file(), "anh.pdf")
    )
    copied = actions.adopt(
        library, p.bodies["unit"], Copied(TODAY, told.COPY), by=p.seats["unit"], on=TODAY, proof=(p.file(), "anh.pdf")
    )  # fmt: skip
    return {
        "filed": filed, "copied": copied, "practice": practice, "draft_practice": draft, "published": library,
        "adoption": told.adopted(library, p, by="commune"),
        "duty": made.duty(p), "handed_duty": handed, "handing": handing, "loan": loan, "loan_event": event,
        "programme": made.programme(p), "commitment": commitment, "result": made.result(commitment, p),
        "canary_loan": made.loan(p, things["canary"], by="commune_b", due_on=running),
    }  # fmt: skip


def plain(world: Any) -> dict[str, Any]:
    return {}


def pk(thing: str, name: str = "pk", **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {name: world[thing].pk, **more}


def rows(row: Callable[..., Any]) -> tuple[Any, ...]:
    """One row for each address; `row` makes it."""
    district, unit = frozenset({"district"}), frozenset({"unit"})
    return (
        row("conduct:duties", "read", plain, READERS),
        row("conduct:duties", "read", plain, READERS, why="all of a name", query=lambda w: "?q=xa&tinh-trang=tat-ca"),
        row("conduct:export_duties", "read", plain, READERS),
        row("conduct:board", "read", plain, READERS),
        row("conduct:export_board", "read", plain, READERS),
        row("conduct:assign", "form", plain, ASSIGNERS),
        row("conduct:duty", "read", pk("duty"), IN_A),
        row("conduct:duty", "read", pk("handed_duty"), IN_A, why="handed in"),
        row("conduct:hand_in", "act", pk("duty"), frozenset({"commune", "district"}) | ABOVE),
        row("conduct:correct_duty", "form", pk("duty"), district),
        row("conduct:take_back", "act", pk("duty"), district | ABOVE),
        row("conduct:confirm", "act", pk("handing"), district | ABOVE),
        row("conduct:send_back", "act", pk("handing"), district | ABOVE),
        row("conduct:loans", "read", plain, LOANS),
        row("conduct:export_loans", "read", plain, LOANS),
        row("conduct:choose_household", "read", plain, WRITERS, query=lambda w: "?q=danh"),
        row("conduct:enter_loan", "form", pk("household", "party"), KEEPERS_OF_A),
        row("conduct:loan", "read", pk("loan"), LOANS_OF_A),
        row("conduct:follow", "act", pk("loan"), LOANS_OF_A),
        row("conduct:correct_loan", "form", pk("loan"), KEEPERS_OF_A),
        row("conduct:take_out_loan", "act", pk("loan"), KEEPERS_OF_A),
        row("conduct:unfollow", "act", pk("loan_event"), LOANS_OF_A),
        row("conduct:programmes", "read", plain, READERS),
        row("conduct:export_programmes", "read", plain, READERS),
        row("conduct:issue", "form", plain, WRITERS),
        row("conduct:programme", "read", pk("programme"), IN_A),
        row("conduct:correct_programme", "form", pk("programme"), KEEPERS_OF_A),
        row("conduct:take_out_programme", "act", pk("programme"), KEEPERS_OF_A),
        row("conduct:commitments", "read", plain, READERS),
        row("conduct:export_commitments", "read", plain, READERS),
        row("conduct:promise", "form", plain, PROPOSING),
        row("conduct:commitment", "read", pk("commitment"), IN_A | unit),
        row("conduct:correct_commitment", "form", pk("commitment"), unit),
        row("conduct:take_out_commitment", "act", pk("commitment"), PROPOSING & (IN_A | unit)),
        row("conduct:tell_result", "act", pk("commitment"), PROPOSING & (IN_A | unit)),
        row("conduct:answer", "act", pk("result"), PROPOSING & (IN_A | unit)),
        row("conduct:take_out_result", "act", pk("result"), PROPOSING & (IN_A | unit)),
        *practices(row),
        row("conduct:file", "read", pk("handing", what="lan-nop"), IN_A),
    )


def practices(row: Callable[..., Any]) -> tuple[Any, ...]:
    """The library of good models."""
    checkers = frozenset({"district"}) | ABOVE
    return (
        row("practices:list", "read", plain, READERS),
        row("practices:list", "read", plain, READERS, why="by a word", query=lambda w: "?q=luon+bun"),
        row("practices:export", "read", plain, READERS),
        row("practices:choose", "read", plain, PROPOSING, query=lambda w: "?q=danh"),
        row("practices:record", "form", pk("household", "party"), PROPOSING & IN_A),
        row("practices:detail", "read", pk("practice"), IN_A, why="recorded"),
        row("practices:detail", "read", pk("published"), READERS, why="published"),
        row("practices:change", "form", pk("draft_practice"), frozenset({"commune"})),
        row("practices:sheet", "read", pk("practice"), IN_A),
        row("practices:file", "read", pk("filed"), IN_A),
        row("practices:check", "act", pk("practice"), checkers),
        row("practices:publish", "act", pk("published"), DISTRICTS | ABOVE, data=version_of("published")),
        row("practices:withdraw", "act", pk("draft_practice"), PROPOSING & IN_A),
        row("practices:adopt", "act", pk("published"), PROPOSING),
        row("practices:answer", "act", pk("adoption"), PROPOSING),
        row("practices:take_out", "act", pk("adoption"), PROPOSING),
        row("practices:adoption_file", "read", pk("copied"), READERS),
    )


def version_of(thing: str) -> Callable[[Any, str], dict[str, Any]]:
    """The version that the form was drawn from."""
    return lambda world, desk: {"version": world[thing].version}


def canary_addresses(world: Any) -> list[str]:
    """Where the loan of the household of commune B might show."""
    key = world["canary_loan"].pk
    base, search = "/viec-phai-lam/von-vay", "?q=huynh khuat"
    tails = ("", "sua/", "bo/", "dien-bien/")
    own = [f"{base}/{key}/{tail}" for tail in tails]
    return [*own, f"{base}/{search}", f"{base}/moi/{world['canary'].pk}/", f"{base}/moi/{search}"]


# --- so many rows more, for tests of lists ---


def _parties(p: Province, count: int, kind: str) -> list[Party]:
    """So many new parties of commune A."""
    place, unit, had = p.places["kg-30847"], p.bodies["commune"], Party.objects.count()
    rows = [
        Party(name=f"Nơi {n}", kind=kind, place=place, managing_unit=unit, registered_on=TODAY)
        for n in range(had, had + count)
    ]
    for row in rows:
        row.fill_derived(TODAY)
    return Party.objects.bulk_create(rows)


def _line(p: Province, party: Party) -> dict[str, Any]:
    return {"party": party, "area_path": party.area_path, "entered_by": p.bodies["district"], "entered_on": TODAY}


def duties(p: Province, count: int) -> None:
    """Half of them handed in and not yet answered."""
    rows = Duty.objects.bulk_create(
        Duty(**_line(p, one), owed_to=p.bodies["district"], kind="report", title="Báo cáo", year=2020, due_on=TODAY)
        for one in _parties(p, count, "grassroots_organisation")
    )
    Handing.objects.bulk_create(
        Handing(
            duty=row, handed_on=TODAY, paper="1/BC", area_path=row.area_path, entered_by=row.party, entered_on=TODAY
        )
        for row in rows[::2]
    )  # fmt: skip


def loans(p: Province, count: int) -> None:
    day = date(2018, 2, 5)
    rows = Loan.objects.bulk_create(
        Loan(**_line(p, one), bank_name="Ngân hàng", purpose="Nuôi bò", amount=9, lent_on=day, due_on=TODAY)
        for one in _parties(p, count, "household")
    )
    LoanEvent.objects.bulk_create(
        LoanEvent(
            loan=row, kind="repaid", day=TODAY, amount=3, area_path=row.area_path, entered_by=row.entered_by,
            entered_on=TODAY,
        )
        for row in rows[::2]
    )  # fmt: skip


def programmes(p: Province, count: int) -> None:
    Programme.objects.bulk_create(
        Programme(**_line(p, one), kind="plan", number="1/KH", title="Giảm nghèo", issued_on=TODAY)
        for one in _parties(p, count, "community")
    )


def commitments(p: Province, count: int) -> None:
    """Each with a result that waits for the commune."""
    rows = Commitment.objects.bulk_create(
        Commitment(**_line(p, one), place=one.place, what="Xây nhà", since=TODAY, until=TODAY)
        for one in _parties(p, count, "community")
    )
    Result.objects.bulk_create(
        Result(
            commitment=row, day=TODAY, text="Đã xây", area_path=row.area_path, entered_by=row.entered_by,
            entered_on=TODAY,
        )
        for row in rows
    )  # fmt: skip


def models_(p: Province, count: int) -> None:
    """Good models that wait for the level above, each copied by the department of health."""
    rows = [
        Practice(
            party=one, area_path=one.area_path, title="Nuôi bò", site="Ấp 1", since=TODAY, what="Nuôi", result="Tốt",
            recorded_by=p.bodies["commune"], recorded_on=TODAY,
        )
        for one in _parties(p, count, "community")
    ]  # fmt: skip
    for row in rows:
        row.fill_derived()
    Adoption.objects.bulk_create(
        Adoption(
            practice=row, party=p.bodies["unit"], area_path=row.area_path, adopted_on=TODAY, result="Tốt",
            entered_by=p.bodies["commune"], entered_on=TODAY,
        )
        for row in Practice.objects.bulk_create(rows)
    )  # fmt: skip


LISTS: dict[str, tuple[str, str, Callable[[Province, int], None], int]] = {
    "work of a district with duties": ("district", "/ban-lam-viec/", duties, 11),
    "work of a commune that is helped": ("commune", "/ban-lam-viec/", commitments, 11),
    "work of a district with models": ("district", "/ban-lam-viec/", models_, 11),
    "work of a unit that copied models": ("unit", "/ban-lam-viec/", models_, 11),
    "duties": ("labour", "/viec-phai-lam/?tinh-trang=tat-ca", duties, 4),
    "duties by name": ("district", "/viec-phai-lam/?q=noi&tinh-trang=tat-ca", duties, 6),
    "duties by unit": ("district", "/viec-phai-lam/don-vi/?nam=2020", duties, 4),
    "loans": ("commune", "/viec-phai-lam/von-vay/", loans, 4),
    "programmes": ("district", "/viec-phai-lam/nghi-quyet/", programmes, 4),
    "commitments": ("commune", "/viec-phai-lam/cam-ket/", commitments, 5),
    "good models": ("district", "/mo-hinh/", models_, 4),
    "good models by a word": ("district", "/mo-hinh/?q=nuoi+bo", models_, 4),
}
"""Lists for `tests/house/test_query_counts.py`, each read as it says there."""
