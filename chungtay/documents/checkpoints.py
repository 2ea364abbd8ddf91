"""Điểm chốt nhật ký: signed statements of how far the journal had come (design D1).

The journal's own chain shows every change except one: who holds the database may write the whole tail anew, and every
digest fits again. A checkpoint says, under the province's signature, which digest stood at which entry; a copy of it
with a witness outside cannot be taken back. `tools/audit_verifier.py` holds an export of the journal against them.

One checkpoint is one file `<number>-<first 12 digits of the digest>.json`: an object of `statement` and `signature`.
The statement has seven fields: form, number (from 1), seq and digest of the last entry, at (UTC), previous (SHA-256 of
the statement before as canonical JSON, 64 zeros for the first), public_key. Its canonical JSON is what is signed.
"""

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from chungtay.documents.keys import sealer
from chungtay.documents.sealing import Verifier
from chungtay.records.models import ChainHead, Entry

log = logging.getLogger(__name__)

FORM = "chungtay-checkpoint-v1"
NOTHING = "0" * 64


class Broken(Exception):
    """The journal or the checkpoints are not what they were: nothing is signed on top of that."""


@dataclass(frozen=True)
class Checkpoint:
    """Một điểm chốt: at `at` (ISO 8601, UTC) the journal ended with entry `seq`, whose digest was `digest`."""

    form: str
    number: int
    seq: int
    digest: str
    at: str
    previous: str
    public_key: str
    signature: str

    @property
    def statement(self) -> bytes:
        """What is signed: canonical JSON (sorted keys, no spaces) of all but the signature."""
        fields = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()

    @property
    def hash(self) -> str:
        """SHA-256 of the statement: the next checkpoint names it."""
        return hashlib.sha256(self.statement).hexdigest()

    @property
    def file_name(self) -> str:
        return f"{self.number:08d}-{self.digest[:12]}.json"

    def is_signed(self) -> bool:
        """True if the signature is that of the public key in the statement."""
        try:
            return Verifier.from_hex(self.public_key).verify_bytes(FORM, self.statement, self.signature)
        except ValueError:
            return False


def directory() -> Path:
    """Where the province keeps its own copies."""
    return Path(settings.DATA_DIR) / "checkpoints"


def make() -> Checkpoint:
    """Sign how far the journal has come, and hand every copy that a witness lacks to the witness.

    Gives the last checkpoint again if nothing was written since. Raises `Broken` if the journal no longer holds what
    the last checkpoint saw, or if the witness knows more than we; OSError if disk or witness cannot be written.
    """
    with _alone(directory()):
        last = latest()
        _ask_witness(last)
        head = ChainHead.objects.filter(pk=1).first() or ChainHead()
        if last is not None and (fault := fault_of(last)):
            raise Broken(fault)
        made = _next(last, head, timezone.now()) if last is None or last.seq != head.seq else last
        if fault := fault_of(made):
            raise Broken(fault)
        _keep(made)
        _hand_to_witness()
    return made


def latest() -> Checkpoint | None:
    """The last checkpoint of the province's own copies. Raises `Broken` if its file cannot be read or is unsigned."""
    files = sorted(directory().glob("*.json"))
    if not files:
        return None
    try:
        told = json.loads(files[-1].read_text("utf-8"))
        found = Checkpoint(**told["statement"], signature=told["signature"])
    except (ValueError, TypeError, KeyError) as error:
        raise Broken(f"{files[-1].name} is no checkpoint") from error
    if not found.is_signed():
        raise Broken(f"{files[-1].name} does not bear its signature")
    return found


def fault_of(last: Checkpoint) -> str:
    """Why the journal no longer holds what `last` saw, or nothing."""
    if last.seq == 0:
        return ""
    digest = Entry.objects.filter(seq=last.seq).values_list("digest", flat=True).first()
    if digest is None:
        return f"entry {last.seq} is gone, checkpoint {last.number} saw it"
    if digest != last.digest:
        return f"entry {last.seq} is not the one that checkpoint {last.number} saw"
    return ""


def first_unseen(last: Checkpoint | None) -> datetime | None:
    """When the first entry was written that no checkpoint covers yet, or None when all are covered."""
    later = Entry.objects.filter(seq__gt=last.seq if last else 0).order_by("seq")
    return later.values_list("at", flat=True).first()


def make_later() -> None:
    """Put the job in the queue in the caller's transaction: it starts after commit and not without it."""
    make_checkpoint.enqueue()


@task()
def make_checkpoint() -> None:
    """The job; doing it twice makes one checkpoint. It fails, and `doctor` tells of it, when `make` raises."""
    try:
        make()
    except (Broken, OSError):
        log.exception("the checkpoint of the journal could not be made")
        raise


def _next(last: Checkpoint | None, head: ChainHead, now: datetime) -> Checkpoint:
    signer = sealer()
    statement: dict[str, Any] = {
        "form": FORM,
        "number": last.number + 1 if last else 1,
        "seq": head.seq,
        "digest": head.digest,
        "at": now.astimezone(UTC).isoformat(),
        "previous": last.hash if last else NOTHING,
        "public_key": signer.public_key_hex,
    }
    unsigned = Checkpoint(**statement, signature="")
    return Checkpoint(**statement, signature=signer.sign_bytes(FORM, unsigned.statement))


def _ask_witness(last: Checkpoint | None) -> None:
    """Raises `Broken` if the witness has a later checkpoint than we: ours were cut, or an old copy was restored."""
    if settings.WITNESS_DIR:
        seen = max((path.name for path in Path(settings.WITNESS_DIR).glob("*.json")), default="")
        if seen[:8] > (last.file_name[:8] if last else ""):
            raise Broken(f"the witness holds {seen}, which is missing among our own checkpoints")


def _hand_to_witness() -> None:
    """Add to the witness what it lacks; what it has is never touched. Raises `Broken` if a copy there is another."""
    if not settings.WITNESS_DIR:
        return
    witness = Path(settings.WITNESS_DIR)
    there = {path.name: path.stat().st_size for path in witness.glob("*.json")}
    for path in sorted(directory().glob("*.json")):
        content = path.read_bytes()
        if path.name not in there:
            with (witness / path.name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        elif there[path.name] != len(content):
            raise Broken(f"{path.name} of the witness is not ours")


def _keep(made: Checkpoint) -> None:
    """Our own copy: the whole file or none, kept through a power cut; one that is there already stays as it is."""
    path = directory() / made.file_name
    if path.exists():
        return
    content = {"statement": json.loads(made.statement), "signature": made.signature}
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with draft.open("x", encoding="utf-8") as file:
        file.write(json.dumps(content, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the directory's lock: the nightly command and the worker number their checkpoints one after the other."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
