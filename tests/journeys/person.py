"""A person at a browser: does what hands and eyes do, and looks at every page with the same care."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RUN_AXE = """async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: rules});
  const parts = (one) => one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
  return found.violations.map((one) => `${one.id}: ${parts(one)}`);
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;  // a phone's innerWidth grows with a page that is too wide
  if (document.documentElement.scrollWidth <= wide) return [];
  return Array.from(document.querySelectorAll("body *"))
    .filter((one) => one.getBoundingClientRect().right > wide + 1 && one.checkVisibility())
    .slice(0, 4).map((one) => one.outerHTML.slice(0, 120));
}"""


COVERED = """() => Array.from(document.querySelectorAll(".row-ct :is(a, button, summary):not(.row-link)"))
  .filter((one) => one.checkVisibility())
  .filter((one) => {
    one.scrollIntoView({block: "center"});
    const box = one.getClientRects()[0];
    const found = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !one.contains(found);
  }).slice(0, 4).map((one) => one.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Size:
    """Width and height of a screen in CSS pixels."""

    width: int
    height: int


DESKTOP, PHONE = Size(1280, 900), Size(390, 844)


@dataclass
class Person:
    """One browser window of its own, with a memory of everything its pages complained about."""

    browser: Browser
    address: str
    name: str
    size: Size = DESKTOP
    complaints: list[str] = field(default_factory=list)
    shots: int = 0

    def __post_init__(self) -> None:
        phone = self.size == PHONE
        self.context = self.browser.new_context(
            base_url=self.address, viewport={"width": self.size.width, "height": self.size.height},
            is_mobile=phone, has_touch=phone, locale="vi-VN", reduced_motion="reduce",
        )  # fmt: skip
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda fault: self.complaints.append(f"script: {fault}"))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._is_expected(message):
            self.complaints.append(f"console at {self.page.url}: {message.text}")

    def _is_expected(self, message: ConsoleMessage) -> bool:
        """Chromium reports each 4xx page as an error of the network; a refusal with 404, 409 or 422 is an answer."""
        return bool(re.search(r"status of (404|409|422)", message.text))

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    # --- hands ---

    def go(self, path: str) -> None:
        self.page.goto(path)

    def link(self, name: str) -> None:
        """Follow a link that says exactly `name`."""
        self._named("link", name).click()

    def press(self, name: str) -> None:
        """Press a button that says exactly `name`."""
        self._named("button", name).click()

    def _named(self, role: Any, name: str) -> Locator:
        return self.page.get_by_role(role, name=name, exact=True).locator("visible=true").first

    def row(self, name: str) -> None:
        """Open the row of a list that is called `name`."""
        self.page.locator("main").get_by_role("link", name=name).first.click()

    def fill(self, label: str, text: str) -> None:
        self.labelled(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.labelled(label).select_option(label=option)

    def tick(self, label: str) -> None:
        self.labelled(label).check()

    def labelled(self, label: str) -> Locator:
        """The control whose label begins with `label`."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).locator("visible=true").first

    def upload(self, kind: str, note: str, file: Path) -> None:
        self.choose("Đây là", kind)
        self.fill("Ghi chú", note)
        self.page.get_by_label("Tệp").set_input_files(file)
        self.press("Tải lên")

    def download(self, name: str, folder: Path) -> Path:
        """Follow the link and keep the file it gives."""
        with self.page.expect_download() as waiting:
            self.link(name)
        made = folder / waiting.value.suggested_filename
        waiting.value.save_as(made)
        return made

    # --- eyes ---

    def sees(self, text: str) -> None:
        """The text stands on the page and can be seen."""
        expect(self.page.locator("main").get_by_text(text).locator("visible=true").first).to_be_visible()

    def sees_not(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    def arrive(self, heading: str) -> None:
        """The page with this h1 has come; look at it with care."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        self.look()

    def look(self) -> None:
        """axe-core finds nothing, nothing is wider than the screen, nothing to press in a row lies under another thing;
        keep a picture when a folder for them is named."""
        self.page.wait_for_load_state("networkidle")
        here = f"{self.page.url} ({self.size.width} px)"
        self.page.evaluate(AXE)
        self.complaints += [f"axe at {here}: {one}" for one in self.page.evaluate(RUN_AXE)]
        self.complaints += [f"wider than the screen at {here}: {one}" for one in self.page.evaluate(TOO_WIDE)]
        self.complaints += [f"covered at {here}: {one}" for one in self.page.evaluate(COVERED)]
        self.shots += 1
        folder = os.environ.get("CHUNGTAY_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{self.name}-{self.shots:02}.png", full_page=True)

    def faulted(self, label: str, sentence: str) -> None:
        """The control says in Vietnamese what is wrong with it, and is tied to that sentence."""
        control = self.labelled(label)
        expect(control).to_have_attribute("aria-invalid", "true")
        told = control.get_attribute("aria-describedby") or ""
        words = [self.page.locator(f"[id='{one}']").inner_text() for one in told.split()]
        assert any(sentence in one for one in words), (label, words)

    def holds(self, label: str, text: str) -> None:
        """What was typed is still there."""
        expect(self.labelled(label)).to_have_value(text)
