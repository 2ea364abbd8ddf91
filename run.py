#!/usr/bin/env python3
"""The one door of this project. It needs Python 3.11 and nothing else.

python3 run.py                 set everything up, start the server and the worker   [--port 8000]
python3 run.py test [...]      install the test tools and run the quick tests; what follows goes to pytest
    --all                      also the slow ones: the whole demo province, every address as every desk, races, machines
    --postgres                 the tests on a PostgreSQL that is started for them
    --browser                  also the journeys through the pages in a real browser
python3 run.py law             only the tests of the law: no database, under two seconds
python3 run.py check           style, types, import contract, templates, migrations
python3 run.py fix             repair style where a machine can
python3 run.py demo [--yes]    throw the demo province away and build it again
    --every-household          with the households of all 145 communes, not only of some
python3 run.py doctor          what is well and what is not, one line a check
python3 run.py manage [...]    Django's commands: `manage help`
python3 run.py help            this text
"""

import contextlib
import fcntl
import hashlib
import http.client
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, Iterator, List, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
NEEDS = (3, 11)
NO_NETWORK = ("resolve", "network", "connect", "timed out", "failed to fetch", "no matching distribution", "offline")


class Trouble(Exception):
    """Something that the reader can put right; the message is one clear sentence."""


class Ended(KeyboardInterrupt):
    """Somebody asked this process to end."""


# --- the environment ---


def require_python() -> None:
    """Raises Trouble on a Python that is too old, naming a newer one if the machine has it."""
    if sys.version_info >= NEEDS:
        return
    names = ["python3.{}".format(minor) for minor in range(11, 20)]
    newer = [name for name in names if works(Path(shutil.which(name) or "/none"))]
    hint = "run `{} run.py`".format(newer[0]) if newer else "install python3.11 or newer"
    raise Trouble("Python {}.{} is too old, 3.11 is needed: {}.".format(*sys.version_info[:2], hint))


def works(python: Path) -> bool:
    """True if this interpreter exists, starts, and is new enough."""
    test = "import sys; sys.exit(sys.version_info < {!r})".format(NEEDS)
    return python.exists() and subprocess.call([str(python), "-c", test], stderr=subprocess.DEVNULL) == 0


def run(command: Sequence[object], what: str, hide: bool = True) -> None:
    """Run `command` to its end. Raises Trouble with the sentence `what` and the command's last words."""
    out, err = (subprocess.PIPE, subprocess.STDOUT) if hide else (None, None)
    ran = subprocess.run(list(map(str, command)), cwd=str(ROOT), stdout=out, stderr=err, universal_newlines=True)
    if ran.returncode:
        words = (ran.stdout or "").strip()
        is_network = any(sign in words.lower() for sign in NO_NETWORK)
        last = words.splitlines()[-1 if is_network else -12 :]
        raise Trouble("\n".join([what + (" (is there a network?)." if is_network else "."), *last]))


def follow(command: Sequence[object]) -> int:
    """Run `command` in the foreground; its exit code. When we are told to end, it may tidy up first."""
    child = subprocess.Popen(list(map(str, command)), cwd=str(ROOT))
    try:
        return child.wait()
    except KeyboardInterrupt as told:
        if isinstance(told, Ended):  # Ctrl-C reached the child by itself, a signal to us did not
            child.terminate()
        child.wait()
        raise


@contextlib.contextmanager
def lock(name: str, shared: bool = False, patience: float = 0.0, held: str = "") -> Iterator[None]:
    """Hold `var/<name>.lock`, which the system frees when its holder ends, however that happens. Raises Trouble."""
    VAR.mkdir(exist_ok=True)
    last = time.monotonic() + patience
    with open(str(VAR / (name + ".lock")), "a") as file:
        while True:
            try:
                fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= last:
                    raise Trouble(held) from None
                time.sleep(0.2)
        yield


def digest(*paths: Path) -> str:
    """SHA-256 over the contents of the files."""
    told = hashlib.sha256()
    for path in paths:
        told.update(path.read_bytes())
    return told.hexdigest()


def is_done(step: str, value: str) -> bool:
    """True if `step` was finished for `value`."""
    stamp = VENV / (".done-" + step)
    return stamp.exists() and stamp.read_text() == value


def done(step: str, value: str) -> None:
    """Remember that `step` was finished for `value`."""
    (VENV / (".done-" + step)).write_text(value)


def say(words: str) -> None:
    """One line of progress."""
    print("-- " + words, flush=True)


