"""What the benchmarks share: a throw-away place for data on either engine, the server, wrk, and the report.

Nothing here loads Django: each engine's settings come from the environment of a process of its own.
"""

import contextlib
import http.client
import json
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import postgres  # noqa: E402

BIN = Path(sys.executable).parent
ENGINES = ("sqlite", "postgresql")
WORKING_DAY = "2020-10-20"


class Trouble(SystemExit):
    """The benchmark cannot run; the sentence says what is missing."""


def machine() -> str:
    """The machine in a line."""
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) / 2**20  # type: ignore[index]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores {platform.machine()}, {memory:.0f} GB, Python {platform.python_version()}, load {load}"


@contextlib.contextmanager
def place(engine: str) -> Iterator[dict[str, str]]:
    """The environment of a fresh, empty database on `engine`, in a directory that is gone afterwards."""
    signal.signal(signal.SIGTERM, postgres.leave)  # or server and database would outlive us
    with contextlib.ExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix=f"chungtay-bench-{engine}-"))
        try:
            url = stack.enter_context(postgres.running()) if engine == "postgresql" else ""
        except postgres.NoPostgres as why:
            raise Trouble(f"PostgreSQL cannot be started: {why}") from None
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CHUNGTAY_")}
        yield {
            **kept,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "benchmarks.site_settings",
            "CHUNGTAY_MODE": "demo",
            "CHUNGTAY_WORKING_DAY": WORKING_DAY,
            "CHUNGTAY_DATA_DIR": directory,
            "CHUNGTAY_LOG_LEVEL": "ERROR",
            "DATABASE_URL": url,
        }


def child(env: dict[str, str], script: str, *arguments: object) -> Any:
    """Run one of our scripts to its end; the JSON of its last line."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *map(str, arguments)]
    ran = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if ran.returncode:
        raise Trouble(f"{script} failed with code {ran.returncode}:\n{ran.stdout}")
    return json.loads(ran.stdout.splitlines()[-1])


@dataclass(frozen=True)
class Server:
    """A server of ours: where it listens, and its process."""

    address: str
    pid: int

    def spent(self) -> float:
        """Milliseconds of processor time that it and its workers have used so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it ended while we looked
                fields = stat.read_text().rpartition(")")[2].split()
                if self.pid in (int(stat.parent.name), int(fields[1])):
                    ticks += int(fields[11]) + int(fields[12])
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(env: dict[str, str]) -> Iterator[Server]:
    """The server as `run.py` starts it, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(BIN / "granian"), "--interface", "wsgi", "--http", "1", "--log-level", "error"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "4"]
    process = subprocess.Popen([*command, "config.wsgi:application"], env=env, cwd=ROOT, start_new_session=True)
    server = Server(f"http://127.0.0.1:{port}", process.pid)
    try:
        last = time.monotonic() + 60
        while time.monotonic() < last:
            with contextlib.suppress(OSError):
                fetch(f"{server.address}/hello/", "")
                break
            if process.poll() is not None:
                raise Trouble("the server ended at once")
            time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        if process.poll() is None:
            process.kill()


def fetch(address: str, cookie: str) -> str:
    """The page, without what differs each time: tokens and form keys. Raises Trouble for anything but 200."""
    host, _, path = address.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request("GET", f"/{path}", headers={"Cookie": cookie})
        answer = connection.getresponse()
        text = answer.read().decode()
    finally:
        connection.close()
    if answer.status != 200:
        raise Trouble(f"{address} answers {answer.status}")
    return re.sub(r'(name="(?:csrfmiddlewaretoken|_key)" value=")[^"]+', r"\1", text)


@dataclass(frozen=True)
class Load:
    """One run of wrk: milliseconds at the median and the 99th percentile, requests a second, and the server's own
    processor time a request in milliseconds, which a busy machine changes least."""

    median: float
    p99: float
    rate: float
    cpu: float


def require_wrk() -> None:
    """Raises Trouble where wrk is not installed."""
    if shutil.which("wrk") is None:
        raise Trouble("wrk is not installed: apt-get install wrk")


def wrk(server: Server, path: str, cookie: str, *, connections: int, seconds: float) -> Load:
    """Load one address. Raises Trouble if any answer was not 200."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency", "--timeout", "20s"]
    before = server.spent()
    ran = subprocess.run(
        [*command, "-H", f"Cookie: {cookie}", server.address + path], capture_output=True, text=True, check=False
    )
    spent = server.spent() - before
    if ran.returncode or "Non-2xx" in ran.stdout or "Socket errors" in ran.stdout:
        raise Trouble(f"wrk on {path}:\n{ran.stdout}{ran.stderr}")
    found = {key: _milliseconds(value) for key, value in re.findall(r"(50|99)%\s+([\d.]+\w+)", ran.stdout)}
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", ran.stdout)[0])
    requests = int(re.findall(r"(\d+) requests in", ran.stdout)[0])
    return Load(found["50"], found["99"], rate, spent / requests)


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}[unit]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a Markdown table, floats with two decimals."""
    lines = [f"{cell:.2f}" if isinstance(cell, float) else str(cell) for row in rows for cell in row]
    cells = [list(heads), *[lines[n : n + len(heads)] for n in range(0, len(lines), len(heads))]]
    widths = [max(len(row[n]) for row in cells) for n in range(len(heads))]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in cells)
