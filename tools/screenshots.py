"""Pictures of every page as every desk sees it, on a desktop and on a phone, for people to look at.

    .venv/bin/python tools/screenshots.py FOLDER [--address http://127.0.0.1:8000] [--only USER ...]

The demo province must be running (`python3 run.py`). Each account that `manage.py demo_accounts` names signs in and
follows the links of its pages; of pages that differ only in whose page they are, one or two are kept. Nothing is sent.
The folder gets FOLDER/<width>/<user>/<page>.png. Needs the test tools and a Chromium (in PATH, or named in CHROMIUM).
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

ROOT = Path(__file__).resolve().parent.parent
SIZES = {1280: 900, 390: 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
OF_EACH_KIND = 2
MOST_PAGES = 70
ANYTHING = re.compile(r"/(?:\d+|[0-9a-z]{10}|[a-z]{2}-\d+|[A-Za-z0-9_-]{20,})(?=/|$)")
LINKS = "(all) => all.map((one) => new URL(one.getAttribute('href'), document.baseURI).href)"
LEFT_OUT = ("/tai-khoan/", "/quan-tri/", "/static/")


@dataclass
class Walk:
    """One account's way through its pages at one width."""

    address: str
    folder: Path
    waiting: deque[str] = field(default_factory=deque)
    kinds: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)

    def offer(self, paths: list[str]) -> None:
        """Queue the pages that were not seen and whose kind is not known well enough."""
        for path in paths:
            kind = ANYTHING.sub("/x", path)
            if path in self.seen or path.startswith(LEFT_OUT) or self.kinds[kind] >= OF_EACH_KIND:
                continue
            self.seen.add(path)
            self.kinds[kind] += 1
            self.waiting.append(path)

    def shoot(self, page: Page, path: str) -> bool:
        """Open the page and keep its picture. False for a file, which has none."""
        try:
            page.goto(self.address + path, wait_until="networkidle")
        except BrowserError as fault:
            if "ERR_ABORTED" in fault.message or "Download is starting" in fault.message:
                return False
            raise
        name = path.strip("/").replace("/", "_") or "trang-dau"
        self.folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=self.folder / f"{name[:80]}.png", full_page=True)
        return True

    def through(self, page: Page, start: str) -> int:
        """Follow the links from `start`. How many pictures were kept."""
        kept = 0
        self.offer([start])
        while self.waiting and kept < MOST_PAGES:
            if not self.shoot(page, self.waiting.popleft()):
                continue
            kept += 1
            links = page.eval_on_selector_all("a[href]", LINKS)
            here = [urlsplit(link) for link in links if link.startswith(self.address + "/")]
            self.offer([parts.path for parts in here])
        return kept


def accounts() -> list[tuple[str, str]]:
    """(user, password) of one account for each desk, as the demo prints them."""
    command = [sys.executable, "manage.py", "demo_accounts"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rows = [re.split(r"\s{2,}", line) for line in told.splitlines()[2:] if line.strip()]
    return [(row[1], row[2]) for row in rows if len(row) >= 4]


def sign_in(page: Page, address: str, user: str, password: str) -> None:
    page.goto(f"{address}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill(user)
    page.get_by_label("Mật khẩu").fill(password)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{address}/ban-lam-viec/")


def walk(browser: Browser, address: str, folder: Path, who: tuple[str, str] | None) -> int:
    """Both widths for one account, or for a stranger. How many pictures were kept."""
    kept = 0
    for width, height in SIZES.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", accept_downloads=False
        )
        page = context.new_page()
        if who:
            sign_in(page, address, *who)
        name = who[0] if who else "khach"
        kept += Walk(address, folder / str(width) / name).through(page, "/ban-lam-viec/" if who else "/")
        context.close()
    return kept


def main() -> int:
    """0, or 1 after a sentence when there is no browser."""
    reader = argparse.ArgumentParser(description="Pictures of every page as every desk sees it.")
    reader.add_argument("folder", type=Path)
    reader.add_argument("--address", default="http://127.0.0.1:8000")
    reader.add_argument("--only", nargs="*", default=[], help="users; `khach` is somebody who does not sign in")
    told = reader.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("screenshots: no chromium in PATH: install it, or name one in the variable CHROMIUM", file=sys.stderr)
        return 1
    people: list[tuple[str, str] | None] = [None, *accounts()]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for who in people:
            name = who[0] if who else "khach"
            if not told.only or name in told.only:
                print(f"{name}: {walk(browser, told.address.rstrip('/'), told.folder, who)} pictures", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
