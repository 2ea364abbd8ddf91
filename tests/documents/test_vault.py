import hashlib
import io
import os
import threading
from pathlib import Path

import pytest

from chungtay.documents import vault

CONTENT = "Báo cáo thành tích".encode() * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Broken(io.RawIOBase):
    """A stream that breaks after its first piece."""

    def __init__(self) -> None:
        self.pieces = [b"half"]

    def read(self, size: int = -1) -> bytes:
        if self.pieces:
            return self.pieces.pop()
        raise OSError("line lost")


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_file_lies_under_its_digest_and_reads_back(tmp_path: Path) -> None:
    stored = vault.store(io.BytesIO(CONTENT), tmp_path)
    assert stored == vault.Stored(DIGEST, len(CONTENT))
    assert files(tmp_path) == [tmp_path / DIGEST[:2] / DIGEST[2:4] / DIGEST]
    with vault.open_stored(DIGEST, tmp_path, size=len(CONTENT)) as file:
        assert file.read() == CONTENT
    vault.verify(DIGEST, tmp_path, size=len(CONTENT))


def test_the_same_content_twice_is_one_file(tmp_path: Path) -> None:
    assert vault.store_bytes(CONTENT, tmp_path) == vault.store_bytes(CONTENT, tmp_path)
    assert len(files(tmp_path)) == 1


def test_storing_again_heals_a_damaged_file(tmp_path: Path) -> None:
    vault.store_bytes(CONTENT, tmp_path)
    vault.path_of(DIGEST, tmp_path).write_bytes(b"x" * len(CONTENT))
    with pytest.raises(vault.Damaged):
        vault.verify(DIGEST, tmp_path, size=len(CONTENT))
    vault.store_bytes(CONTENT, tmp_path)
    vault.verify(DIGEST, tmp_path, size=len(CONTENT))


def test_a_file_of_another_size_is_not_handed_out(tmp_path: Path) -> None:
    vault.store_bytes(CONTENT, tmp_path)
    vault.path_of(DIGEST, tmp_path).write_bytes(CONTENT[:-1])
    with pytest.raises(vault.Damaged):
        vault.open_stored(DIGEST, tmp_path, size=len(CONTENT))


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        vault.open_stored(DIGEST, tmp_path, size=1)


def test_a_broken_upload_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="line lost"):
        vault.store(Broken(), tmp_path)  # type: ignore[arg-type]
    assert files(tmp_path) == []


def test_an_upload_over_the_limit_leaves_nothing_and_one_at_the_limit_is_kept(tmp_path: Path) -> None:
    with pytest.raises(vault.TooLarge):
        vault.store(io.BytesIO(CONTENT), tmp_path, limit=len(CONTENT) - 1)
    assert files(tmp_path) == []
    assert vault.store(io.BytesIO(CONTENT), tmp_path, limit=len(CONTENT)).size == len(CONTENT)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", "a" * 63 + "/"])
def test_nothing_but_a_digest_becomes_a_path(digest: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        vault.path_of(digest, tmp_path)


def test_the_content_is_on_disk_before_it_gets_its_name_and_the_name_before_the_caller_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def seen_fsync(handle: int) -> None:
        acts.append("sync folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "sync file")
        fsync(handle)

    def seen_rename(path: Path, target: Path) -> Path:
        acts.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(Path, "rename", seen_rename)
    vault.store_bytes(CONTENT, tmp_path)
    assert acts == ["sync file", "sync folder", "sync folder", "rename", "sync folder"]


def test_writers_of_the_same_content_do_not_disturb_each_other(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(20):
                vault.store_bytes(CONTENT, tmp_path)
                vault.verify(DIGEST, tmp_path, size=len(CONTENT))
        except Exception as fault:
            faults.append(fault)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert len(files(tmp_path)) == 1


def test_what_a_crash_left_behind_can_be_listed(tmp_path: Path) -> None:
    vault.store_bytes(CONTENT, tmp_path)
    draft = tmp_path / ".incoming-0"
    draft.write_bytes(b"half")
    assert list(vault.leftovers(tmp_path)) == [draft]
