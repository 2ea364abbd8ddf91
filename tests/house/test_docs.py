"""What the documents name exists: paths, functions, commands, settings, accounts, rooms; their links lead somewhere."""

import importlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import get_commands

import run
from chungtay.desk.demo import bodies
from chungtay.desk.management.commands.demo_accounts import ONE_OF_MANY
from chungtay.law.procedure import Desk
from config.environment import Environment

ROOT = Path(run.__file__).resolve().parent
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
ROOMS = {path.parent.name for path in ROOT.glob("chungtay/*/__init__.py")}
DECISIONS = sorted(ROOT.glob("docs/decisions/0*.md"))

MADE_HERE = ("var/", ".venv", "node_modules/", "static/vendor/", ".env")
"""What exists only after the first command."""
LOOKED_UP_IN = (
    "",
    "docs",
    "chungtay",
    "templates",
    "templates/components",
    "static/src/css",
    "static/src/js",
    "data/places",
)
ENDINGS = "py|md|svg|yaml|yml|toml|css|js|json|html|txt|csv|in|jsonl|typ|docx"
IS_PATH = re.compile(
    rf"[\w.<>*-]+(?:/[\w.<>*-]+)*/?(?:(?<=/)|\.(?:{ENDINGS}))|[\w.<>*-]+(?:/[\w.<>*-]+)+|Makefile|LICENSE"
)
IS_NAME = re.compile(r"[a-z_]\w*(?:\.[A-Za-z_]\w*)+")
ELSEWHERE = ("config", "tests", "tools", "django")
OTHER_SIGNS = set("…–·→“”")
"""Signs beside letters that a document may hold; Vietnamese quotes only around Vietnamese words."""


def prose(text: str) -> str:
    """The document without its fenced blocks."""
    return re.sub(r"^[ ]*```.*?^[ ]*```", "", text, flags=re.M | re.S)


def spans(text: str) -> list[str]:
    """What stands between backticks on a line."""
    return re.findall(r"`([^`\n]+)`", prose(text))


def lines_of_code(text: str) -> Iterator[str]:
    """Backticked words and lines of fenced blocks: wherever a command may stand."""
    yield from spans(text)
    for block in re.findall(r"^[ ]*```[^\n]*\n(.*?)^[ ]*```", text, flags=re.M | re.S):
        yield from block.splitlines()


def path_fault(said: str, document: Path) -> str:
    """Why a path leads nowhere. `<name>` stands for anything; a bare `models.py` is any room's."""
    path = said.partition("::")[0]
    if path.startswith(MADE_HERE):
        return ""
    pattern = re.sub(r"<[^>]+>", "*", path).rstrip("/")
    places = [ROOT / place for place in LOOKED_UP_IN] + [document.parent]
    if "/" not in pattern:
        places += [ROOT / "chungtay" / room for room in ROOMS]
    if any(next(place.glob(pattern), None) for place in places):
        return ""
    return f"{said}: no such file"


def name_fault(said: str) -> str:
    """Why a dotted name names nothing; names of other people's modules are imported, hosts and keys passed over."""
    first = said.partition(".")[0]
    if first not in ROOMS and first not in ELSEWHERE:
        return ""
    parts = (f"chungtay.{said}" if first in ROOMS else said).split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                return f"{said}: {part} is not there"
            found = getattr(found, part)
        return ""
    return f"{said}: no such module"


def command_faults(line: str) -> list[str]:
    """What is wrong with the commands of a line: words of run.py, commands of Django, variables."""
    faults = []
    for word in re.findall(r"(?<!-m )run\.py ([a-z][\w-]*)", line):
        if word not in run.WORDS:
            faults.append(f"run.py has no word {word!r}")
    for word in re.findall(r"(?:manage\.py|run\.py manage|^manage|[`(\s]manage) ([a-z]\w+)", line):
        if word not in get_commands() and word != "help":
            faults.append(f"there is no command {word!r}")
    known = {f"CHUNGTAY_{name.upper()}" for name in Environment.model_fields} | {"CHUNGTAY_TEST_DATABASE_URL"}
    return faults + [
        f"there is no setting {name}" for name in re.findall(r"CHUNGTAY_[A-Z_]+", line) if name not in known
    ]


def faults_of(document: Path) -> list[str]:
    """Everything that a document names and that is not there."""
    text = document.read_text(encoding="utf-8")
    found = [fault for line in lines_of_code(text) for fault in command_faults(line)]
    for said in spans(text):
        if IS_PATH.fullmatch(said.partition("::")[0]):
            found.append(path_fault(said, document))
        elif IS_NAME.fullmatch(said):
            found.append(name_fault(said))
    return [fault for fault in found if fault]


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", prose(document.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def link_faults(document: Path, text: str) -> list[str]:
    faults = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(text)):
        path, _, anchor = target.partition("#")
        if path.startswith("https://"):
            continue
        led = (document.parent / path).resolve() if path else document
        if not led.exists():
            faults.append(f"{target} leads nowhere")
        elif anchor and anchor not in anchors(led):
            faults.append(f"{target}: there is no such heading")
    return faults


