"""run.py: one clear sentence for whatever is missing, nothing done twice, nothing left running."""

import ast
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

import run
from tools import postgres

ROOT = Path(run.__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory in which nothing was set up yet, and in which no command really runs."""
    monkeypatch.setattr(run, "VAR", tmp_path / "var")
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


@pytest.fixture
def ran(empty: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that would have run, as text; making `.venv` leaves a working interpreter."""
    commands: list[str] = []

    def note(command: Sequence[object], what: str, hide: bool = True) -> None:
        commands.append(" ".join(map(str, command)))
        if "venv" in command:
            run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            run.PYTHON.unlink(missing_ok=True)
            run.PYTHON.symlink_to(sys.executable)

    monkeypatch.setattr(run, "run", note)
    return commands


# --- what is missing is said in one sentence ---


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_which_newer_one_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("run.sys.version_info", (3, 9, 2))
    monkeypatch.setattr("run.shutil.which", lambda name: sys.executable if name == "python3.12" else None)
    with pytest.raises(run.Trouble, match=r"Python 3\.9 is too old, 3\.11 is needed: run `python3\.12 run\.py`\."):
        run.require_python()


def test_an_old_python_alone_is_told_to_install_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("run.sys.version_info", (3, 9, 2))
    monkeypatch.setattr("run.shutil.which", lambda name: None)
    with pytest.raises(run.Trouble, match=r"install python3\.11 or newer"):
        run.require_python()


def test_a_python_without_venv_is_told_the_package(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("run.importlib.util.find_spec", lambda name: None)
    with pytest.raises(run.Trouble, match="apt install python3-venv"):
        run.make_venv()


def test_a_python_with_pip_but_without_ensurepip_helps_itself(ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("run.importlib.util.find_spec", lambda name: name != "ensurepip" or None)
    monkeypatch.setattr("run.subprocess.call", lambda command, **kwargs: int("pip" in command))
    run.make_venv()
    assert "--without-pip" in ran[0]
    assert f"-m pip --python {run.PYTHON} install" in ran[1]


@pytest.mark.parametrize(
    ("words", "is_network"),
    [
        ("error: Failed to fetch: `thing`\n  dns error: failed to lookup address", True),
        ("ERROR: No matching distribution found for uv==0.13.9", True),
        ("npm error network request failed", True),
        ("error: Hash mismatch for `thing`", False),
    ],
)
def test_a_failed_download_asks_about_the_network_only_if_it_looks_so(words: str, is_network: bool) -> None:
    with pytest.raises(run.Trouble) as told:
        run.run([sys.executable, "-c", f"print({words!r}); raise SystemExit(1)"], "Could not install the packages")
    assert str(told.value).startswith("Could not install the packages")
    assert ("is there a network?" in str(told.value)) == is_network
    assert words.splitlines()[-1] in str(told.value)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_said_before_anything_is_set_up(
    taken: int, ran: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--port", str(taken)]) == 1
    assert capsys.readouterr().err.startswith(f"run.py: Port {taken} is taken by another program")
    assert ran == []


@pytest.mark.parametrize("arguments", [["rnu"], ["--port"], ["--port", "x"], ["--port", "0"], ["--port", "70000"]])
def test_an_unknown_word_points_to_the_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(arguments) == 1
    assert "python3 run.py help" in capsys.readouterr().err


def test_a_missing_browser_is_said(ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "set_up", lambda name: None)
    monkeypatch.setattr("run.shutil.which", lambda name: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(run.Trouble, match="apt install chromium"):
        run.test(["--browser"])


def test_a_missing_postgresql_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres, "INSTALLED", tmp_path)
    monkeypatch.setattr("tools.postgres.shutil.which", lambda name: None)
    with pytest.raises(postgres.NoPostgres, match="apt-get install postgresql"):
        postgres.binaries()


# --- nothing is done twice ---


def test_what_is_installed_is_not_installed_again_until_the_list_changes(
    ran: list[str], empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "ROOT", empty)
    (empty / "requirements").mkdir()
    for name in ("uv", "app"):
        (empty / "requirements" / f"{name}.txt").write_text("one")
    run.install("app")
    assert [re.search(r"-m venv|pip install", command) is not None for command in ran] == [True, True, True]
    run.install("app")
    assert len(ran) == 3
    (empty / "requirements" / "app.txt").write_text("two")
    run.install("app")
    assert len(ran) == 4
    assert "app.txt" in ran[3]


def test_an_environment_that_was_moved_is_made_again(ran: list[str]) -> None:
    run.make_venv()
    (run.VENV / ".done-uv").write_text("digest /elsewhere/.venv")
    run.make_venv()
    assert ["-m venv --clear" in command for command in ran] == [True, False, True, False]


def test_a_lock_is_freed_when_its_holder_is_killed(empty: Path) -> None:
    program = (
        "import pathlib, sys, time; sys.path.insert(0, sys.argv[1]); import run; run.VAR = pathlib.Path(sys.argv[2]);"
        " held = run.lock('running', shared=True); held.__enter__(); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", program, str(ROOT), str(run.VAR)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(run.Trouble, match="is running"), run.lock("running", held="The server is running"):
        pass
    with run.lock("running", shared=True, held="two servers may run"):
        pass
    holder.kill()
    holder.communicate()
    with run.lock("running", held="The server is running"):
        pass


# --- nothing is left running ---


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[run.Children]:
    """A server and a worker that only sleep."""
    monkeypatch.setattr("run.time.sleep", lambda seconds: None)
    family = run.Children(8000)
    family.commands = {name: [sys.executable, "-c", "import time; time.sleep(60)"] for name in family.commands}
    for name in family.commands:
        family.start(name)
    yield family
    for child in family.running.values():
        child.kill()
        child.wait()


def test_a_worker_that_dies_is_started_again(children: run.Children) -> None:
    first = children.running["worker"]
    first.kill()
    first.wait()
    children.watch()
    assert children.running["worker"].pid != first.pid
    assert children.running["worker"].poll() is None


def test_a_server_that_dies_is_reported(children: run.Children) -> None:
    children.running["server"].kill()
    children.running["server"].wait()
    with pytest.raises(run.Trouble, match="The server ended with code -9"):
        children.watch()


def test_both_are_stopped_together(children: run.Children) -> None:
    children.stop()
    assert {child.returncode for child in children.running.values()} == {-signal.SIGTERM}


def test_a_command_in_the_foreground_may_tidy_up_when_we_are_told_to_end(tmp_path: Path) -> None:
    """`kill` of run.py ends pytest or PostgreSQL the gentle way, with nothing left behind."""
    inner = (
        "import pathlib, signal, sys, time\n"
        "def end(*_): pathlib.Path(sys.argv[1]).write_text('tidy'); sys.exit(3)\n"
        "signal.signal(signal.SIGTERM, end); print('ready', flush=True); time.sleep(60)"
    )
    outer = (
        "import signal, sys; sys.path.insert(0, sys.argv[1]); import run\n"
        "signal.signal(signal.SIGTERM, run.end); run.follow([sys.executable, '-c', sys.argv[2], sys.argv[3]])"
    )
    told = subprocess.Popen(
        [sys.executable, "-c", outer, str(ROOT), inner, str(tmp_path / "end")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert told.stdout is not None
    assert told.stdout.readline() == b"ready\n"
    told.terminate()
    told.communicate(timeout=10)
    assert (tmp_path / "end").read_text() == "tidy"


def test_the_server_counts_as_started_when_it_answers_and_not_when_it_fails(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = SimpleNamespace(status=302)
    monkeypatch.setattr("run.http.client.HTTPConnection.request", lambda *args: None)
    monkeypatch.setattr("run.http.client.HTTPConnection.getresponse", lambda self: answer)
    assert run.answers(taken)
    answer.status = 500
    with pytest.raises(run.Trouble, match="answers with error 500"):
        run.answers(taken)


# --- what the papers say is so ---


def test_the_help_names_every_word() -> None:
    for word in set(run.WORDS) - {"--help", "-h"}:
        assert re.search(rf"run\.py {word}\b", run.__doc__ or ""), word


def test_the_two_commands_of_the_readme_are_those_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^python3 run\.py$", readme, re.M)
    assert re.search(r"^python3 run\.py test$", readme, re.M)
    assert re.search(r"python3 run\.py test$", (ROOT / ".ci" / "run").read_text(), re.M)


def pins(name: str) -> set[str]:
    """`package==version` for each line of a requirements file."""
    return set(re.findall(r"^([a-z0-9-]+==\S+)", (REQUIREMENTS / f"{name}.txt").read_text(), re.M))


@pytest.mark.parametrize("name", ["uv", "app", "test"])
def test_every_package_is_pinned_with_hashes_and_no_registry_is_named(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text()
    blocks = [block for block in re.split(r"\n(?=\S)", text.strip()) if block]
    assert len(blocks) == len(pins(name)) > 0
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_the_tests_run_on_the_very_versions_of_the_app() -> None:
    assert pins("app") <= pins("test")
