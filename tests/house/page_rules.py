"""What every page of ours keeps, whoever opens it: the faults of one page as sentences."""

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

ICON_FOLDER = Path(__file__).resolve().parents[2] / "static/src/icons"
ICONS = {*(ICON_FOLDER / "names.txt").read_text().split(), *(path.stem for path in ICON_FOLDER.glob("*.svg"))}
OWN_HOSTS = ("", "testserver")
UNLABELLED = ("hidden", "submit", "button", "image", "reset")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class Page(HTMLParser):
    """One page, read once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.pointed: set[str] = set()
        self.controls: list[tuple[str, dict[str, str]]] = []
        self.h1: list[str] = []
        self.title = self.lang = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if len(told) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        self._note(tag, told)
        for name, value in told.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f'<{tag} {name}="{value}">')
            if name in ("src", "href", "action", "formaction", "hx-get", "hx-post"):
                self._address(tag, value)
        if tag == "style" or (tag == "script" and not told.get("src")):
            self.faults.append(f"an inline <{tag}>")
        if tag not in VOID:
            self.open.append(tag)

    def _address(self, tag: str, value: str) -> None:
        parts = urlsplit(value)
        if parts.scheme in ("javascript", "data") or parts.hostname not in (None, *OWN_HOSTS):
            self.faults.append(f"<{tag}> points outside: {value}")

    def _note(self, tag: str, told: dict[str, str]) -> None:
        if told.get("id"):
            self.ids[told["id"]] += 1
        if tag == "use" and told.get("href", "").rpartition("#")[2] not in ICONS:
            self.faults.append(f"no such picture: {told.get('href')}")
        if tag == "html":
            self.lang = told.get("lang", "")
        elif tag == "label" and told.get("for"):
            self.labelled.add(told["for"])
        elif tag == "h1":
            self.h1.append("")
        elif tag in ("input", "select", "textarea") and told.get("type") not in UNLABELLED:
            self.controls.append((tag, {**told, "inside": "label" if "label" in self.open else ""}))
        self.pointed |= {name for key in ("aria-labelledby", "aria-describedby") for name in told.get(key, "").split()}

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>")
        if tag in self.open:
            while self.open and self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "h1" in self.open:
            self.h1[-1] += data
        if self.open[-1:] == ["title"] and "svg" not in self.open:
            self.title += data


def faults(text: str) -> list[str]:
    """Everything wrong with the page `text`, in English for developers; empty for a sound one."""
    page = Page(text)
    found = list(page.faults)
    found += [f"<{tag}> is never closed" for tag in page.open if tag not in ("html", "body", "p", "li")]
    if page.lang != "vi":
        found.append(f"the page says lang={page.lang!r}")
    if not page.title.strip():
        found.append("the page has no title")
    if len(page.h1) != 1 or not page.h1[0].strip():
        found.append(f"the page has h1 {page.h1}")
    found += [f"id {name} stands {times} times" for name, times in page.ids.items() if times > 1]
    found += [f"{name} is pointed at and not there" for name in sorted(page.pointed - set(page.ids))]
    for tag, told in page.controls:
        named = (
            told.get("aria-label") or told.get("aria-labelledby") or told["inside"] or told.get("id") in page.labelled
        )
        if not named:
            found.append(f"<{tag} name={told.get('name')}> has no label")
    return found