def make_venv() -> None:
    """A working `.venv` that has uv. Raises Trouble where Python came without its venv."""
    wanted = digest(ROOT / "requirements" / "uv.txt") + " " + str(VENV)
    if is_done("uv", wanted) and works(PYTHON):
        return
    if VENV.is_symlink():  # `venv --clear` would follow the link and empty what another copy works with
        raise Trouble(".venv is a link to another place: delete the link, then run this again.")
    has_pip, has_ensurepip = (importlib.util.find_spec(name) is not None for name in ("pip", "ensurepip"))
    stamp = VENV / ".done-uv"
    if not works(PYTHON) or (stamp.exists() and not stamp.read_text().endswith(" " + str(VENV))):  # none, or moved
        if importlib.util.find_spec("venv") is None or not (has_pip or has_ensurepip):
            raise Trouble("Python came without venv: `apt install python3-venv` (as root), then run this again.")
        say("making .venv")
        options = ["--clear"] if has_ensurepip else ["--clear", "--without-pip"]
        run([sys.executable, "-m", "venv", *options, VENV], "Could not make .venv")
    say("installing uv")
    inside = subprocess.call([str(PYTHON), "-m", "pip", "-V"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if inside != 0 and not has_pip:
        raise Trouble("Neither Python nor .venv has pip: `apt install python3-venv`, delete .venv, run this again.")
    pip = [PYTHON, "-m", "pip"] if inside == 0 else [sys.executable, "-m", "pip", "--python", PYTHON]
    options = [
        "--disable-pip-version-check",
        "--quiet",
        "--retries",
        "2",
        "--require-hashes",
        "-r",
        "requirements/uv.txt",
    ]
    run([*pip, "install", *options], "Could not install uv from the package index")
    done("uv", wanted)


def install(name: str) -> None:
    """The hashed packages of `requirements/<name>.txt` in `.venv`; nothing if they are there already."""
    make_venv()
    listed = ROOT / "requirements" / (name + ".txt")
    wanted = digest(listed)
    if is_done(name, wanted):
        return
    say("installing the packages of requirements/{}.txt".format(name))
    uv = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON]
    run([*uv, "--require-hashes", "-r", listed], "Could not install the packages")
    done(name, wanted)


def fetch_frontend() -> None:
    """Style sheets, scripts and fonts in `static/vendor`; nothing if they are there already."""
    sources = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / "tools" / "frontend.py"]
    wanted = digest(*sources, *sorted((ROOT / "static" / "src" / "icons").glob("*")))
    if is_done("frontend", wanted) and (ROOT / "static" / "vendor").is_dir():
        return
    say("fetching the front-end files")
    run([PYTHON, "tools/frontend.py"], "Could not fetch the front-end files")
    done("frontend", wanted)


def set_up(name: str) -> None:
    """Everything that has to be fetched for `app` or `test`."""
    require_python()
    with lock("setup", patience=300, held="Another run.py has been setting up here for 5 minutes: stop it first."):
        install(name)
        fetch_frontend()


# --- run ---


def require_free(port: int) -> None:
    """Raises Trouble if something else listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            words = "Port {} is taken by another program: stop it, or choose one with `python3 run.py --port {}`."
            raise Trouble(words.format(port, port + 1)) from None


def answers(port: int) -> bool:
    """True once the server answers. Raises Trouble if its answer is an error."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except OSError:
        return False
    finally:
        connection.close()
    if status >= 500:
        raise Trouble("The server started, but answers with error {}: see its lines above.".format(status))
    return True


# First put back what a killed worker left; then become the worker, whose id says which process to look for.
WORK = """
trap 'kill $!; exit 143' TERM
"$0" manage.py reap_jobs -v 0 & wait $!
exec "$0" manage.py db_worker --no-startup-delay -v 0 --worker-id "$1:$$"
"""


