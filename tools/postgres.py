"""A throwaway PostgreSQL for tests and trials, made from the machine's own binaries and gone at exit.

    python tools/postgres.py run -- .venv/bin/python -m pytest

runs the command with DATABASE_URL (and CHUNGTAY_TEST_DATABASE_URL, the only one that the tests accept) pointing at it.
Nothing listens on the network: the server is reached through a socket in a private directory. Durability is off.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

USER = "chungtay"
INSTALLED = Path("/usr/lib/postgresql")  # Debian: one directory a version
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}


class NoPostgres(Exception):
    """PostgreSQL cannot be started; the message says why and what to do."""


@dataclass(frozen=True)
class Owner:
    """The system user that runs the server: ourselves, or another one when we are root, whom PostgreSQL refuses."""

    uid: int
    gid: int

    def run(self, *command: str | Path) -> None:
        """Run `command` as this user and wait. Raises NoPostgres with its last words."""
        ran = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=False, cwd="/", **self.identity()
        )
        if ran.returncode:
            raise NoPostgres(f"{Path(str(command[0])).name} failed: {ran.stderr.strip() or ran.stdout.strip()}")

    def identity(self) -> dict[str, Any]:
        """What `subprocess` needs to become this user; nothing if we are it."""
        if os.getuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def binaries() -> Path:
    """The directory of `initdb` and `postgres`, the newest version first. Raises NoPostgres."""
    found = [path for path in INSTALLED.glob("*/bin") if (path / "initdb").exists()]
    if found:
        return max(found, key=lambda path: float(path.parent.name))
    in_path = shutil.which("initdb")
    if in_path is None:
        raise NoPostgres("PostgreSQL is not installed here: apt-get install postgresql")
    return Path(in_path).resolve().parent


def owner() -> Owner:
    """Ourselves; as root, the user `postgres`, or `nobody` where there is none."""
    if os.getuid() != 0:
        return Owner(os.getuid(), os.getgid())
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Owner(entry.pw_uid, entry.pw_gid)
    raise NoPostgres("PostgreSQL does not run as root, and there is no other user to run it")


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start a new, empty server and give the DATABASE_URL of its one database; stop and delete it afterwards."""
    tools, user = binaries(), owner()
    directory = Path(tempfile.mkdtemp(prefix="chungtay-pg-", dir="/tmp"))  # a socket's path must be short
    server: subprocess.Popen[bytes] | None = None
    try:
        os.chown(directory, user.uid, user.gid)
        data = directory / "data"
        user.run(tools / "initdb", "-D", data, "-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-A", "trust")
        server = start(tools, user, data, directory)
        await_ready(tools, user, server, directory)
        user.run(tools / "createdb", "-h", directory, "-U", USER, "chungtay")
        yield f"postgres://{USER}@{quote(str(directory), safe='')}/chungtay"
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(directory, ignore_errors=True)


def start(tools: Path, user: Owner, data: Path, directory: Path) -> "subprocess.Popen[bytes]":
    """The server as our own child, so that it cannot outlive us unnoticed."""
    command = [str(tools / "postgres"), "-D", str(data), "-k", str(directory)]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    return subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, start_new_session=True, **user.identity())


def await_ready(tools: Path, user: Owner, server: "subprocess.Popen[bytes]", directory: Path) -> None:
    """Wait until the server takes connections, at most 30 seconds. Raises NoPostgres."""
    last = time.monotonic() + 30
    while time.monotonic() < last:
        if server.poll() is not None:
            raise NoPostgres(f"the server ended at once with code {server.returncode}")
        with contextlib.suppress(NoPostgres):
            user.run(tools / "pg_isready", "-q", "-h", directory, "-U", USER, "-d", "postgres")
            return
        time.sleep(0.1)
    raise NoPostgres("the server did not get ready in 30 seconds")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Stop at once: what it holds is thrown away anyway."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def run(command: list[str]) -> int:
    """Run `command` with the address of a fresh server in its environment; its exit code."""
    with running() as url:
        environment = {**os.environ, "DATABASE_URL": url, "CHUNGTAY_TEST_DATABASE_URL": url}
        child = subprocess.Popen(command, env=environment)
        try:
            return child.wait()
        except BaseException:
            child.terminate()
            child.wait(timeout=20)
            raise


def leave(number: int, frame: FrameType | None) -> None:
    """A request to end unwinds the stack, so that the server is stopped and its directory deleted."""
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    """`run -- command`: see above."""
    if arguments[:2] != ["run", "--"] or len(arguments) < 3:
        print("usage: python tools/postgres.py run -- command [arguments]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, leave)
    try:
        return run(arguments[2:])
    except NoPostgres as trouble:
        print(f"postgres: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