def names(documents: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in documents]


@pytest.mark.parametrize("document", DOCS, ids=names(DOCS))
def test_what_a_document_names_exists(document: Path) -> None:
    assert faults_of(document) == []


@pytest.mark.parametrize("document", DOCS, ids=names(DOCS))
def test_links_lead_somewhere(document: Path) -> None:
    assert link_faults(document, document.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("document", DOCS, ids=names(DOCS))
def test_a_document_is_in_latin_letters_with_plain_quotes_and_names_no_machine(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    odd = {
        sign
        for sign in text
        if not sign.isascii() and sign not in OTHER_SIGNS and not unicodedata.name(sign).startswith("LATIN ")
    }
    assert odd == set()
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"(?<![\w.*>])/(?:work|root|home|tmp)/", text)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("`chungtay/none.py`", "chungtay/none.py: no such file"),
        ("`tests/nowhere/`", "tests/nowhere/: no such file"),
        ("`templates/<room>/none.html`", "templates/<room>/none.html: no such file"),
        ("`records.journal.forget`", "records.journal.forget: forget is not there"),
        ("`law.nothing.at_all`", "law.nothing.at_all: nothing is not there"),
        ("`places.scope.Scope.nowhere`", "places.scope.Scope.nowhere: nowhere is not there"),
        ("`python3 run.py dance`", "run.py has no word 'dance'"),
        ("`python3 run.py manage dance`", "there is no command 'dance'"),
        ("```\npython3 run.py manage dance\n```", "there is no command 'dance'"),
        ("`CHUNGTAY_DANCE`", "there is no setting CHUNGTAY_DANCE"),
    ],
)
def test_a_document_that_names_what_is_not_there_would_be_found(tmp_path: Path, said: str, fault: str) -> None:
    document = tmp_path / "doc.md"
    document.write_text(f"See {said} for more.\n" if not said.startswith("```") else f"{said}\n")
    assert faults_of(document) == [fault]


def test_a_link_that_leads_nowhere_would_be_found() -> None:
    here = ROOT / "README.md"
    assert link_faults(here, "[a](docs/none.md) [b](docs/house.md#none) [c](docs/house.md#the-rooms)") == [
        "docs/none.md leads nowhere",
        "docs/house.md#none: there is no such heading",
    ]


def test_the_rooms_of_the_house_are_the_packages_and_stand_in_the_order_of_the_contract() -> None:
    text = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (?:roof|\d|cellar|ground) \| `(\w+)` \|", text, re.M)
    contract = re.search(
        r'containers = \["chungtay"\].*?layers = \[(.*?)\]', (ROOT / "pyproject.toml").read_text(), re.S
    )
    assert contract
    assert told == re.findall(r"\w+", contract[1])
    assert set(told) == ROOMS


def test_the_picture_shows_every_room_and_fetches_nothing() -> None:
    picture = (ROOT / "docs" / "house.svg").read_text(encoding="utf-8")
    drawn = ElementTree.fromstring(picture)  # noqa: S314  our own file
    words = " ".join("".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert {room for room in ROOMS if not re.search(rf"\b{room}\b", words)} == set()
    assert re.findall(r'(?:href|src)="|url\(|<script|https?://(?!www\.w3\.org/2000/svg)', picture) == []


def test_the_documents_stay_short() -> None:
    most = {"README.md": 120, "docs/house.md": 150, **dict.fromkeys(names(DECISIONS), 30)}
    assert [name for name, lines in most.items() if len((ROOT / name).read_text().splitlines()) >= lines] == []


def test_decisions_are_numbered_without_a_gap_and_all_on_their_index() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for path in DECISIONS:
        title, *headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
        assert title.startswith(f"{int(path.name[:4]):04d}. ")
        assert headings == ["Context", "Decision", "Consequences"]
        assert f"[{title[6:]}]({path.name})" in index


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        targets = re.findall(r"\]\(([^)\s#]+\.md)", document.read_text(encoding="utf-8"))
        waiting += {(document.parent / target).resolve() for target in targets} - reached - set(waiting)
    assert names([path for path in DOCS if path not in reached]) == []


def test_the_readme_gives_one_account_for_each_kind_of_desk() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| [^|]+ \| `([\w.]+)` \|", text, re.M))
    single = {office[0] for office in bodies.OFFICES} | {
        body.key for body in bodies.PROVINCE if body.desk in (Desk.LABOUR, Desk.FRONT)
    }
    assert told == single | set(ONE_OF_MANY.values())
    assert len(told) == len(Desk)
    assert f"`{bodies.PASSWORD}`" in text