class Children:
    """The server and the worker: started together, watched, and stopped together."""

    def __init__(self, port: int) -> None:
        address = "http://127.0.0.1:{}".format(port)
        self.env = dict(os.environ)
        if port != 8000:
            self.env.setdefault("CHUNGTAY_PUBLIC_ADDRESS", address)
        granian = [VENV / "bin" / "granian", "--interface", "wsgi", "--http", "1", "--log-level", "warning"]
        granian += ["--host", "127.0.0.1", "--port", port, "--workers", "2", "--blocking-threads", "4"]
        self.commands: Dict[str, List[object]] = {
            "server": [*granian, "config.wsgi:application"],
            "worker": ["/bin/sh", "-c", WORK, PYTHON, socket.gethostname()[:40]],
        }
        self.running: "Dict[str, subprocess.Popen[bytes]]" = {}

    def start(self, name: str) -> None:
        """Start one of them in a session of its own, so that Ctrl-C reaches us first."""
        command = [str(part) for part in self.commands[name]]
        self.running[name] = subprocess.Popen(command, cwd=str(ROOT), env=self.env, start_new_session=True)

    def watch(self) -> None:
        """Start the worker again whenever it ends. Raises Trouble when the server ends."""
        code = self.running["server"].poll()
        if code is not None:
            raise Trouble("The server ended with code {}: see its lines above.".format(code))
        if self.running["worker"].poll() is not None:
            say("the worker ended with code {}; starting it again".format(self.running["worker"].returncode))
            time.sleep(1)
            self.start("worker")

    def stop(self) -> None:
        """Ask both to end, let them finish what they hold, and after 15 seconds wait no more."""
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        last = time.monotonic() + 15
        for child in self.running.values():
            try:
                child.wait(timeout=max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def serve(arguments: List[str]) -> int:
    """`run.py`: set up, prepare the data, start server and worker, and stay until told to stop."""
    port = 8000
    if arguments[:1] == ["--port"] and len(arguments) == 2 and arguments[1].isdigit() and 0 < int(arguments[1]) < 65536:
        port = int(arguments[1])
    elif arguments:
        raise Trouble("Unknown: {}. Try `python3 run.py help`.".format(" ".join(arguments)))
    require_python()
    require_free(port)
    set_up("app")
    with lock("running", shared=True, held="The demo province is being rebuilt: wait for it, and try again."):
        run([PYTHON, "manage.py", "prepare"], "Could not prepare the data: see the lines above", hide=False)
        children = Children(port)
        try:
            for name in children.commands:
                children.start(name)
            last = time.monotonic() + 60
            while not answers(port):
                children.watch()
                if time.monotonic() > last:
                    raise Trouble("The server did not answer within 60 seconds.")
                time.sleep(0.1)
            print("\nchungtay answers at http://127.0.0.1:{}   (stop: Ctrl-C)\n".format(port), flush=True)
            run([PYTHON, "manage.py", "demo_accounts"], "Could not list the accounts", hide=False)
            while True:
                children.watch()
                time.sleep(1)
        except KeyboardInterrupt:
            print("\nstopping", flush=True)
        finally:
            children.stop()
    return 0


# --- test, check, fix ---


def test(arguments: List[str]) -> int:
    """`run.py test`: the exit code of pytest."""
    set_up("test")
    rest = [word for word in arguments if word not in ("--all", "--postgres", "--browser")]
    command = [PYTHON, "-m", "pytest", *(rest or ["-n", "auto"])]
    if not rest and "--all" not in arguments:
        command += ["-m", "not slow and not browser and not spark"]
    if "--browser" in arguments:
        if not (os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")):
            raise Trouble("No chromium in PATH: `apt install chromium`, or name one in the variable CHROMIUM.")
        command += ["-m", "not spark"]
    if "--postgres" in arguments:
        command = [PYTHON, "tools/postgres.py", "run", "--", *command]
    return follow(command)


def check(arguments: List[str]) -> int:
    """`run.py check`: 1 if a check failed."""
    set_up("test")
    return follow([PYTHON, "tools/check.py"])


def fix(arguments: List[str]) -> int:
    """`run.py fix`: style and format."""
    set_up("test")
    ruff = VENV / "bin" / "ruff"
    code = follow([ruff, "check", "--fix", "."])
    return follow([ruff, "format", "."]) or code


def demo(arguments: List[str]) -> int:
    """`run.py demo`: the demo province, new."""
    if "--yes" not in arguments and input("Throw the demo province away and build it again? [y/N] ").lower() != "y":
        raise Trouble("Nothing was changed.")
    set_up("app")
    with lock("running", held="The server is running: stop it first (Ctrl-C where it was started)."):
        command = [PYTHON, "manage.py", "prepare", "--from-scratch", *(word for word in arguments if word != "--yes")]
        run(command, "Could not rebuild the demo province", hide=False)
    return 0


def manage(arguments: List[str]) -> int:
    """`run.py manage`: the exit code of Django's command."""
    set_up("app")
    return follow([PYTHON, "manage.py", *arguments])


def tell(arguments: List[str]) -> int:
    """`run.py help`: the text above."""
    print(__doc__.strip())
    return 0


WORDS = {
    "test": test,
    "law": lambda arguments: test(["tests/law", *arguments]),
    "check": check,
    "fix": fix,
    "demo": demo,
    "doctor": lambda arguments: manage(["doctor", *arguments]),
    "manage": manage,
    "help": tell,
    "--help": tell,
    "-h": tell,
}


def end(number: int, frame: object) -> None:
    """A request to end is answered as Ctrl-C is: everything started here is stopped."""
    raise Ended


def main(arguments: List[str]) -> int:
    """The exit code: 0, or that of the tool that failed, or 1 after a sentence that says what is wrong."""
    signal.signal(signal.SIGTERM, end)
    try:
        if arguments and arguments[0] in WORDS:
            return WORDS[arguments[0]](arguments[1:])
        return serve(arguments)
    except Trouble as trouble:
        print("run.py: {}".format(trouble), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
